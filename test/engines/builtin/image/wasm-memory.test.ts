import { describe, expect, it } from 'vitest';

import { capMemory } from '../../../../src-main/engines/builtin/image/wasm-memory.ts';

const PAGE = 65536;
/** (module (memory (export "m") 2 300)) */
const BINARY = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 5, 5, 1, 1, 2, 0xac, 2, 7, 5, 1, 1, 109, 2, 0]);

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

// `types: ["node"]` names no WebAssembly; this is all that is needed of it.
const { Module, Instance } = (
  globalThis as unknown as { WebAssembly: Record<string, new (...values: unknown[]) => unknown> }
).WebAssembly;

function memoryOf(binary: Uint8Array): Memory {
  const instance = new Instance!(new Module!(binary)) as { exports: { m: Memory } };
  return instance.exports.m;
}

describe('the memory cap', () => {
  it('lets a binary grow to its limit and not beyond', () => {
    const memory = memoryOf(capMemory(BINARY, 10 * PAGE));
    expect(memory.grow(8)).toBe(2);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  it('never raises a limit', () => {
    const memory = memoryOf(capMemory(BINARY, 1000 * PAGE));
    expect(() => memory.grow(299)).toThrow(RangeError);
  });

  it('refuses a limit below what the binary begins with', () => {
    expect(() => capMemory(BINARY, PAGE)).toThrow('to begin with');
  });

  it('refuses a binary without a memory', () => {
    expect(() => capMemory(BINARY.subarray(0, 8), PAGE)).toThrow('no memory section');
  });
});
