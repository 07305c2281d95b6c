// What in the latest requests needs the analyst: what fails, what Tableau rejects, what is asked too often. Pure.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { refreshesOf, stormWords } from '../../../src-shared/refreshes.ts';
import { isOwnClient } from '../../../src-shared/self-test.ts';
import type { ShownHint } from '../../store/inspection.ts';
import { requestKey } from '../requests/request-rows.ts';
import { isFailed, needsPython } from '../../store/tally.ts';

/** One thing that needs somebody. `record`: the newest request that shows it. */
export interface Finding {
  /** Of the calculation and what is wrong with it: it comes back under the same key. */
  readonly key: string;
  readonly tone: 'error' | 'warn';
  readonly kind: 'failed' | 'rejected' | 'hint' | 'storm';
  readonly text: string;
  /** How often, among the requests that are looked at. */
  readonly times: number;
  readonly record: RequestRecord;
}

const MOST_FINDINGS = 3;
const MOST_LOOKED_AT = 8;

/**
 * What the records (the oldest first) tell, the newest first. A calculation counts as it went last: what was mended is
 * gone. `hintsOf` is what is known of a request's content, by its key.
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

/** The answered calculations whose content is worth a look, the newest first. */
export function worthALook(records: readonly RequestRecord[]): readonly RequestRecord[] {
  return [...latestOf(records).values()]
    .map(({ record }) => record)
    .filter((record) => !isFailed(record))
    .toSorted((one, other) => other.startedAt - one.startedAt)
    .slice(0, MOST_LOOKED_AT);
}

interface Latest {
  readonly record: RequestRecord;
  /** Failures since it was last answered. */
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
