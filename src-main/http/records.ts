// Records each request after its answer went out: what is kept of it, and its log entry. Must not know routes.

import type { RequestFacts } from '../../src-shared/request-record.ts';
import type { RequestContent } from '../activity/recorder.ts';
import { callFactsOf } from '../../src-shared/verdict.ts';
import { outcomeOf } from '../activity/outcome.ts';
import type { AppDeps, RouteContext } from './request-context.ts';

export interface Records {
  /** Begins a request's record. @returns the function that ends it, to be called when the answer is known */
  begin(ctx: RouteContext, id: number): () => void;
}

/**
 * Records and logs requests after their answers went out, all of one turn of the event loop together, so that it takes
 * no part of a request's time. Nothing else is read before that, so a caller who has the answer finds its record.
 */
export function createRecords(record: AppDeps['record']): Records {
  let waiting: [RequestFacts, RequestContent][] = [];
  const recordAll = (): void => {
    const now = waiting;
    waiting = [];
    for (const [facts, content] of now) record(facts, content);
  };
  return {
    begin(ctx, id) {
      const start = performance.now();
      const { state } = ctx;
      state.id = id;
      state.startedAt = Date.now();
      state.failure = null;
      state.signedInAs = null;
      state.requestBody = null;
      state.responseBody = null;
      state.python = null;
      state.ended = null;
      state.live = null;
      state.requestBytes = Number(ctx.req.headers['content-length'] ?? 0);
      return () => {
        if (waiting.length === 0) setImmediate(recordAll);
        waiting.push([factsOf(ctx, start, performance.now()), contentOf(ctx)]);
      };
    },
  };
}

function factsOf(ctx: RouteContext, start: number, now: number): RequestFacts {
  const { state, status, method, path } = ctx;
  const { live, python, ended, failure } = state;
  const beganAt = live?.beganAt ?? null;
  const call = callFactsOf(python);
  const outcome = { method, path, status, failure, ended, error: python?.error ?? null, rejection: call.rejection };
  return {
    id: state.id,
    startedAt: state.startedAt,
    elapsedMs: now - start,
    method,
    path,
    status,
    requestBytes: state.requestBytes,
    responseBytes: ctx.response.length ?? 0,
    client: ctx.get('TabPy-Client') || null,
    user: ctx.get('TabPy-User') || null,
    remoteAddress: ctx.ip,
    failure,
    ...call,
    ...outcomeOf(outcome),
    line: python?.error?.line ?? null,
    waitedMs: live === null || beganAt === null ? null : beganAt - live.arrivedAt,
    ranMs: beganAt === null ? null : now - beganAt,
  };
}

function contentOf({ req, state }: RouteContext): RequestContent {
  const { requestBody, responseBody, python, signedInAs } = state;
  return {
    headers: req.headers,
    request: requestBody,
    response: responseBody,
    prints: python?.prints ?? '',
    printsDropped: python?.printsDropped ?? 0,
    error: python?.error ?? null,
    heads: python?.heads ?? null,
    signedInAs,
  };
}
