// Progress of connecting Tableau, told by its own requests. Pure; must not know the guide that shows it.

import type { RequestRecord } from '../../src-shared/request-record.ts';
import { isOwnClient } from '../../src-shared/self-test.ts';
import { isFailed, needsPython } from './request-facts.ts';

export interface TableauProgress {
  /** When /info was last requested, as Tableau does to test a connection and before every calculation. */
  readonly askedAt: number | null;
  /** The latest calculation that was answered. */
  readonly calculated: RequestRecord | null;
  /** A calculation that failed after the latest one that was answered. */
  readonly failed: RequestRecord | null;
}

export const NO_PROGRESS: TableauProgress = { askedAt: null, calculated: null, failed: null };

/** Never goes back: clearing the requests does not undo a step. */
export function progressAfter(progress: TableauProgress, records: readonly RequestRecord[]): TableauProgress {
  return records.reduce(afterOne, progress);
}

function afterOne(progress: TableauProgress, record: RequestRecord): TableauProgress {
  if (isOwnClient(record.client)) return progress;
  if (record.path === '/info' && record.method === 'GET' && !isFailed(record))
    return { ...progress, askedAt: record.startedAt };
  if (record.method !== 'POST' || !needsPython(record)) return progress;
  return isFailed(record) ? { ...progress, failed: record } : { ...progress, calculated: record, failed: null };
}
