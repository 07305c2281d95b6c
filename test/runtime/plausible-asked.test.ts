import { describe, expect, it } from 'vitest';
import { plausibleAsked } from '../../src-main/runtime/plausible-asked.ts';

const one = (calls: number, errors = 0, ms: readonly number[] = []) => ({ calls, errors, ms });

describe('what an interpreter says of calls from inside', () => {
  it('is believed where it can be true', () => {
    const asked = { add: one(3, 1, [0.5, 0.4, 2]), sub: one(1, 0, [1]) };
    expect(plausibleAsked(asked, 4)).toEqual(asked);
    expect(plausibleAsked({ add: one(200_000, 0, []) }, 1_000)).toEqual({ add: one(200_000) });
  });

  it('counts no more calls, of all functions together, than the time was enough for', () => {
    const { victim, other } = plausibleAsked({ victim: one(1_000_000, 1_000_000), other: one(1_000_000) }, 1);
    expect(victim!.calls).toBeLessThanOrEqual(210);
    expect(victim!.errors).toBe(victim!.calls);
    expect(other).toBeUndefined();
  });

  it('has no more failures than calls, and nothing that took longer than the request', () => {
    expect(plausibleAsked({ victim: one(2, 9, [1e300, -5, 3, 4]) }, 8)).toEqual({ victim: one(2, 2, [18, 0]) });
  });

  it('is of a hundred functions and two hundred durations at most', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`f${number}`, one(1)]));
    expect(Object.keys(plausibleAsked(many, 1_000))).toHaveLength(100);
    const ms = Array.from({ length: 300_000 }, () => 1);
    expect(plausibleAsked({ f: one(300_000, 0, ms) }, 10_000)['f']!.ms).toHaveLength(200);
  });
});
