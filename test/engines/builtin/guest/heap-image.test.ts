import { describe, expect, it } from 'vitest';

import { clearBetween, stretchesOf } from '../../../../src-main/engines/builtin/guest/heap-image.ts';

const PAGE = 65536;

describe('the image of the heap', () => {
  it('stores only stretches that hold something', () => {
    const memory = new Uint8Array(6 * PAGE);
    memory[PAGE + 7] = 1;
    memory[2 * PAGE] = 1;
    memory[6 * PAGE - 1] = 1;
    expect(stretchesOf(memory)).toEqual([
      [PAGE, 2 * PAGE],
      [5 * PAGE, PAGE],
    ]);
  });

  it('clears what lies between them, and nothing else', () => {
    const memory = new Uint8Array(4 * PAGE).fill(9);
    clearBetween(memory, [[PAGE, PAGE]]);
    expect(stretchesOf(memory)).toEqual([[PAGE, PAGE]]);
  });

  it('knows an empty memory', () => {
    const memory = new Uint8Array(2 * PAGE);
    expect(stretchesOf(memory)).toEqual([]);
    clearBetween(memory, []);
    expect(memory.every((byte) => byte === 0)).toBe(true);
  });
});
