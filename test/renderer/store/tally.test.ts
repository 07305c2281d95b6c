// Today's figures: what counts, what is forgotten, and what is not known.

import { describe, expect, it } from 'vitest';
import {
  EMPTY_TALLY,
  latestMinutes,
  percentile,
  talliedWith,
  tallyOf,
  tallyOn,
} from '../../../src-renderer/store/tally.ts';
import { NOW, requestRecord } from '../support/scenes.ts';

const DAY = 86_400_000;

describe("today's figures", () => {
  it('count requests and failures', () => {
    const tally = tallyOf([requestRecord(1, NOW), requestRecord(2, NOW, { status: 500 })]);
    expect(tally).toMatchObject({ requests: 2, errors: 1, missingBefore: null });
    expect(tally.last?.id).toBe(2);
  });

  it('begin anew at midnight, and leave out what comes late from the day before', () => {
    const tally = tallyOf([requestRecord(1, NOW - DAY), requestRecord(2, NOW), requestRecord(3, NOW - DAY)]);
    expect(tally.requests).toBe(1);
    expect(tallyOn(tally, NOW + DAY).requests).toBe(0);
    expect(tallyOn(tally, NOW + 1_000).requests).toBe(1);
  });

  it('say from when on they count when earlier records of the day are gone', () => {
    expect(tallyOf([requestRecord(301, NOW - 5_000), requestRecord(302, NOW)]).missingBefore).toBe(NOW - 5_000);
    expect(tallyOf([requestRecord(301, NOW - DAY), requestRecord(302, NOW)]).missingBefore).toBeNull();
  });

  it('measure scripts and functions, not /info, which answers at once', () => {
    const tally = talliedWith(EMPTY_TALLY, [
      requestRecord(1, NOW, { elapsedMs: 4 }),
      requestRecord(2, NOW, { path: '/info', method: 'GET', elapsedMs: 0.3 }),
      requestRecord(3, NOW, { path: '/query/add', elapsedMs: 2 }),
    ]);
    expect(tally.elapsedMs).toEqual([4, 2]);
  });

  it('tell the time within which 95 of 100 were answered', () => {
    expect(
      percentile(
        Array.from({ length: 100 }, (_, index) => index + 1),
        0.95,
      ),
    ).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.95)).toBeNull();
  });

  it('have a bar for every minute, also for those in which nothing came', () => {
    const tally = tallyOf([
      requestRecord(1, NOW - 120_000, { status: 500 }),
      requestRecord(2, NOW),
      requestRecord(3, NOW),
    ]);
    const minutes = latestMinutes(tally, NOW, 4);
    expect(minutes.map(({ requests, errors }) => [requests, errors])).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [2, 0],
    ]);
  });
});
