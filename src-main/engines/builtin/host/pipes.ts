// Reads and writes whole messages on the two pipes and on files. Must not return to the event loop: nothing that a
// script left behind may run.

import { readSync, writeSync } from 'node:fs';

// Taken before the process is sealed; Node's file calls look none of their own needs up in the globals.
const { wait } = Atomics;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Pipes are blocking in a child; where a system makes them non-blocking, wait a little instead of spinning. */
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

/**
 * Reads a stream through a buffer: a small frame takes one system call instead of three. Data beyond the buffer goes
 * into its view directly.
 */
export function createReader(fd: number, bytes: number): (view: Uint8Array) => boolean {
  const ahead = new Uint8Array(bytes);
  let start = 0;
  let end = 0;
  return (view) => {
    let at = 0;
    for (;;) {
      const have = end - start;
      const wanted = view.length - at;
      if (have >= wanted) {
        for (let place = 0; place < wanted; place++) view[at + place] = ahead[start + place]!;
        start += wanted;
        return true;
      }
      if (have > 0) view.set(ahead.subarray(start, end), at);
      at += have;
      start = end = 0;
      if (view.length - at >= bytes) return readFully(fd, at === 0 ? view : view.subarray(at));
      try {
        end = readSync(fd, ahead, 0, bytes, null);
        if (end === 0) return false;
      } catch (error) {
        if (!isRetry(error)) throw error;
      }
    }
  };
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
