// One program a folder of user data, as Electron's lock has it: the second one tells the first what it was started with.
// Must not know `app`.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/**
 * Synchronous, as Electron's.
 * @returns whether this process is the first; then `onSecond` is called for each later one, until it ends
 */
export function takeLock(userData: string, additionalData: unknown, onSecond: (start: SecondStart) => void): boolean {
  const folder = path.join(userData, 'stand-in-instance');
  const lock = path.join(folder, 'lock');
  mkdirSync(folder, { recursive: true });
  if (isHeld(lock)) {
    const start: SecondStart = { argv: [...process.argv], workingDirectory: process.cwd(), additionalData };
    const file = path.join(folder, `${process.pid}`);
    writeFileSync(`${file}.part`, JSON.stringify(start ?? null));
    renameSync(`${file}.part`, `${file}.start`);
    return false;
  }
  writeFileSync(lock, String(process.pid));
  const watcher = watch(folder, () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.start'))) {
      const file = path.join(folder, name);
      const start = JSON.parse(readFileSync(file, 'utf8')) as SecondStart;
      rmSync(file);
      onSecond(start);
    }
  });
  watcher.unref();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return true;
}

/** A lock whose process is gone, as after a crash, is none. */
function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
