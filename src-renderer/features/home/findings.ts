// Findings in the latest requests: calculations that fail, that Tableau rejects, or that send too many requests. Pure.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { refreshesOf, stormWords } from '../../../src-shared/refreshes.ts';
import { isOwnClient } from '../../../src-shared/self-test.ts';
import type { ShownHint } from '../../store/inspection.ts';
import { isFailed, needsPython, requestKey } from '../../store/request-facts.ts';

/** One thing that needs attention. `record`: the newest request that shows it. */
export interface Finding {
  /** Made from the calculation and its problem, so that it is the same when it happens again. */
  readonly key: string;
  readonly tone: 'error' | 'warn';
  readonly kind: 'failed' | 'rejected' | 'hint' | 'storm';
  readonly text: string;
  /** How often it happened in these requests. */
  readonly times: number;
  readonly record: RequestRecord;
}

const MOST_FINDINGS = 3;
const MOST_LOOKED_AT = 8;

/**
 * The findings in records (oldest first), the newest first. Only the latest request of a calculation decides: a
 * calculation that works again has no finding. `hintsOf` has the hints of a request's content, by its key.
 */
export function findingsIn(
  records: readonly RequestRecord[],
  hintsOf: ReadonlyMap<string, readonly ShownHint[]>,
): readonly Finding[] {
  const storms = stormsIn(records);
  return [...latestOf(records)]
    .flatMap(([calculation, { record, failures }]) => [
      ...contentOf(calculation, record, failures, hintsOf.get(requestKey(record)) ?? []),
      ...(storms.get(calculation) ?? []),
    ])
    .toSorted((one, other) => other.record.startedAt - one.record.startedAt)
    .slice(0, MOST_FINDINGS);
}

/** The answered calculations whose content is checked for hints, the newest first. */
export function requestsToInspect(records: readonly RequestRecord[]): readonly RequestRecord[] {
  return [...latestOf(records).values()]
    .map(({ record }) => record)
    .filter((record) => !isFailed(record))
    .toSorted((one, other) => other.startedAt - one.startedAt)
    .slice(0, MOST_LOOKED_AT);
}

interface Latest {
  readonly record: RequestRecord;
  /** Failures since the last answer. */
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

function contentOf(
  calculation: string,
  record: RequestRecord,
  failures: number,
  hints: readonly ShownHint[],
): readonly Finding[] {
  if (failures > 0) {
    const text = record.failure ?? String(record.status);
    return [{ key: `failed ${calculation}`, tone: 'error', kind: 'failed', text, times: failures, record }];
  }
  return hints.map(({ tone, text }) => ({
    key: `${text} ${calculation}`,
    tone,
    kind: tone === 'error' ? 'rejected' : 'hint',
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
