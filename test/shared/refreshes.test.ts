import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import { refreshesOf, stormWords } from '../../src-shared/refreshes.ts';

const record = (id: number, startedAt: number, more: Partial<RequestRecord> = {}) =>
  ({
    id,
    startedAt,
    elapsedMs: 4,
    method: 'POST',
    path: '/evaluate',
    preview: 'return _arg1',
    user: 'ann',
    remoteAddress: '::1',
    ...more,
  }) as RequestRecord;
const idsOf = (records: readonly RequestRecord[]): number[][] =>
  refreshesOf(records).map((one) => one.records.map(({ id }) => id));

describe('one refresh', () => {
  it('is the calls of one script right after each other', () => {
    expect(idsOf([record(1, 0), record(2, 30), record(3, 60), record(4, 5_000)])).toEqual([[1, 2, 3], [4]]);
  });

  it('may have other requests between its own', () => {
    const info = record(2, 10, { path: '/info', method: 'GET', preview: null });
    const other = record(4, 25, { preview: 'return 1' });
    expect(idsOf([record(1, 0), info, record(3, 20), other, record(5, 30)])).toEqual([[1, 3, 5], [2], [4]]);
  });

  it('goes on as long as each call follows the last one', () => {
    expect(idsOf([record(1, 0, { elapsedMs: 3_000 }), record(2, 3_900), record(3, 4_800)])).toEqual([[1, 2, 3]]);
  });

  it('is of one caller only', () => {
    expect(idsOf([record(1, 0), record(2, 10, { user: 'bob' })])).toEqual([[1], [2]]);
  });

  it('is never folded of requests whose script is not known', () => {
    expect(idsOf([record(1, 0, { preview: null }), record(2, 10, { preview: null })])).toEqual([[1], [2]]);
  });
});

describe('a call storm', () => {
  it('is told with its number, its time and the cure', () => {
    const [refresh] = refreshesOf(Array.from({ length: 23 }, (_, i) => record(i + 1, i * 40)));
    expect(stormWords(refresh!)).toBe(
      '23 calls in 0.9 s, one for each partition. One call for all rows is faster: Edit Table Calculation ▸ Specific Dimensions ▸ tick all.',
    );
  });

  it('is not a handful of calls', () => {
    const [refresh] = refreshesOf(Array.from({ length: 9 }, (_, i) => record(i + 1, i * 40)));
    expect(stormWords(refresh!)).toBeNull();
  });
});
