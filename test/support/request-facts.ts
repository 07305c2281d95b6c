// A request as the server tells it, for tests that care about a few of its facts.

import type { RequestFacts, RequestRecord } from '../../src-shared/request-record.ts';

/** A script that Tableau Desktop sent and that was answered. */
export function requestFacts(more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: 1,
    startedAt: 0,
    elapsedMs: 3.2,
    method: 'POST',
    path: '/evaluate',
    status: 200,
    requestBytes: 1_240,
    responseBytes: 412,
    client: null,
    user: null,
    remoteAddress: '::1',
    failure: null,
    verdict: (more.status ?? 200) < 400 ? 'ok' : 'failed',
    reason: more.failure ?? null,
    line: null,
    waitedMs: 0.2,
    ranMs: 3,
    rowsSent: 20,
    rowsBack: (more.status ?? 200) < 400 ? 20 : null,
    rejection: null,
    nullArguments: [],
    ...more,
  };
}

export function requestRecordOf(more: Partial<RequestRecord> = {}): RequestRecord {
  return { ...requestFacts(more), preview: null, telling: null, isPrep: false, ...more };
}
