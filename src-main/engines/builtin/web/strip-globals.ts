// Removes every Web API from the worker's global object and its prototypes before the guest is evaluated. Must run
// after the host has taken all that it needs.

/** The globals of the language itself; none of the browser's stay. */
const KEPT = new Set([
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'Atomics',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'Date',
  'Error',
  'EvalError',
  'FinalizationRegistry',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Function',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Intl',
  'Iterator',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  'WebAssembly',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'globalThis',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'undefined',
]);

/**
 * Stops: fetch, WebSocket, importScripts, postMessage, timers, storage, `Temporal` with the user's place, and whatever
 * browsers will grow: what is not on the list goes.
 */
export function stripGlobals(): void {
  const { deleteProperty, getPrototypeOf, ownKeys, set } = Reflect;
  const top = Object.prototype;
  for (let object: object | null = globalThis; object !== null && object !== top; object = getPrototypeOf(object)) {
    for (const key of ownKeys(object)) {
      if (object === globalThis && typeof key === 'string' && KEPT.has(key)) continue;
      // A property that cannot be deleted is overwritten where it is writable.
      if (!deleteProperty(object, key)) set(object, key, undefined);
    }
  }
}
