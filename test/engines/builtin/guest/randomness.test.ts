import { describe, expect, it } from 'vitest';

import { chachaBlock, fillRandom, keyRandomness } from '../../../../src-main/engines/builtin/guest/randomness.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe("the guest's randomness", () => {
  it('is ChaCha20 as RFC 8439 gives it (section 2.3.2)', () => {
    const key = new Uint32Array(Uint8Array.from({ length: 32 }, (_value, index) => index).buffer);
    const nonce = new Uint32Array([0x09000000, 0x4a000000, 0]);
    expect(hex(chachaBlock(key, 1, nonce))).toBe(
      '10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e' +
        'd2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e',
    );
  });

  it('differs with the key and never repeats itself', () => {
    keyRandomness(new Uint8Array(32).fill(1));
    const first = hex(fillRandom(new Uint8Array(100)));
    const second = hex(fillRandom(new Uint8Array(100)));
    keyRandomness(new Uint8Array(32).fill(2));
    const other = hex(fillRandom(new Uint8Array(100)));
    expect(new Set([first, second, other]).size).toBe(3);
  });
});
