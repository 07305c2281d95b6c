// What comes out of the guest, made safe to handle: only memory, text and numbers pass. Must use intrinsics taken before the guest ran.

import { types } from 'node:util';

import type { Guest } from '../guest/boot.ts';

type Untrusting<Door> = {
  readonly [Name in keyof Door]: Door[Name] extends (...values: infer Values) => unknown
    ? (...values: Values) => unknown
    : never;
};

/** The guest as its host sees it: what it answers is unknown until it has been looked at here. */
export type GuestDoor = Untrusting<Guest>;

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { isArrayBuffer, isUint8Array } = types;
const HostUint8Array = Uint8Array;
const typedArray = getPrototypeOf(HostUint8Array.prototype) as object;
const lengthOf = getOwnPropertyDescriptor(typedArray, 'byteLength')!.get!;
const offsetOf = getOwnPropertyDescriptor(typedArray, 'byteOffset')!.get!;
const bufferOf = getOwnPropertyDescriptor(typedArray, 'buffer')!.get!;

/**
 * A view of our own over memory that the guest made; none of the guest's code runs, whatever it put on its object.
 * Stops: an answer with getters, or a Proxy, that is handed host objects when the host touches it.
 * @returns null when it is anything but a Uint8Array over plain memory
 */
export function memoryOf(value: unknown): Uint8Array | null {
  if (!isUint8Array(value)) return null;
  const buffer: unknown = apply(bufferOf, value, []);
  // `isArrayBuffer` is false for shared memory, which could change between a check and a use.
  if (!isArrayBuffer(buffer)) return null;
  return new HostUint8Array(buffer, apply(offsetOf, value, []) as number, apply(lengthOf, value, []) as number);
}

/** The same, when exactly this many bytes are expected. */
export function memoryOfLength(value: unknown, length: number): Uint8Array | null {
  const memory = memoryOf(value);
  return memory !== null && memory.length === length ? memory : null;
}

/** Text of the guest, cut to `limit` characters; a primitive string holds no object. */
export function textOf(value: unknown, limit: number): string {
  return typeof value === 'string' ? value.slice(0, limit) : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
