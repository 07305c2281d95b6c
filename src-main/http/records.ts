// Records each request after its answer went out: what is kept of it, and its log entry. Must not know routes.

import type { RequestFacts } from '../../src-shared/request-record.ts';
import type { RequestContent } from '../activity/recorder.ts';
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
      const startedAt = Date.now();
      const start = performance.now();
      const { state } = ctx;
      state.failure = null;
      state.signedInAs = null;
      state.requestBody = null;
      state.responseBody = null;
      state.python = null;
      state.requestBytes = Number(ctx.req.headers['content-length'] ?? 0);
      return () => {
        if (waiting.length === 0) setImmediate(recordAll);
        waiting.push([factsOf(ctx, id, startedAt, performance.now() - start), contentOf(ctx)]);
      };
    },
  };
}

function factsOf(ctx: RouteContext, id: number, startedAt: number, elapsedMs: number): RequestFacts {
  return {
    id,
    startedAt,
    elapsedMs,
    method: ctx.method,
    path: ctx.path,
    status: ctx.status,
    requestBytes: ctx.state.requestBytes,
    responseBytes: ctx.response.length ?? 0,
    client: ctx.get('TabPy-Client') || null,
    user: ctx.get('TabPy-User') || null,
    remoteAddress: ctx.ip,
    failure: ctx.state.failure,
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
    signedInAs,
  };
}
