// Empties the interpreter's process before the first script runs, so that even a host object in a script's hands leads
// nowhere. Must run last: nothing after it may load a module or use a global.

import { registerHooks } from 'node:module';

/** Node's own code still reads these on the process object while it reads and writes files. */
const KEPT_OF_PROCESS = new Set([
  '_events',
  '_eventsCount',
  '_exiting',
  '_maxListeners',
  '_tickCallback',
  'domain',
  'emit',
  'emitWarning',
  'exitCode',
  'nextTick',
  'noDeprecation',
  'platform',
  'reallyExit',
  'version',
  'versions',
]);

/** The language itself; the rest of the globals is Node's. */
const KEPT_OF_GLOBAL = new Set([
  'Array',
  'ArrayBuffer',
  'Atomics',
  'BigInt',
  'Boolean',
  'Date',
  'Error',
  'Function',
  'Infinity',
  'Int32Array',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'Reflect',
  'RegExp',
  'Set',
  'SharedArrayBuffer',
  'String',
  'Symbol',
  'TypeError',
  'Uint8Array',
  'WeakMap',
  'undefined',
]);

function empty(target: object, kept: ReadonlySet<string>): void {
  for (const key of Reflect.ownKeys(target)) {
    if (typeof key === 'string' && kept.has(key)) continue;
    if (Reflect.deleteProperty(target, key)) continue;
    // A property that cannot be deleted is overwritten where it is writable.
    Reflect.set(target, key, undefined);
  }
}

/** Ends the process at once, without any of Node's handlers. */
export type Exit = (code: number) => never;

export function sealProcess(): Exit {
  const host = process as NodeJS.Process & { reallyExit: Exit };
  const exit = host.reallyExit.bind(host);
  const refuse = (): never => {
    throw new Error('sealed');
  };
  // Stops: import() and require() of anything, of `node:fs` as much as of `data:` addresses.
  registerHooks({ resolve: refuse, load: refuse });
  // Stops: process.binding, process.dlopen, process.getBuiltinModule, process.kill, the environment.
  empty(host, KEPT_OF_PROCESS);
  // Stops: fetch, WebSocket, timers, Buffer, queueMicrotask through the host's global.
  empty(globalThis, KEPT_OF_GLOBAL);
  return exit;
}
