import { describe, expect, it } from 'vitest';
import { createRecent } from '../../src-main/activity/recent.ts';

it('keeps the latest, the oldest first, and forgets on demand', () => {
  const recent = createRecent<number>(3);
  for (let count = 1; count <= 20; count += 1) recent.add(count);
  expect(recent.all()).toEqual([18, 19, 20]);
  recent.clear();
  expect(recent.all()).toEqual([]);
});

describe('the latest, up to a size', () => {
  const letters = { of: (text: string) => text.length, most: 10 };

  it('go when what came after them is as large as all may be', () => {
    const recent = createRecent<string>(100, letters);
    for (const text of ['aaaa', 'bbbb', 'cccc', 'dd']) recent.add(text);
    expect(recent.all()).toEqual(['bbbb', 'cccc', 'dd']);
    for (let one = 0; one < 1_000; one += 1) recent.add(`${one}`.padStart(5));
    expect(recent.all()).toEqual(['  998', '  999']);
  });

  it('keep the newest, whatever its size', () => {
    const recent = createRecent<string>(100, letters);
    recent.add('a');
    recent.add('b'.repeat(1_000));
    expect(recent.all()).toEqual(['b'.repeat(1_000)]);
    recent.add('c');
    expect(recent.all()).toEqual(['c']);
  });

  it('are still no more than their number', () => {
    const recent = createRecent<string>(3, letters);
    for (const text of ['a', 'b', 'c', 'd']) recent.add(text);
    expect(recent.all()).toEqual(['b', 'c', 'd']);
    recent.clear();
    expect(recent.all()).toEqual([]);
  });
});
