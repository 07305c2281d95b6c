// Decides what became of a request: its verdict, and the reason in plain words. Pure.

import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { RequestError } from '../../src-shared/request-record.ts';
import { wordsOfRejection } from '../../src-shared/verdict.ts';
import type { Rejection, Verdict } from '../../src-shared/verdict.ts';

export interface Ending {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** As the caller got it. */
  readonly failure: string | null;
  /** Why Python ended before it answered. */
  readonly ended: EndReason | null;
  readonly error: RequestError | null;
  readonly rejection: Rejection | null;
}

const REFUSED = 400;
const CALLER_LEFT = 499;
/** Python ended by somebody's will or by a limit, and not by a fault. */
const STOPS: ReadonlySet<EndReason['kind']> = new Set(['deadline', 'memory', 'excess', 'stopped']);

/** Tableau takes results of POST /evaluate and POST /query only; no other answer can be rejected. */
export function outcomeOf(one: Ending): { readonly verdict: Verdict; readonly reason: string | null } {
  const { status, failure, ended, error, rejection } = one;
  if (status < REFUSED)
    return rejection !== null && isCalculation(one)
      ? { verdict: 'rejected', reason: wordsOfRejection(rejection) }
      : { verdict: 'ok', reason: null };
  if (ended !== null) return { verdict: STOPS.has(ended.kind) ? 'stopped' : 'failed', reason: wordsOfEnd(ended).text };
  if (status === CALLER_LEFT) return { verdict: 'stopped', reason: failure };
  return { verdict: 'failed', reason: error?.cause ?? failure };
}

function isCalculation({ method, path }: Ending): boolean {
  return method === 'POST' && (path === '/evaluate' || path.startsWith('/query/'));
}
