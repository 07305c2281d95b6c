// Which rows of a long list are drawn, and where keys lead.

import { describe, expect, it } from 'vitest';
import { rowAfterKey, rowsWindow, topThatShows } from '../../../src-renderer/components/rows-window.ts';

describe('a long list', () => {
  it('draws what can be seen and a little more', () => {
    expect(rowsWindow(0, 300, 30, 5_000)).toEqual({ first: 0, end: 18 });
    expect(rowsWindow(3_000, 300, 30, 5_000)).toEqual({ first: 92, end: 118 });
  });

  it('draws nothing beyond its end, also when it shrank below what was seen', () => {
    expect(rowsWindow(3_000, 300, 30, 105)).toEqual({ first: 92, end: 105 });
    expect(rowsWindow(3_000, 300, 30, 4)).toEqual({ first: 4, end: 4 });
    expect(rowsWindow(0, 300, 30, 0)).toEqual({ first: 0, end: 0 });
  });

  it('scrolls no further than it must to show a row', () => {
    expect(topThatShows(2, 0, 300, 30)).toBe(0);
    expect(topThatShows(10, 0, 300, 30)).toBe(30);
    expect(topThatShows(2, 300, 300, 30)).toBe(60);
  });

  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, 5],
    ['ArrowDown', 9, 9],
    ['ArrowUp', -1, 0],
    ['ArrowUp', 0, 0],
    ['PageDown', 2, 6],
    ['PageUp', 2, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['a', 5, null],
  ])('%s leads from row %d to %s', (key, from, to) => {
    expect(rowAfterKey(key, from, 10, 4)).toBe(to);
  });

  it('has no row to go to when it is empty', () => {
    expect(rowAfterKey('ArrowDown', -1, 0, 4)).toBeNull();
  });
});
