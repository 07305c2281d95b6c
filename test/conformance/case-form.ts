// The form of a case: what is sent, and what must come back. What it does not know is refused, so that no check is lost unseen.

import * as v from 'valibot';
import { parseJson } from './python-json.ts';
import type { Json } from './python-json.ts';

/** Any value that came from parseJson. */
const json = v.custom<Json>((value) => value !== undefined, 'a JSON value');
const text = v.string();
const texts = v.record(text, text);
const number = v.pipe(v.union([v.bigint(), v.number()]), v.transform(Number));
const flag = v.optional(v.literal(true));

const status = v.union([number, v.literal('closed')]);
const expectation = v.strictObject({
  status: v.union([status, v.array(status)]),
  json: v.optional(json),
  /** `null`: the header must not be there. Content-Type: the media type counts alone. */
  headers: v.optional(v.record(text, json)),
  /** Seconds. */
  within: v.optional(number),
});

/** Bodies that are too large to be written down. */
const generated = v.variant('kind', [
  v.strictObject({ kind: v.literal('pad'), n: number, script: text }),
  v.strictObject({ kind: v.literal('args'), n: number, script: text }),
  v.strictObject({ kind: v.literal('rows'), n: number, script: text, args: v.tuple([v.literal('_arg1')]) }),
]);
const request = v.strictObject({
  method: text,
  path: text,
  headers: v.optional(texts),
  json: v.optional(json),
  text: v.optional(text),
  gen: v.optional(generated),
  gzip: flag,
  chunked: flag,
  /** Name and password of this request; null: none although the group signs in. */
  auth: v.optional(v.nullable(v.tuple([text, text]))),
  /** Seconds in which the server may speak before the body is sent. */
  wait_before_body: v.optional(number),
  /** Seconds before the request is sent, among several at once. */
  delay: v.optional(number),
  version: v.optional(v.literal('1.0')),
});

const name = text;
const client = v.variant('op', [
  v.strictObject({
    op: v.literal('deploy'),
    name,
    source: text,
    func: text,
    description: v.optional(v.nullable(text)),
    schema: v.optional(json),
    override: v.optional(v.boolean()),
    is_public: v.optional(v.boolean()),
  }),
  v.strictObject({ op: v.literal('remove'), name }),
  v.strictObject({ op: v.literal('update'), name, kwargs: v.optional(v.record(text, json)) }),
  v.strictObject({
    op: v.literal('query'),
    name,
    args: v.optional(v.array(json)),
    kwargs: v.optional(v.record(text, json)),
  }),
  v.strictObject({ op: v.literal('get_endpoints'), args: v.optional(v.array(json)) }),
  v.strictObject({ op: v.literal('get_status') }),
]);
const outcome = v.union([v.strictObject({ returns: json }), v.strictObject({ raises: json })]);

/** What TabPy answered when the case was recorded; for readers. */
const tabpy = v.optional(json);
const note = v.optional(text);
const save = v.optional(texts);
const step = v.union([
  v.strictObject({ http: request, expect: expectation, also: v.optional(v.array(expectation)), save, tabpy }),
  v.strictObject({
    parallel: v.strictObject({ n: number, http: request }),
    expect: expectation,
    tabpy,
  }),
  v.strictObject({
    parallel: v.strictObject({ n: number, mix: v.array(request) }),
    expect: v.strictObject({ mix: v.array(expectation) }),
    tabpy,
  }),
  v.strictObject({ client, expect: outcome, also: v.optional(v.array(outcome)), tabpy }),
  v.strictObject({ sleep: number }),
]);

const oneCase = v.strictObject({
  id: text,
  note,
  /** Functions of the recording that are deployed first. */
  needs: v.optional(v.array(text)),
  /** What TabPy does is a bug or a limit of its own: `also` lists saner answers that pass too. */
  tabpy_quirk: flag,
  steps: v.pipe(v.array(step), v.minLength(1)),
});
const fixture = v.strictObject({ func: text, description: text, source: text });
const model = v.strictObject({ file: text, name: text, description: text });
const recording = v.strictObject({
  recorded_with: texts,
  groups: v.record(text, v.strictObject({ start: text, files: v.array(text), models: v.optional(v.array(model)) })),
  fixtures: v.record(text, fixture),
});

export type Expectation = v.InferOutput<typeof expectation>;
export type HttpRequest = v.InferOutput<typeof request>;
export type GeneratedBody = v.InferOutput<typeof generated>;
export type ClientCall = v.InferOutput<typeof client>;
export type ClientOutcome = v.InferOutput<typeof outcome>;
export type Step = v.InferOutput<typeof step>;
export type Case = v.InferOutput<typeof oneCase>;
export type Recording = v.InferOutput<typeof recording>;

/** @throws Error when a case has a part that is not known, with its place */
export function casesIn(fileText: string): Case[] {
  return v.parse(v.array(oneCase), parseJson(fileText));
}

/** @throws Error when it has a part that is not known */
export function recordingIn(fileText: string): Recording {
  return v.parse(recording, parseJson(fileText));
}
