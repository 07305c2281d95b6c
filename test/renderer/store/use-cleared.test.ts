// What a cleared list still shows.

import { describe, expect, it } from 'vitest';
import { itemsAfter } from '../../../src-renderer/store/use-cleared.ts';

const item = (id: number, at: number) => ({ id, at });
const timeOf = ({ at }: { readonly at: number }): number => at;

describe('a cleared list', () => {
  it('shows what came later, also of a program that counts from 1 again', () => {
    const items = [item(1, 10), item(2, 10), item(3, 10), item(1, 20)];
    expect(itemsAfter(items, item(2, 10), timeOf)).toEqual([item(3, 10), item(1, 20)]);
  });

  it('is whole when nothing was cleared, and empty when nothing came since', () => {
    const items = [item(1, 10), item(2, 10)];
    expect(itemsAfter(items, null, timeOf)).toBe(items);
    expect(itemsAfter(items, item(2, 10), timeOf)).toEqual([]);
  });
});
