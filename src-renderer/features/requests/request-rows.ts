// The rows of the list of requests: the calls of one refresh of Tableau's are one row. Pure.

import { refreshesOf, stormWords } from '../../../src-shared/refreshes.ts';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { isFailed } from '../../store/tally.ts';

export type RequestRow =
  | { readonly kind: 'request'; readonly record: RequestRecord }
  | { readonly kind: 'refresh'; readonly refresh: FoldedRefresh };

/** Several calls as one. Times in ms. */
export interface FoldedRefresh {
  /** The oldest first. */
  readonly records: readonly RequestRecord[];
  readonly first: RequestRecord;
  readonly failed: number;
  /** From the first call to the last answer. */
  readonly spanMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Why it is slow and what to do; null when it is nothing to speak of. */
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

/** Ids begin anew with the program, which may be while the page stays. A refresh keeps its key while it grows. */
export function requestKey({ id, startedAt }: RequestRecord): string {
  return `${id}-${startedAt}`;
}

export function rowKey(row: RequestRow): string {
  return row.kind === 'request' ? requestKey(row.record) : `refresh-${requestKey(row.refresh.first)}`;
}
