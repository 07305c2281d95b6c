// Creates the guest's realm and boots it. Must never put a host object into it.

import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, createContext, Script } from 'node:vm';

import type { BootRequest } from '../guest/boot.ts';
import { textOf } from './crossing.ts';
import type { GuestEntry } from './crossing.ts';
import { fillHeap, handIn, handInFiles } from './image-files.ts';

const MAX_REASON_CHARACTERS = 20_000;

/** The V8 code cache of guest.js, when the image has it; V8 refuses a cache of another version or other flags. */
function readCodeCache(imageDir: string): Buffer | undefined {
  try {
    return readFileSync(join(imageDir, 'guest.cache'));
  } catch {
    return undefined;
  }
}

export interface GuestRealm {
  readonly guest: GuestEntry;
  readonly script: Script;
}

/**
 * A bare realm with the guest's script in it.
 * DONT_CONTEXTIFY: no sandbox object of ours behind its global. `strings: false`: no eval and no Function from text.
 */
export function createGuestRealm(imageDir: string): GuestRealm {
  const context = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: true } });
  const cachedData = readCodeCache(imageDir);
  const source = readFileSync(join(imageDir, 'guest.js'), 'utf8');
  const script = new Script(source, { filename: 'guest.js', ...(cachedData ? { cachedData } : {}) });
  return { guest: script.runInContext(context) as GuestEntry, script };
}

export interface GuestBoot {
  readonly imageDir: string;
  readonly addedDir: string | null;
  readonly fromSnapshot: boolean;
  readonly request: Omit<BootRequest, 'fileImages'>;
}

/**
 * Boots Python in a realm. The guest is polled for its progress; its promises are never awaited, because an await would
 * hand it functions of ours.
 * @returns null when it is ready (or its snapshot is made), else why it is not
 */
export async function bootGuest(
  guest: GuestEntry,
  { imageDir, addedDir, fromSnapshot, request }: GuestBoot,
): Promise<string | null> {
  const fileImages = handInFiles(guest, imageDir, addedDir, fromSnapshot);
  randomFillSync(handIn(guest, 'seed', 32));
  guest.boot(JSON.stringify({ ...request, fileImages }));
  for (;;) {
    await new Promise(setImmediate);
    const stage = guest.stage();
    if (stage === 'heap') fillHeap(guest, imageDir);
    if (stage === 'ready' || stage === 'made') return null;
    if (stage === 'failed') return textOf(guest.why(), MAX_REASON_CHARACTERS);
  }
}
