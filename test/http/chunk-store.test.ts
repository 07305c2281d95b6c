import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../src-main/http/chunk-store.ts';

describe('the chunks of a body', () => {
  it('make the body, in their order and of any size', () => {
    const store = new ChunkStore();
    const parts = [1, 7, 20_000, 3, 70_000, 15_999, 16_000, 1, 65_536].map((bytes, at) => Buffer.alloc(bytes, at + 1));
    for (const part of parts) store.add(part);
    expect(store.whole().equals(Buffer.concat(parts))).toBe(true);
    expect(store.bytes).toBe(parts.reduce((sum, { length }) => sum + length, 0));
  });

  it('is the one chunk itself where it came in one', () => {
    const store = new ChunkStore();
    const chunk = Buffer.alloc(20_000, 1);
    store.add(chunk);
    expect(store.whole()).toBe(chunk);
  });

  it('of one byte count for what they take', () => {
    const store = new ChunkStore();
    let held = 0;
    for (let count = 0; count < 100_000; count += 1) held += store.add(Buffer.from('x'));
    expect(held).toBeGreaterThanOrEqual(100_000);
    expect(held).toBeLessThanOrEqual(100_000 + 65_536);
    expect(store.whole()).toHaveLength(100_000);
  });

  it('are nothing where none came', () => {
    expect(new ChunkStore().whole()).toHaveLength(0);
  });
});
