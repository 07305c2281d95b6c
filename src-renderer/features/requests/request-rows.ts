// Rows of the list of requests: the requests of one refresh of Tableau become one row. Pure.

import { refreshesOf, stormWords } from '../../../src-shared/refreshes.ts';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { isFailed, requestKey } from '../../store/request-facts.ts';

export type RequestRow =
  | { readonly kind: 'request'; readonly record: RequestRecord }
  | { readonly kind: 'refresh'; readonly refresh: FoldedRefresh };

/** The requests of one refresh as one row. Times in ms. */
export interface FoldedRefresh {
  /** The oldest first. */
  readonly records: readonly RequestRecord[];
  readonly first: RequestRecord;
  readonly failed: number;
  /** From the first request to the last answer. */
  readonly spanMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Why it is slow and what to do; null when there is nothing to say. */
  readonly storm: string | null;
}

/** Rows of records (the oldest first), the newest first. */
export function requestRows(records: readonly RequestRecord[], isFolding: boolean): readonly RequestRow[] {
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
  const times = records.map(({ elapsedMs }) => elapsedMs);
  return {
    records,
    first,
    failed: records.filter(isFailed).length,
    spanMs: last.startedAt + last.elapsedMs - first.startedAt,
    leastMs: Math.min(...times),
    mostMs: Math.max(...times),
    requestBytes: records.reduce((sum, one) => sum + one.requestBytes, 0),
    responseBytes: records.reduce((sum, one) => sum + one.responseBytes, 0),
    storm: stormWords({ records }),
  };
}

export function rowKey(row: RequestRow): string {
  return row.kind === 'request' ? requestKey(row.record) : `refresh-${requestKey(row.refresh.first)}`;
}
