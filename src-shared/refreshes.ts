// Which requests belong to one refresh of a view: Tableau sends one a partition, one right after the other. Pure.

import type { RequestRecord } from './request-record.ts';

/** Requests of one refresh, the oldest first. */
export interface Refresh {
  readonly records: readonly RequestRecord[];
}

/** Later than this after the last one ended, it is another refresh. */
const GAP_MS = 1_000;
/** From so many calls on it is worth telling that one would do. */
const STORM = 10;

/** Folds records (the oldest first) into refreshes; a record on its own is a refresh of one. */
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

/** Records of the same key may be one refresh; null: this one never is. */
function keyOf({ path, preview, user, remoteAddress, method }: RequestRecord): string | null {
  const isCalculation = path.startsWith('/query/') || (path === '/evaluate' && preview !== null);
  return isCalculation ? JSON.stringify([method, path, preview, user, remoteAddress]) : null;
}

/** Why a refresh was slow and what to do, when Tableau asked once a partition; else null. */
export function stormWords({ records }: Refresh): string | null {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || records.length < STORM) return null;
  const seconds = Math.max(0.1, (last.startedAt + last.elapsedMs - first.startedAt) / 1000);
  const time = seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
  return `${records.length} calls in ${time} s, one for each partition. One call for all rows is faster: Edit Table Calculation ▸ Specific Dimensions ▸ tick all.`;
}
