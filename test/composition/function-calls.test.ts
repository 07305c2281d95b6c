// Which requests and which calls inside scripts count as calls of functions.

import { describe, expect, it } from 'vitest';
import type { RequestFacts } from '../../src-shared/request-record.ts';
import { requestFacts } from '../support/request-facts.ts';
import { createFigures } from '../../src-main/activity/figures.ts';
import { createFunctionCalls } from '../../src-main/composition/function-calls.ts';

function counted() {
  const figures = createFigures();
  const told: string[] = [];
  const calls = createFunctionCalls({
    figures,
    isFunction: (name) => ['add', 'a dd'].includes(name),
    onCall: (name) => void told.push(name),
  });
  return { calls, told, of: () => figures.of(['add', 'a dd', 'nope']) };
}

const request = (path: string, status = 200): RequestFacts =>
  requestFacts({ startedAt: 1_000, elapsedMs: 5, path, status });

describe('calls of functions', () => {
  it('come over HTTP, under every spelling of a name', () => {
    const { calls, told, of } = counted();
    for (const path of ['/query/add', '/query/a%20dd', '/query/a%2520dd']) calls.noteRequest(request(path));
    calls.noteRequest(request('/query/add', 500));
    expect(told).toEqual(['add', 'a dd', 'a dd', 'add']);
    expect(of()).toEqual({
      add: { calls: 2, errors: 1, p95Ms: 5, lastAt: 1_000 },
      'a dd': { calls: 2, errors: 0, p95Ms: 5, lastAt: 1_000 },
    });
  });

  it('are neither other requests nor names that nobody deployed', () => {
    const { calls, told, of } = counted();
    for (const path of ['/evaluate', '/endpoints/add', '/query/nope', '/query/%ff'])
      calls.noteRequest(request(path, 404));
    calls.noteAsked({ nope: { calls: 9, errors: 0, ms: [1] } });
    expect([told, of()]).toEqual([[], {}]);
  });

  it('are made by scripts too', () => {
    const { calls, told, of } = counted();
    calls.noteAsked({ add: { calls: 3, errors: 1, ms: [1, 2, 3] } });
    expect(told).toEqual(['add']);
    expect(of()['add']).toMatchObject({ calls: 3, errors: 1, p95Ms: 3 });
  });
});
