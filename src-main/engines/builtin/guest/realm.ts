// Adds what Pyodide needs to the bare realm, and removes what could lead to its host. Must not use any host object.

import { nowMs } from './clock.ts';
import { keepOutput } from './output.ts';
import { GuestTextDecoder, GuestTextEncoder } from './text-coders.ts';
import { clearTimer, setTimer } from './timers.ts';
import { utcDate } from './utc.ts';

/**
 * Replaces `import(…)` and `eval(…)` in Pyodide's text.
 * Stops: `import('node:fs')` through a loader that Pyodide left reachable; EM_JS and EM_ASM text of a hand-made
 * library.
 */
export function guestDenied(): never {
  throw new Error('not available to scripts');
}

const realm = globalThis as unknown as Record<string, unknown>;
const wasm = realm.WebAssembly as Record<string, unknown>;

function define(name: string, value: unknown): void {
  Object.defineProperty(realm, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Makes Pyodide choose its "shell" mode, in which its closures hold no fs, no child_process and no sockets. */
const SHELL = ['read', 'readbuffer', 'load'];

/** Runs before any text of Pyodide is evaluated. `readFile` serves Pyodide's own files while it boots. */
export function furnishRealm(readFile: (name: string) => Uint8Array): void {
  for (const name of SHELL) define(name, name === 'readbuffer' ? readFile : guestDenied);
  const quiet = (): void => undefined;
  const keep = (...values: unknown[]): void => keepOutput(values.join(' '));
  define('console', { log: keep, warn: keep, error: keep, info: quiet, debug: quiet, trace: quiet });
  define('Date', utcDate(realm.Date as DateConstructor));
  define('performance', { now: nowMs, timeOrigin: Date.now() });
  define('setTimeout', setTimer);
  define('clearTimeout', clearTimer);
  define('TextDecoder', GuestTextDecoder);
  define('TextEncoder', GuestTextEncoder);

  // Stops: the hook behind streaming compilation is host code that would be handed guest objects and reject with host errors.
  for (const name of ['compileStreaming', 'instantiateStreaming']) delete wasm[name];
  // Stops: stack switching, where a host has it: a call that returns early would leave the one-request-at-a-time order.
  for (const name of ['Suspending', 'promising', 'SuspendError']) delete wasm[name];
  // Stops: a clock made of a counting thread, memory that changes while the host checks it, and the host's place and language.
  for (const name of ['SharedArrayBuffer', 'Atomics', 'Intl']) delete realm[name];
}

/** Runs when the boot is over: removes what only Pyodide's start needed. */
export function endShell(): void {
  for (const name of SHELL) delete realm[name];
  // These compile on threads that nothing here waits for.
  for (const name of ['compile', 'instantiate']) delete wasm[name];
}
