// Facts of one request that several features ask for: its key, whether it failed, what ran. Pure.

import type { LiveRequest, RequestRecord } from '../../src-shared/request-record.ts';

/** Tells requests apart: the program numbers them from 1 again when it restarts, while the page may stay open. */
export function requestKey({ id, startedAt }: Pick<RequestRecord, 'id' | 'startedAt'>): string {
  return `${id}-${startedAt}`;
}

/** Whether Tableau got no result from it: it failed, was stopped, or Tableau rejects the result. */
export function isFailed(record: RequestRecord): boolean {
  return record.verdict !== 'ok';
}

export function needsPython(record: Pick<RequestRecord, 'path'>): boolean {
  return record.path === '/evaluate' || record.path.startsWith('/query/');
}

/** The name of the function that a request calls; null when it calls none. */
export function calledFunction({ path }: Pick<RequestRecord, 'path'>): string | null {
  if (!path.startsWith('/query/')) return null;
  const name = path.slice('/query/'.length);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What ran, by which an analyst knows it again: a function, the telling line of a script, or the path. */
export function whatRan(one: RequestRecord | LiveRequest): string {
  return one.telling ?? calledFunction(one) ?? (needsPython(one) ? one.path : `${one.method} ${one.path}`);
}
