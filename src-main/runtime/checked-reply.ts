// Checks everything that an interpreter reports of its answer, because a script can have replaced the code that wrote
// it. Pure.
// Threat: a status that HTTP does not have, a tag with line breaks, a change that would break every other interpreter.

import * as v from 'valibot';
import type { Json } from '../../src-shared/function.ts';
import { LARGE_BODY_BYTES, MOST_JSON_LEVELS } from '../../src-shared/limits.ts';
import type { Rejection } from '../../src-shared/verdict.ts';
import type { Change, ReplyMeta, Wanted } from './messages.ts';

/** The statuses with which Python answers; any other was not written by our code. */
const STATUSES = new Set([200, 400, 404, 500]);
const ETAG = /^[0-9a-f]{32}$/;

// Each change is written to disk before the next, and each wanted function is searched among the others.
const MOST_CHANGES = 2_000;
const MOST_WANTED = 1_000;
const MOST_NAMES = 20;
const MOST_COLUMNS = 50;
const MOST_LETTERS = 200;
const MOST_CAUSE = 4_000;
/** As in pictures.py. */
const MOST_PICTURES = 4;
const MOST_PICTURE_BYTES = 1_000_000;

/** A list whose length is checked before any of its items. */
const listOf = <Item>(most: number, item: v.GenericSchema<Item>) =>
  v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const json = v.custom<Json>((value) => isFlatEnough(value, MOST_JSON_LEVELS));
const texts = v.record(v.string(), v.string());
const described = { name: v.string(), description: v.string(), schema: json, isPublic: v.boolean() };

const change: v.GenericSchema<Change> = v.variant('kind', [
  v.object({
    kind: v.literal('deploy'),
    ...described,
    override: v.boolean(),
    version: count,
    docstring: v.string(),
    methods: v.array(json),
    source: v.nullable(v.string()),
    functionName: v.nullable(v.string()),
    libraries: texts,
    pickleBytes: count,
  }),
  v.object({ kind: v.literal('update'), ...described }),
  v.object({ kind: v.literal('remove'), name: v.string() }),
]);

const wanted: v.GenericSchema<Wanted> = v.object({
  file: v.string(),
  name: v.string(),
  qualified_name: v.nullable(v.string()),
  line: v.pipe(v.number(), v.integer()),
  looks: v.string(),
  with_small_numbers: v.boolean(),
});

const shortText = v.pipe(v.string(), v.maxLength(MOST_LETTERS));
const rejection: v.GenericSchema<Rejection> = v.variant('kind', [
  v.object({ kind: v.literal('wrong-length'), rowsSent: count, rowsBack: count }),
  v.object({ kind: v.literal('mixed-types'), types: v.tuple([shortText, shortText]), row: count }),
  v.object({ kind: v.literal('nested'), row: count }),
  v.object({
    kind: v.literal('unequal-columns'),
    lengths: v.pipe(
      v.record(shortText, count),
      v.check((lengths) => Object.keys(lengths).length <= MOST_COLUMNS),
    ),
  }),
  v.object({ kind: v.picklist(['no-result', 'object', 'no-columns']) }),
]);
const head = v.exactOptional(v.pipe(v.string(), v.maxLength(LARGE_BODY_BYTES)));

