import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from './case-form.ts';
import { bodyOf } from './request-body.ts';

const request = (more: Partial<HttpRequest>): HttpRequest => ({ method: 'POST', path: '/evaluate', ...more });
const textOf = (more: Partial<HttpRequest>): string => bodyOf(request(more))!.toString();

describe('the body of a request', () => {
  it('is JSON as Python writes it, or a text as it is, or none', () => {
    expect(textOf({ json: { a: [1n, 1, 'é'] } })).toBe('{"a": [1, 1.0, "\\u00e9"]}');
    expect(textOf({ text: '{"a":é' })).toBe('{"a":é');
    expect(bodyOf(request({}))).toBeNull();
  });

  it('can be compressed', () => {
    expect(gunzipSync(bodyOf(request({ text: 'abc', gzip: true }))!).toString()).toBe('abc');
  });

  it('can be made of exactly so many bytes', () => {
    const body = textOf({ gen: { kind: 'pad', n: 100, script: 'return 1' } });
    expect(body).toHaveLength(100);
    expect(body).toMatch(/^\{"data":\{"_arg1":"x+"\},"script":"return 1"\}$/);
  });

  it('can be made of many arguments or rows', () => {
    expect(textOf({ gen: { kind: 'args', n: 2, script: 's' } })).toBe(
      '{"data": {"_arg1": 1, "_arg2": 2}, "script": "s"}',
    );
    expect(textOf({ gen: { kind: 'rows', n: 3, script: 's', args: ['_arg1'] } })).toBe(
      '{"data": {"_arg1": [0.0, 0.5, 1.0]}, "script": "s"}',
    );
  });

  it('cannot hold half a character', () => {
    expect(() => bodyOf(request({ text: '\ud83d' }))).toThrow('half a character');
  });
});
