// Whole reads and writes on the two pipes and on files. Must not return to the event loop: nothing that a script left behind may run.

import { readSync, writeSync } from 'node:fs';

// Taken before the process is sealed; Node's file calls look none of their own needs up in the globals.
const { wait } = Atomics;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Pipes are blocking in a child; where a system makes them otherwise, wait a little instead of spinning. */
function isRetry(error: unknown): boolean {
  const { code } = error as { code?: string };
  if (code === 'EAGAIN') wait(pause, 0, 0, 1);
  return code === 'EAGAIN' || code === 'EINTR';
}

/** Fills the view. @returns false when the other side closed before it was full */
export function readFully(fd: number, view: Uint8Array): boolean {
  let at = 0;
  while (at < view.length) {
    try {
      const count = readSync(fd, view, at, view.length - at, null);
      if (count === 0) return false;
      at += count;
    } catch (error) {
      if (!isRetry(error)) throw error;
    }
  }
  return true;
}

/** Writes the whole view. */
export function writeFully(fd: number, view: Uint8Array): void {
  let at = 0;
  while (at < view.length) {
    try {
      at += writeSync(fd, view, at, view.length - at);
    } catch (error) {
      if (!isRetry(error)) throw error;
    }
  }
}
