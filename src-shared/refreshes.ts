// Groups requests that belong to one refresh of a view: Tableau sends one request for each partition, one right after
// the other. Pure.

import type { RequestRecord } from './request-record.ts';

/** Requests of one refresh, the oldest first. */
export interface Refresh {
  readonly records: readonly RequestRecord[];
}

/** A request later than this after the previous one ended begins another refresh. */
const GAP_MS = 1_000;
/** From so many calls on, a hint says that one call would do. */
const STORM = 10;

/** Groups records (the oldest first) into refreshes; a single record is a refresh of its own. */
export function refreshesOf(records: readonly RequestRecord[]): readonly Refresh[] {
  const refreshes: { key: string; records: RequestRecord[]; endedAt: number }[] = [];
  // A key's latest refresh: other requests (/info, another calculation) may come between its own.
  const latest = new Map<string, (typeof refreshes)[number]>();
  for (const record of records) {
    const key = keyOf(record);
    const open = key === null ? undefined : latest.get(key);
    const endedAt = record.startedAt + record.elapsedMs;
    if (open && record.startedAt - open.endedAt < GAP_MS) {
      open.records.push(record);
      open.endedAt = endedAt;
      continue;
    }
    const fresh = { key: key ?? '', records: [record], endedAt };
    refreshes.push(fresh);
    if (key !== null) latest.set(key, fresh);
  }
  return refreshes.map((one) => ({ records: one.records }));
}

/** Records of the same key may belong to one refresh; null: this record never does. */
function keyOf({ path, preview, user, remoteAddress, method }: RequestRecord): string | null {
  const isCalculation = path.startsWith('/query/') || (path === '/evaluate' && preview !== null);
  return isCalculation ? JSON.stringify([method, path, preview, user, remoteAddress]) : null;
}

/** Why a refresh was slow and what to do, when Tableau sent a request for each partition; else null. */
export function stormWords({ records }: Refresh): string | null {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || records.length < STORM) return null;
  const seconds = Math.max(0.1, (last.startedAt + last.elapsedMs - first.startedAt) / 1000);
  const time = seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
  return `${records.length} calls in ${time} s, one for each partition. One call for all rows is faster: Edit Table Calculation ▸ Specific Dimensions ▸ tick all.`;
}
