import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../../src-shared/request-record.ts';
import { findingsIn, requestsToInspect } from '../../../../src-renderer/features/home/findings.ts';
import { requestKey } from '../../../../src-renderer/store/request-facts.ts';
import { requestRecord } from '../../support/scenes.ts';

const NOTHING = new Map();
let id = 0;
const one = (at: number, more: Partial<RequestRecord> = {}): RequestRecord =>
  requestRecord((id += 1), at, { preview: 'return _arg1', ...more });
const failed = (at: number, more: Partial<RequestRecord> = {}): RequestRecord =>
  one(at, { status: 500, failure: 'NameError', ...more });

describe('what needs the analyst', () => {
  it('is a calculation that fails, counted since it was last answered', () => {
    const records = [failed(0), one(10_000), failed(20_000), failed(30_000)];
    expect(findingsIn(records, NOTHING)).toEqual([
      expect.objectContaining({ kind: 'failed', text: 'NameError', times: 2, record: records[3] }),
    ]);
  });

  it('is gone once the same calculation was answered', () => {
    expect(findingsIn([failed(0), one(10_000)], NOTHING)).toEqual([]);
  });

  it('tells different calculations apart, the newest first, and leaves out what is no calculation', () => {
    const records = [
      failed(0, { path: '/query/add', preview: null }),
      failed(10_000),
      one(20_000, { path: '/nope', status: 404, preview: null }),
      failed(25_000, { client: 'TabPy Tray replay', preview: 'return mended' }),
      one(30_000, { method: 'GET', path: '/query/add', status: 500, preview: null }),
    ];
    expect(findingsIn(records, NOTHING).map(({ record }) => record)).toEqual([records[1], records[0]]);
  });

  it('is what Tableau makes of an answer, as long as that is the latest one', () => {
    const [before, now] = [one(0), one(10_000)];
    const hint = { tone: 'error', text: '2 values for 3 rows.' } as const;
    const rejected = new Map([[requestKey(now), [hint]]]);
    expect(findingsIn([before, now], rejected)).toEqual([
      expect.objectContaining({ kind: 'rejected', tone: 'error', text: hint.text, record: now }),
    ]);
    expect(findingsIn([before, now, one(20_000)], rejected)).toEqual([]);
  });

  it('is one call for each partition, until a refresh asks at once', () => {
    const storm = Array.from({ length: 12 }, (_, index) => one(index * 20));
    expect(findingsIn(storm, NOTHING)).toEqual([
      expect.objectContaining({ kind: 'storm', tone: 'warn', times: 12, record: storm.at(-1) }),
    ]);
    expect(findingsIn([...storm, one(60_000)], NOTHING)).toEqual([]);
  });

  it('is never more than three things', () => {
    const records = Array.from({ length: 9 }, (_, index) => failed(index * 10_000, { preview: `return ${index}` }));
    expect(findingsIn(records, NOTHING).map(({ record }) => record)).toEqual(records.toReversed().slice(0, 3));
  });
});

describe('what is looked into', () => {
  it('is the latest answer of each calculation, of the latest eight', () => {
    const records = Array.from({ length: 10 }, (_, index) => one(index * 10_000, { preview: `return ${index}` }));
    const again = one(200_000, { preview: 'return 0' });
    const broken = failed(210_000, { preview: 'return 9' });
    expect(requestsToInspect([...records, again, broken])).toEqual([again, ...records.slice(2, 9).toReversed()]);
  });
});
