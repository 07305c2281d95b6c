// Where the window opens.

import { describe, expect, it } from 'vitest';
import { placeFor, placeIn } from '../../src-main/shell/window-place.ts';
import type { Area } from '../../src-main/shell/window-place.ts';

const DESK: Area = { x: 0, y: 25, width: 1920, height: 1055 };
const BESIDE: Area = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('the place of the window', () => {
  it('is the middle of the primary display the first time, 1040 × 720', () => {
    expect(placeFor(null, [DESK])).toEqual({ x: 440, y: 193, width: 1040, height: 720, isMaximized: false });
  });

  it('is where it was left, on any display', () => {
    const kept = { x: 2000, y: 40, width: 900, height: 600, isMaximized: false };
    expect(placeFor(kept, [DESK, BESIDE])).toEqual(kept);
  });

  it('is the middle of the primary display when the display where it was is gone', () => {
    const kept = { x: 2000, y: 40, width: 900, height: 600, isMaximized: false };
    expect(placeFor(kept, [DESK])).toMatchObject({ x: 440, y: 193, width: 1040, height: 720 });
  });

  it.each([
    ['above', { x: 100, y: -500 }],
    ['below', { x: 100, y: 1070 }],
    ['left', { x: -890, y: 100 }],
    ['right', { x: 1900, y: 100 }],
  ])('is the middle again when its title bar would be out of reach: %s', (_where, corner) => {
    const kept = { ...corner, width: 900, height: 600, isMaximized: false };
    expect(placeFor(kept, [DESK])).toMatchObject({ x: 440, y: 193 });
  });

  it('keeps the title bar below a menu bar', () => {
    expect(placeFor({ x: 10, y: 5, width: 900, height: 600, isMaximized: false }, [DESK])).toMatchObject({ y: 25 });
  });

  it('is never smaller than 760 × 520, nor larger than the display', () => {
    expect(placeFor({ x: 0, y: 30, width: 300, height: 10, isMaximized: false }, [DESK])).toMatchObject({
      width: 760,
      height: 520,
    });
    expect(placeFor({ x: 0, y: 30, width: 5000, height: 5000, isMaximized: false }, [DESK])).toMatchObject({
      width: 1920,
      height: 1055,
    });
    expect(placeFor(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toMatchObject({ x: 0, y: 0, width: 800 });
  });

  it('stays maximised', () => {
    const kept = { x: 9000, y: 0, width: 900, height: 600, isMaximized: true };
    expect(placeFor(kept, [DESK]).isMaximized).toBe(true);
  });
});

describe('a place as it was kept', () => {
  it('is taken when it is whole', () => {
    const place = { x: 1, y: 2, width: 800, height: 600, isMaximized: false };
    expect(placeIn(place)).toEqual(place);
  });

  it.each([[null], ['x'], [{}], [{ x: 1.5, y: 2, width: 800, height: 600, isMaximized: false }], [{ x: 1e9 }]])(
    'is forgotten when it is damaged: %j',
    (kept) => {
      expect(placeIn(kept)).toBeNull();
    },
  );
});
