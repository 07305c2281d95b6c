import { constants, createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

import { memoryOf, memoryOfLength, textOf } from '../../../../src-main/engines/builtin/host/crossing.ts';

const realm = createContext(constants.DONT_CONTEXTIFY);
const made = (source: string): unknown => runInContext(source, realm);

describe('what crosses from the guest', () => {
  it("is read through a view of the host's own", () => {
    const memory = memoryOf(made('Uint8Array.of(1, 2, 3).subarray(1)'));
    expect(memory).toEqual(Uint8Array.of(2, 3));
    expect(memory).toBeInstanceOf(Uint8Array);
  });

  it('runs no code that the guest put on its object', () => {
    made('globalThis.touched = 0');
    const trap = made(`
      const bytes = Uint8Array.of(1);
      for (const name of ['length', 'byteLength', 'byteOffset', 'buffer', 'constructor', 'then']) {
        Object.defineProperty(bytes, name, { get() { touched++; return 9; } });
      }
      bytes`);
    expect(memoryOf(trap)).toEqual(Uint8Array.of(1));
    expect(made('touched')).toBe(0);
  });

  it.each([
    'null',
    '"text"',
    'new Proxy(new Uint8Array(1), {})',
    '({ buffer: new ArrayBuffer(1), byteLength: 1 })',
    'new Uint16Array(1)',
    'new Uint8Array(new SharedArrayBuffer(1))',
  ])('is refused when it is %s', (source) => {
    expect(memoryOf(made(source))).toBeNull();
  });

  it('is refused when its length is not the one asked for', () => {
    expect(memoryOfLength(made('new Uint8Array(4)'), 5)).toBeNull();
  });

  it('is text only when it is a primitive string, and only so much of it', () => {
    expect(textOf(made('"abcdef"'), 3)).toBe('abc');
    expect(textOf(made('new String("abc")'), 3)).toBe('');
  });
});
