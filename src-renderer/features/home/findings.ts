// Findings in the latest requests: calculations that fail, that Tableau rejects, or that send too many requests. Pure.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { refreshesOf, stormWords } from '../../../src-shared/refreshes.ts';
import { isOwnClient } from '../../../src-shared/self-test.ts';
import { hintsOf } from '../../store/inspection.ts';
import { isFailed, needsPython } from '../../store/request-facts.ts';

/** One thing that needs attention. `record`: the newest request that shows it. */
export interface Finding {
  /** Made from the calculation and its problem, so that it is the same when it happens again. */
  readonly key: string;
  readonly tone: 'error' | 'warn';
  readonly kind: 'failed' | 'rejected' | 'stopped' | 'hint' | 'storm';
  readonly text: string;
  /** How often it happened in a row. */
  readonly times: number;
  readonly record: RequestRecord;
}

/** The worst first: no result for Tableau, then what only costs time or data. */
const HARM: Readonly<Record<Finding['kind'], number>> = { failed: 0, rejected: 1, stopped: 2, hint: 3, storm: 4 };

/**
 * The findings in records (oldest first), by harm, and the newest first where that is equal. Only the latest request of
 * a calculation decides: a calculation that works again has no finding.
 */
export function findingsIn(records: readonly RequestRecord[]): readonly Finding[] {
  const storms = stormsIn(records);
  return [...latestOf(records)]
    .flatMap(([calculation, latest]) => [...contentOf(calculation, latest), ...(storms.get(calculation) ?? [])])
    .toSorted((one, other) => HARM[one.kind] - HARM[other.kind] || other.record.startedAt - one.record.startedAt);
}

interface Latest {
  readonly record: RequestRecord;
  /** Requests without a result for Tableau since the last one with a result. */
  readonly failures: number;
}

function latestOf(records: readonly RequestRecord[]): ReadonlyMap<string, Latest> {
  const latest = new Map<string, Latest>();
  for (const record of records) {
    if (record.method !== 'POST' || !needsPython(record) || isOwnClient(record.client)) continue;
    const key = calculationOf(record);
    const failures = isFailed(record) ? (latest.get(key)?.failures ?? 0) + 1 : 0;
    latest.set(key, { record, failures });
  }
  return latest;
}

function calculationOf({ path, preview }: RequestRecord): string {
  return `${path} ${preview ?? ''}`;
}

function contentOf(calculation: string, { record, failures }: Latest): readonly Finding[] {
  const { verdict } = record;
  if (verdict !== 'ok') {
    const text = record.reason ?? record.failure ?? String(record.status);
    const tone = verdict === 'stopped' ? 'warn' : 'error';
    return [{ key: `${verdict} ${calculation}`, tone, kind: verdict, text, times: failures, record }];
  }
  return hintsOf(record).map(({ tone, text }) => ({
    key: `${text} ${calculation}`,
    tone,
    kind: 'hint',
    text,
    times: 1,
    record,
  }));
}

function stormsIn(records: readonly RequestRecord[]): ReadonlyMap<string, readonly Finding[]> {
  const storms = new Map<string, readonly Finding[]>();
  for (const refresh of refreshesOf(records)) {
    const first = refresh.records[0];
    const last = refresh.records.at(-1);
    if (!first || !last) continue;
    const calculation = calculationOf(first);
    const text = stormWords(refresh);
    const times = refresh.records.length;
    if (text === null) storms.delete(calculation);
    else
      storms.set(calculation, [
        { key: `storm ${calculation}`, tone: 'warn', kind: 'storm', text, times, record: last },
      ]);
  }
  return storms;
}
