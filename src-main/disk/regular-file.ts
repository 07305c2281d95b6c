// Reads files that somebody else named or put there: regular files only, of a size that is known first, without
// waiting.
// Threat: a pipe in place of a file blocks a read until somebody writes. Four such reads stop all file work of Node,
// for everybody. A device may never end, and a file of gigabytes fills the program's memory.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Refusal } from '../../src-shared/refusal.ts';

/** Enough for files that people write by hand: settings, certificates, lists. */
export const MOST_TEXT_FILE_BYTES = 10_000_000;

// Without this flag a terminal could become the program's own. Windows has neither flag, and no pipes among its files.
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * All bytes of a regular file, or of the one that a link leads to.
 * @param mostBytes a larger file is refused before it is read
 * @throws Refusal `not-regular-file` or `file-too-large`, whose message is what follows "cannot be read: "; or Node's error where it cannot be opened
 */
export async function readRegularFile(file: string, mostBytes: number): Promise<Buffer> {
  // Checked before it is opened, because opening a device may have effects, and again after, because the file may be
  // another one now.
  check(await stat(file), mostBytes);
  const handle = await open(file, WITHOUT_WAITING);
  try {
    const { size } = check(await handle.stat(), mostBytes);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/** The same synchronously, for files that are read before the server answers. @throws Refusal, or Node's error */
export function readRegularFileSync(file: string, mostBytes: number): Buffer {
  check(statSync(file), mostBytes);
  const descriptor = openSync(file, WITHOUT_WAITING);
  try {
    const { size } = check(fstatSync(descriptor), mostBytes);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const bytesRead = readSync(descriptor, bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(descriptor);
  }
}

/** The same as UTF-8 text, for a file that people write by hand. @throws Refusal, or Node's error */
export async function readTextFile(file: string, mostBytes = MOST_TEXT_FILE_BYTES): Promise<string> {
  return (await readRegularFile(file, mostBytes)).toString('utf8');
}

function check(facts: Stats, mostBytes: number): Stats {
  if (!facts.isFile()) throw new Refusal('not-regular-file', 'it is not a regular file');
  if (facts.size > mostBytes) throw new Refusal('file-too-large', `it is larger than ${sizeOf(mostBytes)}`);
  return facts;
}

function sizeOf(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1_000)} kB`;
}
