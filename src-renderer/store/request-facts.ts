// Facts of one request that several features ask for: its key, whether it failed, whether it ran Python. Pure.

import type { RequestRecord } from '../../src-shared/request-record.ts';

/** Tells requests apart: the program numbers them from 1 again when it restarts, while the page may stay open. */
export function requestKey({ id, startedAt }: RequestRecord): string {
  return `${id}-${startedAt}`;
}

export function isFailed(record: RequestRecord): boolean {
  return record.status >= 400;
}

export function needsPython(record: RequestRecord): boolean {
  return record.path === '/evaluate' || record.path.startsWith('/query/');
}
