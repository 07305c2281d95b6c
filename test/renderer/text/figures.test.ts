// Times, sizes and counts as people read them.

import { describe, expect, it } from 'vitest';
import { count, duration, moment, shortMoment, size, span, timeOfDay } from '../../../src-renderer/text/figures.ts';

const at = new Date(2026, 10, 24, 12, 33, 28).getTime();

describe('figures', () => {
  it.each([
    [0.04, '0.0 ms'],
    [3.26, '3.3 ms'],
    [9.96, '10 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [30_012, '30.0 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('say that %d ms took %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_240, '1.2 kB'],
    [999_960, '1.0 MB'],
    [104_857_600, '105 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('say that %d bytes are %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it.each([
    [59_000, 'less than a minute'],
    [720_000, '12 min'],
    [8_040_000, '2 h 14 min'],
    [7_200_000, '2 h'],
    [90_000_000, '1 day'],
    [260_000_000, '3 days'],
  ])('say %d ms no finer than needed', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it('name the day only when it is another one', () => {
    expect(timeOfDay(at)).toBe('12:33:28');
    expect(moment(at, at + 1_000)).toBe('12:33');
    expect(moment(at, at + 86_400_000)).toBe('24 Nov 2026, 12:33');
    expect(shortMoment(at, at + 86_400_000)).toBe('24 Nov 2026');
  });

  it('group thousands', () => {
    expect(count(1_234_567)).toBe('1,234,567');
  });
});
