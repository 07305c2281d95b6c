// What is known of a function that is called: how often, how often in vain, how fast.

import { describe, expect, it } from 'vitest';
import { createFigures } from '../../src-main/activity/figures.ts';

describe('the figures of a function', () => {
  it('count calls and errors and keep the time of the last one', () => {
    const figures = createFigures();
    figures.note('add', 1, 0, [4], 100);
    figures.note('add', 3, 2, [5, 6, 7], 90);
    expect(figures.of(['add', 'never called'])).toEqual({ add: { calls: 4, errors: 2, p95Ms: 7, lastAt: 100 } });
  });

  it('take the 95th percentile of the last 200 calls', () => {
    const figures = createFigures();
    for (let n = 0; n < 300; n += 1) figures.note('add', 1, 0, [1_000], n);
    for (let n = 1; n <= 200; n += 1) figures.note('add', 1, 0, [n], n);
    expect(figures.of(['add'])['add']).toMatchObject({ calls: 500, p95Ms: 190 });
  });
});

it('remembers the functions that were called last, however many came and went', () => {
  const figures = createFigures();
  for (let one = 0; one < 5_000; one += 1) {
    figures.note('always', 1, 0, [1], one);
    figures.note(`f${one}`, 1, 0, [1], one);
  }
  expect(Object.keys(figures.of(['f0', 'f2000', 'f4999', 'always']))).toEqual(['f4999', 'always']);
  expect(figures.of(['always'])['always']!.calls).toBe(5_000);
});
