// The interpreter process: boots the guest from an image, seals itself, answers frames. Must know nothing of the
// server.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { ENTRY } from './image-names.ts';
import { numberOf, textOf } from './crossing.ts';
import type { GuestEntry } from './crossing.ts';
import { bootGuest, createGuestRealm } from './guest-realm.ts';
import { readImageHead } from './image-files.ts';
import type { ImageHead } from './image-files.ts';
import { sealProcess } from './seal.ts';
import { serve, writeNote } from './serve.ts';

/** The parent's only argument, as JSON. */
export interface HostConfig {
  readonly imageDir: string;
  readonly addedDir: string | null;
  /** Answers larger than this become an error. */
  readonly maxResultBytes: number;
  /** Boot from the files even when the image has a snapshot. */
  readonly isPlain: boolean;
  /** Print to standard error why a boot failed. Never what a script did. */
  readonly isDebug: boolean;
}

const EXIT_UNCAUGHT = 74;
const EXIT_NO_BOOT = 75;

/** @returns null when Python did not start */
async function boot(config: HostConfig, image: ImageHead, fromSnapshot: boolean): Promise<GuestEntry | null> {
  const { imageDir, addedDir } = config;
  const { guest } = createGuestRealm(imageDir);
  const request = { isMaking: false, preimport: image.preimport, ...ENTRY };
  const why = await bootGuest(guest, { imageDir, addedDir, fromSnapshot, request });
  if (why !== null && config.isDebug) process.stderr.write(`${fromSnapshot ? 'restore' : 'boot'} failed: ${why}\n`);
  return why === null ? guest : null;
}

/**
 * Frees what only the boot needed: 60 MB of libraries that are linked by now. The collector is taken from a realm of
 * its own, because the command-line flag that exposes it would expose it to the guest as well.
 */
function takeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function run(config: HostConfig, exit: (code: number) => never): Promise<never> {
  const bootStart = performance.now();
  const image = readImageHead(config.imageDir);
  const restored = image.hasSnapshot && !config.isPlain ? await boot(config, image, true) : null;
  // A snapshot that cannot be restored costs time; the service works without it.
  const guest = restored ?? (await boot(config, image, false));
  if (!guest) return exit(EXIT_NO_BOOT);
  const collectGarbage = takeCollector();
  const ready = {
    ready: true,
    bootMs: Math.round(performance.now() - bootStart),
    python: textOf(guest.python(), 20),
    heapBytes: numberOf(guest.heapBytes()),
    fromImage: restored !== null,
  };
  const sealed = sealProcess();
  writeNote(0, ready, null);
  // After the answer, not before: it takes 20 to 100 ms, and a warm spare has the time.
  collectGarbage();
  return serve(guest, config.maxResultBytes, sealed);
}

export function main(): void {
  const host = process as NodeJS.Process & { reallyExit: (code: number) => never };
  const exit = host.reallyExit.bind(host);
  const config = JSON.parse(process.argv[2]!) as HostConfig;
  // Node would print the exception, and printing runs the guest's getters with host objects in their reach.
  process.on('unhandledRejection', () => undefined);
  process.on('uncaughtException', () => exit(EXIT_UNCAUGHT));
  // If the boot waits for something that never comes, the process ends by itself, and not as a success.
  process.exitCode = EXIT_NO_BOOT;
  run(config, exit).catch(() => exit(EXIT_UNCAUGHT));
}
