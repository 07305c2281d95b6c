import { describe, expect, it } from 'vitest';
import type { LiveRequest } from '../../../../src-shared/request-record.ts';
import { requestRows, rowKey } from '../../../../src-renderer/features/requests/request-rows.ts';
import { requestRecord } from '../../support/scenes.ts';

const call = (id: number, startedAt: number, more = {}) =>
  requestRecord(id, startedAt, { preview: 'return 1', ...more });

describe('the rows of requests', () => {
  it('are one for each refresh, the newest first, with what it took in all', () => {
    const records = [
      requestRecord(1, 0, { path: '/info', method: 'GET' }),
      call(2, 10, { elapsedMs: 2, ranMs: 2, rowsSent: 5 }),
      call(3, 30, { elapsedMs: 4, ranMs: 4, waitedMs: 7, rowsSent: 9, status: 500, failure: 'x' }),
      call(4, 60_000),
    ];
    const rows = requestRows(records, [], true);
    expect(rows.map(rowKey)).toEqual(['4-60000', 'refresh-2-10', '1-0']);
    expect(rows[1]).toMatchObject({
      kind: 'refresh',
      refresh: {
        failed: 1,
        worst: { id: 3 },
        spanMs: 24,
        leastMs: 2,
        mostMs: 4,
        mostWaitedMs: 7,
        rows: { least: 5, most: 9 },
        storm: null,
      },
    });
  });

  it('of a refresh keep their key while it grows', () => {
    const records = [call(1, 0), call(2, 10)];
    const [before] = requestRows(records, [], true);
    const [after] = requestRows([...records, call(3, 20)], [], true);
    expect(rowKey(after!)).toBe(rowKey(before!));
  });

  it('are the requests themselves where they are not to be folded', () => {
    expect(requestRows([call(1, 0), call(2, 10)], [], false).map(rowKey)).toEqual(['2-10', '1-0']);
  });

  it('begin with those that are not answered yet, until their records come', () => {
    const live = (id: number, startedAt: number): LiveRequest => ({
      ...call(id, startedAt),
      state: 'running',
      since: startedAt,
    });
    const rows = requestRows([call(1, 0)], [live(1, 0), live(2, 5), live(3, 9)], true);
    expect(rows.map(({ kind }) => kind)).toEqual(['live', 'live', 'request']);
    expect(rows.map(rowKey)).toEqual(['3-9', '2-5', '1-0']);
    expect(rowKey(requestRows([call(3, 9)], [], true)[0]!)).toBe('3-9');
  });

  it('tell a storm of calls', () => {
    const [row] = requestRows(
      Array.from({ length: 23 }, (_, i) => call(i + 1, i * 40)),
      [],
      true,
    );
    expect(row).toMatchObject({ refresh: { storm: expect.stringContaining('23 calls') as string } });
  });
});
