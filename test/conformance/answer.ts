// What came back for a request, and whether it is what a case expects. Pure.

import { gunzipSync } from 'node:zlib';
import { mismatches, short } from './match.ts';
import type { Variables } from './match.ts';
import type { Expectation } from './case-form.ts';
import { parseJson } from './python-json.ts';
import type { Json } from './python-json.ts';

export interface Answer {
  /** A status of HTTP, or what came instead of one. */
  readonly status: number | 'closed' | 'timeout';
  /** As they came, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As it came, compressed or not. */
  readonly body: Buffer;
  /** Why there is no status. */
  readonly note: string;
  readonly elapsedSeconds: number;
}

/** The value of the first header of that name; null when there is none. */
export function headerOf({ headers }: Answer, name: string): string | null {
  return headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? null;
}

/** @throws SyntaxError or TypeError when the body is no JSON in UTF-8 */
export function jsonOf(answer: Answer): Json {
  return parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plainBody(answer)));
}

/** What differs from the one form of an answer that is expected, a line each. */
export function answerFaults(expected: Expectation, answer: Answer, variables: Variables): string[] {
  const allowed: readonly Answer['status'][] = [expected.status].flat();
  if (!allowed.includes(answer.status)) {
    const text = answer.note || plainBody(answer).toString();
    return [`status: expected ${allowed.join('/')}, got ${answer.status} ${short(text, 200)}`];
  }
  const headers = Object.entries(expected.headers ?? {});
  const late = expected.within !== undefined && answer.elapsedSeconds > expected.within;
  return [
    ...headers.flatMap(([name, pattern]) => headerFaults(name, pattern, headerOf(answer, name), variables)),
    ...(expected.json === undefined ? [] : jsonFaults(expected.json, answer, variables)),
    ...(late ? [`time: expected within ${expected.within} s, took ${answer.elapsedSeconds.toFixed(1)} s`] : []),
  ];
}

function headerFaults(name: string, pattern: Json, actual: string | null, variables: Variables): string[] {
  if (pattern === null) return actual === null ? [] : [`header ${name}: expected none, got ${actual}`];
  if (typeof pattern === 'string' && name.toLowerCase() === 'content-type')
    return mediaType(pattern) === mediaType(actual) ? [] : [`header ${name}: expected ${pattern}, got ${actual}`];
  return mismatches(pattern, actual, variables, `header ${name}`);
}

function mediaType(value: string | null): string | null {
  return value?.split(';')[0]!.trim().toLowerCase() ?? null;
}

function jsonFaults(pattern: Json, answer: Answer, variables: Variables): string[] {
  let actual: Json;
  try {
    actual = jsonOf(answer);
  } catch {
    return [`body: expected JSON, got ${short(plainBody(answer).toString())}`];
  }
  return mismatches(pattern, actual, variables, 'body');
}

/** A body that says that it is gzip and is not stays as it is: it will be no JSON. */
function plainBody(answer: Answer): Buffer {
  if (headerOf(answer, 'content-encoding') !== 'gzip' || answer.body.length === 0) return answer.body;
  try {
    return gunzipSync(answer.body);
  } catch {
    return answer.body;
  }
}
