// Progress of connecting Tableau, told by the requests that a Tableau program sent. Pure; must not know the guide that
// shows it.

import type { RequestFacts } from './request-record.ts';
import { isOwnClient } from './self-test.ts';

/** `at` in ms since 1970. */
export interface TableauProgress {
  /** When /info was last requested, as Tableau does to test a connection and before every calculation. */
  readonly askedAt: number | null;
  /** The latest calculation that was answered, with its time in ms. */
  readonly calculated: { readonly id: number; readonly at: number; readonly elapsedMs: number } | null;
  /** A calculation that failed after the latest one that was answered. */
  readonly failed: { readonly id: number; readonly at: number; readonly failure: string | null } | null;
}

export const NO_PROGRESS: TableauProgress = { askedAt: null, calculated: null, failed: null };

/** Programs that people test servers with, and browsers. TabPy's own client is Python. */
const TOOLS =
  /^(?:curl|wget|python|httpie|postman|insomnia|bruno|node|undici|axios|got|deno|bun|go-http|powershell|mozilla)/i;

/**
 * Whether Tableau sent a request. It need not say so: only TabPy-Client names the program, and older versions do not send
 * it. So what neither header names is Tableau, and what either names as something else is not.
 */
export function isFromTableau(client: string | null, userAgent: string | undefined): boolean {
  if (isOwnClient(client)) return false;
  if (/tableau/i.test(`${client ?? ''} ${userAgent ?? ''}`)) return true;
  return client === null && !TOOLS.test(userAgent ?? '');
}

/** The progress after one more request of Tableau's; the same object when it tells nothing new. */
export function progressAfter(progress: TableauProgress, one: RequestFacts): TableauProgress {
  const { id, startedAt, elapsedMs, method, path, failure, reason } = one;
  if (path === '/info' && method === 'GET')
    return one.verdict === 'ok' ? { ...progress, askedAt: startedAt } : progress;
  if (method !== 'POST' || (path !== '/evaluate' && !path.startsWith('/query/'))) return progress;
  return one.verdict === 'ok'
    ? { ...progress, calculated: { id, at: startedAt, elapsedMs }, failed: null }
    : { ...progress, failed: { id, at: startedAt, failure: reason ?? failure } };
}
