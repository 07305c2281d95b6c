import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../../src-shared/request-record.ts';
import { findingsIn } from '../../../../src-renderer/features/home/findings.ts';
import { requestRecord } from '../../support/scenes.ts';

let id = 0;
const one = (at: number, more: Partial<RequestRecord> = {}): RequestRecord =>
  requestRecord((id += 1), at, { preview: 'return _arg1', ...more });
const failed = (at: number, more: Partial<RequestRecord> = {}): RequestRecord =>
  one(at, { status: 500, failure: 'NameError', ...more });

describe('what needs the analyst', () => {
  it('is a calculation that fails, counted since it was last answered', () => {
    const records = [failed(0), one(10_000), failed(20_000), failed(30_000)];
    expect(findingsIn(records)).toEqual([
      expect.objectContaining({ kind: 'failed', text: 'NameError', times: 2, record: records[3] }),
    ]);
  });

  it('is gone once the same calculation was answered', () => {
    expect(findingsIn([failed(0), one(10_000)])).toEqual([]);
  });

  it('tells different calculations apart, the newest first, and leaves out what is no calculation', () => {
    const records = [
      failed(0, { path: '/query/add', preview: null }),
      failed(10_000),
      one(20_000, { path: '/nope', status: 404, preview: null }),
      failed(25_000, { client: 'TabPy Tray replay', preview: 'return mended' }),
      one(30_000, { method: 'GET', path: '/query/add', status: 500, preview: null }),
    ];
    expect(findingsIn(records).map(({ record }) => record)).toEqual([records[1], records[0]]);
  });

  it('is what Tableau makes of an answer, as long as that is the latest one', () => {
    const more = { verdict: 'rejected', reason: '2 values for 3 rows.' } as const;
    const [before, now] = [one(0), one(10_000, more)];
    expect(findingsIn([before, now])).toEqual([
      expect.objectContaining({ kind: 'rejected', tone: 'error', text: more.reason, record: now }),
    ]);
    expect(findingsIn([before, now, one(20_000)])).toEqual([]);
  });

  it('is an argument without any value', () => {
    const record = one(0, { nullArguments: ['_arg2'] });
    expect(findingsIn([record])).toMatchObject([{ kind: 'hint', tone: 'warn', record }]);
  });

  it('is one call for each partition, until a refresh asks at once', () => {
    const storm = Array.from({ length: 12 }, (_, index) => one(index * 20));
    expect(findingsIn(storm)).toEqual([
      expect.objectContaining({ kind: 'storm', tone: 'warn', times: 12, record: storm.at(-1) }),
    ]);
    expect(findingsIn([...storm, one(60_000)])).toEqual([]);
  });

  it('comes by harm: no result first, then what only costs time', () => {
    const storm = Array.from({ length: 12 }, (_, index) => one(index * 20, { preview: 'return storm' }));
    const records = [
      failed(1_000, { preview: 'a' }),
      one(2_000, { preview: 'b', verdict: 'rejected', reason: 'r' }),
      one(3_000, { preview: 'c', status: 408, verdict: 'stopped', reason: 's' }),
      one(4_000, { preview: 'd', nullArguments: ['_arg1'] }),
      failed(5_000, { preview: 'e' }),
    ];
    const kinds = findingsIn([...storm, ...records]).map(({ kind, record }) => `${kind} ${record.preview}`);
    expect(kinds).toEqual(['failed e', 'failed a', 'rejected b', 'stopped c', 'hint d', 'storm return storm']);
  });
});
