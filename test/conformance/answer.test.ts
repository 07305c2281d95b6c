import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answerFaults, headerOf } from './answer.ts';
import type { Answer } from './answer.ts';

const answer = (changes: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: [['Content-Type', 'application/json; charset=UTF-8']],
  body: Buffer.from('{"a": 1}'),
  note: '',
  elapsedSeconds: 1,
  ...changes,
});
const json = { a: 1n };

describe('an answer is as expected', () => {
  it.each([
    [{ status: 200, json }, {}],
    [{ status: [400, 200] }, {}],
    [{ status: 'closed' as const }, { status: 'closed' as const, headers: [], body: Buffer.alloc(0) }],
    [{ status: 200, headers: { 'content-type': 'Application/JSON' } }, {}],
    [{ status: 200, headers: { ETag: null } }, {}],
    [{ status: 200, headers: { ETag: { $re: '^"' } } }, { headers: [['etag', '"x"'] as const] }],
    [{ status: 200, within: 1 }, {}],
    [
      { status: 200, json },
      { headers: [['content-encoding', 'gzip'] as const], body: gzipSync('{"a": 1}') },
    ],
  ])('%o', (expected, changes) => {
    expect(answerFaults(expected, answer(changes), {})).toEqual([]);
  });
});

describe('an answer is not as expected', () => {
  it.each([
    [{ status: 201, json }, {}, 'status: expected 201, got 200 {"a": 1}'],
    [{ status: 200 }, { status: 'closed' as const, note: 'reset' }, 'status: expected 200, got closed reset'],
    [{ status: 'closed' as const }, { status: 'timeout' as const, note: 'no answer' }, 'got timeout no answer'],
    [{ status: 200, json: { a: 1 } }, {}, 'body.a: expected 1.0, got 1'],
    [{ status: 200, json }, { body: Buffer.from('<html>') }, 'body: expected JSON, got <html>'],
    [{ status: 200, json: 'é' }, { body: Buffer.from([0x22, 0xe9, 0x22]) }, 'body: expected JSON'],
    [{ status: 200, json: 1n }, { body: Buffer.from('\u{feff}1') }, 'body: expected JSON'],
    [{ status: 200, headers: { 'Content-Type': 'text/html' } }, {}, 'header Content-Type: expected text/html'],
    [{ status: 200, headers: { 'Content-Type': 'text/html' } }, { headers: [] }, 'got null'],
    [{ status: 200, headers: { 'Content-Type': null } }, {}, 'header Content-Type: expected none'],
    [{ status: 200, headers: { ETag: { $any: true }, Date: 'x' } }, {}, 'header Date: expected x, got null'],
    [{ status: 200, within: 0.5 }, {}, 'time: expected within 0.5 s, took 1.0 s'],
    [
      { status: 200, json },
      { headers: [['content-encoding', 'gzip'] as const], body: Buffer.from('no gzip') },
      'body: expected JSON, got no gzip',
    ],
  ])('%o', (expected, changes, told) => {
    const faults = answerFaults(expected, answer(changes), {});
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(told);
  });

  it('and all that differs is told', () => {
    const expected = { status: 200, json: 1n, headers: { ETag: 'x' }, within: 0 };
    expect(answerFaults(expected, answer(), {})).toHaveLength(3);
  });
});

describe('a header', () => {
  it('is found whatever its case, the first where there are two', () => {
    const headers = [['ETag', 'x'] as const, ['etag', 'y'] as const];
    expect(headerOf(answer({ headers }), 'etag')).toBe('x');
    expect(headerOf(answer({ headers }), 'Date')).toBeNull();
  });
});