const reply = v.object({
  status: v.pipe(
    v.number(),
    v.check((status) => STATUSES.has(status)),
  ),
  bodyBytes: count,
  etag: v.exactOptional(v.pipe(v.string(), v.regex(ETAG))),
  rows: v.exactOptional(v.tuple([v.nullable(count), v.nullable(count)])),
  rejection: v.exactOptional(rejection),
  nulls: v.exactOptional(listOf(MOST_NAMES, shortText)),
  heads: v.exactOptional(v.object({ request: head, response: head })),
  prints: v.exactOptional(v.string()),
  printsDropped: v.exactOptional(count),
  error: v.exactOptional(
    v.object({
      type: v.string(),
      text: v.string(),
      cause: v.exactOptional(v.pipe(v.string(), v.maxLength(MOST_CAUSE))),
      line: v.nullable(v.number()),
      traceback: v.nullable(v.string()),
      missing: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
    }),
  ),
  changes: v.exactOptional(listOf(MOST_CHANGES, change)),
  loaded: v.exactOptional(
    v.record(
      v.string(),
      v.object({ status: v.picklist(['LoadSuccessful', 'LoadFailed']), lastError: v.nullable(v.string()) }),
    ),
  ),
  docstring: v.exactOptional(v.string()),
  methods: v.exactOptional(v.array(json)),
  libraries: v.exactOptional(texts),
  notes: v.exactOptional(v.array(v.string())),
  main: v.exactOptional(wanted),
  missing: v.exactOptional(listOf(MOST_WANTED, wanted)),
  rebuilt: v.exactOptional(listOf(MOST_WANTED, v.object({ wanted, code: v.string(), source: v.string() }))),
  failed: v.exactOptional(texts),
  pictures: v.exactOptional(listOf(MOST_PICTURES, v.pipe(count, v.maxValue(MOST_PICTURE_BYTES)))),
  asked: v.exactOptional(v.record(v.string(), v.object({ calls: count, errors: count, ms: v.array(v.number()) }))),
});

/**
 * The head of an answer, or null when it is not valid.
 * @param payloadBytes of the body with the pickles behind it: the sizes in the head must add up to it
 */
export function checkedReply(value: object, payloadBytes: number): ReplyMeta | null {
  const frequent = frequentReply(value, payloadBytes);
  if (frequent !== null) return frequent;
  const parsed = v.safeParse(reply, value, { abortEarly: true });
  if (!parsed.success) return null;
  const pictureBytes = (parsed.output.pictures ?? []).reduce((sum, bytes) => sum + bytes, 0);
  if (pictureBytes > parsed.output.bodyBytes) return null;
  const pickleBytes = (parsed.output.changes ?? []).map((one) => (one.kind === 'deploy' ? one.pickleBytes : 0));
  const total = pickleBytes.reduce((sum, bytes) => sum + bytes, parsed.output.bodyBytes);
  return total === payloadBytes ? parsed.output : null;
}

/**
 * An answer with a result and no more than nearly every answer has: rows, the tag of a function's answer, the calls of
 * functions from a script. The schema would take a tenth of a small call's time. Null: any other answer.
 */
function frequentReply(value: object, payloadBytes: number): ReplyMeta | null {
  const { status, bodyBytes, rows, etag, asked } = value as Record<string, unknown>;
  if (status !== 200 || bodyBytes !== payloadBytes) return null;
  const hasTag = etag !== undefined;
  const hasAsked = asked !== undefined;
  if (Object.keys(value).length !== 3 + (hasTag ? 1 : 0) + (hasAsked ? 1 : 0)) return null;
  if (!isPairOfCounts(rows)) return null;
  if (hasTag && !(typeof etag === 'string' && ETAG.test(etag))) return null;
  if (hasAsked && !isAsked(asked)) return null;
  // Its fields are only these, each checked above.
  return value as ReplyMeta;
}

function isPairOfCounts(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && isCount(value[0]) && isCount(value[1]);
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** The schema's check, without its copy. */
function isAsked(value: unknown): value is NonNullable<ReplyMeta['asked']> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((name) => {
    const one = (value as Record<string, unknown>)[name] as Record<string, unknown> | null;
    if (typeof one !== 'object' || one === null || name === '__proto__') return false;
    const { calls, errors, ms } = one;
    return (
      isCount(calls) &&
      isCount(errors) &&
      Array.isArray(ms) &&
      ms.every((each) => typeof each === 'number' && !Number.isNaN(each)) &&
      Object.keys(one).length === 3
    );
  });
}

function isFlatEnough(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isFlatEnough(item, levels - 1));
}
