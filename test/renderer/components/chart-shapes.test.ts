// Shapes of a chart of numbers.

import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../src-renderer/components/chart-shapes.ts';

describe('a chart', () => {
  it('has a bar for each of a few numbers, up or down from 0, and none for a null', () => {
    const { kind, path, ground, least, most } = chartOf([10, null, -10], 300, 100);
    expect({ kind, ground, least, most }).toEqual({ kind: 'bars', ground: 50, least: -10, most: 10 });
    expect(path).toBe('M15 50v-50h70V50zM215 50v50h70V50z');
  });

  it('begins its bars at 0, so that their lengths can be compared', () => {
    expect(chartOf([100, 200], 100, 100)).toMatchObject({ least: 0, most: 200, ground: 100 });
  });

  it('shows a bar of 0, and bars that are all 0', () => {
    expect(chartOf([0, 0], 100, 100).path).toBe('M7.5 100v-1h35V100zM57.5 100v-1h35V100z');
  });

  it('has a line for many numbers, broken where there are nulls', () => {
    const values = Array.from({ length: 100 }, (_, row) => (row === 50 ? null : row));
    const { kind, path, ground } = chartOf(values, 990, 99);
    expect([kind, ground]).toEqual(['line', 99]);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path).toMatch(/^M0 99h0L10 98h0/);
  });

  it('keeps the highest and the lowest of two hundred thousand rows, in a short path', () => {
    const values = Array.from({ length: 200_000 }, (_, row) => Math.sin(row / 1_000));
    values[123_456] = 40;
    const { path, most } = chartOf(values, 600, 160);
    expect(most).toBe(40);
    expect(path).toMatch(/V0(L|$)/);
    expect(path.length).toBeLessThan(30_000);
  });

  it('has only numbers in its path, however large the values are', () => {
    for (const values of [
      [-1.7e308, 1.7e308],
      [5, 5, 5],
      [1e-320, 2e-320],
    ])
      expect(chartOf(values, 100, 100).path).not.toMatch(/NaN|Infinity/);
  });
});
