// Puts the parts together. The only place where they meet; must not do anything else.

import { mkdir, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { totalmem } from 'node:os';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { RequestRecord } from '../src-shared/request-record.ts';
import type { Settings } from '../src-shared/settings.ts';
import type { Log } from './activity/log.ts';
import { openEndpointFiles } from './endpoints/files.ts';
import { openRegistry } from './endpoints/registry.ts';
import type { Registry } from './endpoints/registry.ts';
import { functionsOf } from './replica.ts';
import { startInterpreter } from './runtime/interpreter.ts';
import type { Launch } from './runtime/interpreter.ts';
import { residentBytes } from './runtime/resident-memory.ts';
import { createRuntime } from './runtime/runtime.ts';
import { warmedUp } from './runtime/warm-up.ts';
import { createApp } from './server/app.ts';
import { listen } from './server/listen.ts';
import { createUploadFolder } from './server/upload-folder.ts';
import { createService } from './service/service.ts';
import type { Service } from './service/service.ts';

/** The version of this program. */
export const PROGRAM_VERSION = '0.1.0';
/** What /info says: the TabPy that it stands in for, and itself as a local version (PEP 440). */
export const SERVER_VERSION = `2.16.0+tray.${PROGRAM_VERSION}`;

export interface ComposeOptions {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly log: Log;
  /** How an interpreter is started; asked each time, for the image may be made while the server already listens. */
  readonly launch: () => Launch;
  readonly record?: (record: RequestRecord) => void;
}

export interface Parts {
  readonly service: Service;
  readonly registry: Registry;
}

const BOOT_MS = 120_000;
// A result of 256 MB is far beyond what Tableau reads; more than that is a mistake or an attack.
const FRAME_BYTES = 256 * 1024 * 1024;
const MEGABYTE = 1_000_000;
const INTERPRETER_BYTES = 500 * MEGABYTE;

/** Opens the data folder and builds a service that is not started yet. Rejects when the folder cannot be used. */
export async function compose({ settings, dataDir, log, launch, record }: ComposeOptions): Promise<Parts> {
  const files = await openEndpointFiles({ dir: path.join(dataDir, 'endpoints'), log });
  const registry = await openRegistry({ files });
  const uploads = createUploadFolder(path.join(dataDir, 'staging'), registry);
  await mkdir(path.join(uploads.path, 'endpoints'), { recursive: true });
  const limits = { bootMs: BOOT_MS, memoryBytes: settings.interpreterMegabytes * MEGABYTE, frameBytes: FRAME_BYTES };
  const runtime = createRuntime({
    capacity: {
      isolation: settings.isolation,
      workers: settings.workers,
      spares: settings.isolation === 'request' ? settings.workers : 1,
      most: mostInterpreters(settings.workers),
    },
    evaluateTimeoutMs: settings.evaluateTimeoutSeconds * 1000,
    startInterpreter: () => warmedUp(startInterpreter(launch(), limits, residentBytes)),
    functions: functionsOf(registry),
    log,
  });
  const app = createApp({
    settings,
    registry,
    runtime,
    uploads,
    dataDir,
    creationTime: await creationTimeOf(dataDir),
    serverVersion: SERVER_VERSION,
    log,
    record: (one) => {
      log.info(lineOf(one));
      record?.(one);
    },
  });
  const handle = app.callback();
  const handler: RequestListener = (request, response) => void handle(request, response);
  const service = createService({ settings, handler, runtime, listen, log });
  return { service, registry };
}

/**
 * How many interpreters may live at once: one for each worker and the spare, and up to five more for further callers, as
 * far as a quarter of the computer's memory goes (about 500 MB each with all packages). They are started when they are
 * needed and given back when they are not.
 */
function mostInterpreters(workers: number): number {
  const affordable = Math.floor(totalmem() / 4 / INTERPRETER_BYTES);
  return Math.max(workers + 1, Math.min(workers + 6, affordable));
}

/** When this data folder was first used, in seconds since 1970 as text: /info's creation_time. */
async function creationTimeOf(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'created');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (/^\d+$/.test(known)) return known;
  const now = String(Math.floor(Date.now() / 1000));
  await writeFileAtomic(file, `${now}\n`);
  return now;
}

function lineOf(one: RequestRecord): string {
  const who = one.user ? ` ${one.user}` : '';
  const why = one.failure ? ` ${one.failure}` : '';
  return `#${one.id} ${one.remoteAddress}${who} ${one.method} ${one.path} ${one.status} ${one.elapsedMs.toFixed(1)} ms ${one.requestBytes}+${one.responseBytes} bytes${why}`;
}
