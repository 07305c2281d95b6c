// Makes what comes out of the guest safe to handle: only memory, text and numbers pass. Must use intrinsics taken
// before the guest ran, and nothing of Node, because a browser's worker uses this file too.

import type { Guest } from '../guest/boot.ts';

type Untrusting<Door> = {
  readonly [Name in keyof Door]: Door[Name] extends (...values: infer Values) => unknown
    ? (...values: Values) => unknown
    : never;
};

/** The guest as its host sees it: its answers are unknown until they are checked here. */
export type GuestEntry = Untrusting<Guest>;

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const HostUint8Array = Uint8Array;
const typedArray = getPrototypeOf(HostUint8Array.prototype) as object;
const getterOf = (object: object, name: string | symbol): (() => unknown) =>
  getOwnPropertyDescriptor(object, name)!.get!;
// These read the engine's own fields, in every realm: they run no getter and no trap of the value.
const kindOf = getterOf(typedArray, Symbol.toStringTag);
const lengthOf = getterOf(typedArray, 'byteLength');
const offsetOf = getterOf(typedArray, 'byteOffset');
const bufferOf = getterOf(typedArray, 'buffer');
const bufferLengthOf = getterOf(ArrayBuffer.prototype, 'byteLength');

/** False for shared memory, which could change between a check and a use. */
function isPlainBuffer(value: unknown): value is ArrayBuffer {
  try {
    apply(bufferLengthOf, value, []);
    return true;
  } catch {
    return false;
  }
}

/**
 * A view of our own over memory that the guest made; it runs none of the guest's code, whatever the guest put on its
 * object.
 * Stops: an answer with getters, or a Proxy, that is handed host objects when the host touches it.
 * @returns null when it is anything but a Uint8Array over plain memory
 */
export function memoryOf(value: unknown): Uint8Array | null {
  if (apply(kindOf, value, []) !== 'Uint8Array') return null;
  const buffer: unknown = apply(bufferOf, value, []);
  if (!isPlainBuffer(buffer)) return null;
  return new HostUint8Array(buffer, apply(offsetOf, value, []) as number, apply(lengthOf, value, []) as number);
}

/** The same, when exactly this many bytes are expected. */
export function memoryOfLength(value: unknown, length: number): Uint8Array | null {
  const memory = memoryOf(value);
  return memory !== null && (apply(lengthOf, memory, []) as number) === length ? memory : null;
}

/** Text of the guest, cut to `limit` characters; a primitive string holds no object. */
export function textOf(value: unknown, limit: number): string {
  return typeof value === 'string' ? value.slice(0, limit) : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
