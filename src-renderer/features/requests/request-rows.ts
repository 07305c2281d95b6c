// Rows of the list of requests: the requests of one refresh of Tableau become one row, and those without an answer come
// first. Pure.

import { refreshesOf, stormWords } from '../../../src-shared/refreshes.ts';
import type { LiveRequest, RequestRecord } from '../../../src-shared/request-record.ts';
import { isFailed, requestKey } from '../../store/request-facts.ts';

export type RequestRow =
  | { readonly kind: 'live'; readonly live: LiveRequest }
  | { readonly kind: 'request'; readonly record: RequestRecord }
  | { readonly kind: 'refresh'; readonly refresh: FoldedRefresh };

/** The requests of one refresh as one row. Times in ms. */
export interface FoldedRefresh {
  /** The oldest first. */
  readonly records: readonly RequestRecord[];
  readonly first: RequestRecord;
  /** The one whose verdict stands for all: the first that brought Tableau no result, else the first. */
  readonly worst: RequestRecord;
  readonly failed: number;
  /** From the first request to the last answer. */
  readonly spanMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** The longest wait for Python; null when none of them needed it. */
  readonly mostWaitedMs: number | null;
  /** The rows that were sent, as far as they are known; null when they are not. */
  readonly rows: { readonly least: number; readonly most: number } | null;
  /** Why it is slow and what to do; null when there is nothing to say. */
  readonly storm: string | null;
}

/** Rows of records (the oldest first), the newest first; above them those that run or wait. */
export function requestRows(
  records: readonly RequestRecord[],
  live: readonly LiveRequest[],
  isFolding: boolean,
): readonly RequestRow[] {
  // A request can end between two events: then it is in both lists.
  const ended = new Set(live.length === 0 ? [] : records.map(requestKey));
  const running = live
    .filter((one) => !ended.has(requestKey(one)))
    .map((one): RequestRow => ({ kind: 'live', live: one }));
  return [...running.toReversed(), ...answeredRows(records, isFolding)];
}

function answeredRows(records: readonly RequestRecord[], isFolding: boolean): readonly RequestRow[] {
  if (!isFolding) return records.map((record): RequestRow => ({ kind: 'request', record })).toReversed();
  return refreshesOf(records)
    .map((refresh): RequestRow => {
      const [first] = refresh.records;
      return refresh.records.length === 1 && first !== undefined
        ? { kind: 'request', record: first }
        : { kind: 'refresh', refresh: foldedOf(refresh.records) };
    })
    .toReversed();
}

function foldedOf(records: readonly RequestRecord[]): FoldedRefresh {
  const first = records[0]!;
  const last = records.at(-1)!;
  const times = records.map(({ ranMs, elapsedMs }) => ranMs ?? elapsedMs);
  const rows = records.flatMap(({ rowsSent }) => rowsSent ?? []);
  const waits = records.flatMap(({ waitedMs }) => waitedMs ?? []);
  return {
    records,
    first,
    worst: records.find(isFailed) ?? first,
    failed: records.filter(isFailed).length,
    spanMs: last.startedAt + last.elapsedMs - first.startedAt,
    leastMs: Math.min(...times),
    mostMs: Math.max(...times),
    mostWaitedMs: waits.length === 0 ? null : Math.max(...waits),
    rows: rows.length === 0 ? null : { least: Math.min(...rows), most: Math.max(...rows) },
    storm: stormWords({ records }),
  };
}

export function rowKey(row: RequestRow): string {
  switch (row.kind) {
    case 'live':
      // The same as of its record, so that a chosen row stays chosen when the answer comes.
      return requestKey(row.live);
    case 'request':
      return requestKey(row.record);
    case 'refresh':
      return `refresh-${requestKey(row.refresh.first)}`;
  }
}
