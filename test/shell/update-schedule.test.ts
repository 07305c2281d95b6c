// When it is looked for updates.

import { describe, expect, it } from 'vitest';
import { nextLookInMs } from '../../src-main/shell/update-schedule.ts';

const now = Date.UTC(2026, 10, 24);
const hour = 3_600_000;

describe('nextLookInMs', () => {
  it('is never while the setting is off', () => {
    expect(nextLookInMs(false, null, now)).toBeNull();
    expect(nextLookInMs(false, now - 100 * hour, now)).toBeNull();
  });

  it('is soon, but not during the start, when it was never looked or long ago', () => {
    expect(nextLookInMs(true, null, now)).toBe(60_000);
    expect(nextLookInMs(true, now - 30 * hour, now)).toBe(60_000);
  });

  it('is a day after the last look, however often the program starts', () => {
    expect(nextLookInMs(true, now - hour, now)).toBe(23 * hour);
  });

  it('does not trust a clock that was wrong', () => {
    expect(nextLookInMs(true, now + 1000 * hour, now)).toBe(60_000);
  });
});
