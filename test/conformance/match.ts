// Compares a value with a pattern: plain JSON must be the same, `{"$re": …}` and the other matchers say what may differ. Pure.

import { createHash } from 'node:crypto';
import { isList, isObject, jsonText, plainText } from './python-json.ts';
import type { Json, JsonObject } from './python-json.ts';

/** Values that earlier steps of a case saved. */
export type Variables = Readonly<Record<string, Json>>;

/**
 * What differs, a line each with its place; empty when the value fits.
 * @throws Error when the pattern has a matcher that is not known
 */
export function mismatches(pattern: Json, actual: Json, variables: Variables = {}, place = '$'): string[] {
  const matcher = matcherOf(pattern);
  if (matcher !== null) return byMatcher(matcher, actual, variables, place);
  if (isObject(pattern)) {
    if (!isObject(actual)) return [`${place}: expected an object ${short(pattern, 120)}, got ${short(actual)}`];
    const unexpected = Object.keys(actual).filter((key) => !Object.hasOwn(pattern, key));
    return [
      ...missingOrDifferent(pattern, actual, variables, place),
      ...unexpected.map((key) => `${place}.${key}: unexpected ${short(actual[key]!, 120)}`),
    ];
  }
  if (isList(pattern)) {
    if (!isList(actual) || actual.length !== pattern.length) return [expected(short(pattern), actual, place)];
    return pattern.flatMap((one, at) => mismatches(one, actual[at]!, variables, `${place}[${at}]`));
  }
  const isSame = pattern === actual || (Number.isNaN(pattern) && Number.isNaN(actual));
  return isSame ? [] : [expected(short(pattern), actual, place)];
}

/** A value in a line of at most `most` characters. */
export function short(value: Json, most = 300): string {
  const text = plainText(value).replaceAll('\n', '\\n');
  return text.length <= most ? text : `${text.slice(0, most - 12)}...<${text.length} chars>`;
}

type Matcher = readonly [name: string, argument: Json];

function matcherOf(pattern: Json): Matcher | null {
  if (!isObject(pattern)) return null;
  const [first, ...more] = Object.entries(pattern);
  return first !== undefined && more.length === 0 && first[0].startsWith('$') ? first : null;
}

function byMatcher([name, argument]: Matcher, actual: Json, variables: Variables, place: string): string[] {
  if (name === '$subset') {
    if (!isObject(argument)) throw new Error('$subset wants an object');
    return isObject(actual)
      ? missingOrDifferent(argument, actual, variables, place)
      : [expected('an object', actual, place)];
  }
  const fault = faultOf(name, argument, actual, variables);
  return fault === null ? [] : [expected(fault, actual, place)];
}

function missingOrDifferent(pattern: JsonObject, actual: JsonObject, variables: Variables, place: string): string[] {
  return Object.entries(pattern).flatMap(([key, wanted]) =>
    Object.hasOwn(actual, key)
      ? mismatches(wanted, actual[key]!, variables, `${place}.${key}`)
      : [`${place}.${key}: missing`],
  );
}

/** What was expected instead; null when the value fits. */
function faultOf(name: string, argument: Json, actual: Json, variables: Variables): string | null {
  switch (name) {
    case '$any':
      return null;
    case '$type':
      return isOfType(argument, actual) ? null : `a ${short(argument)}`;
    case '$re':
      return typeof actual === 'string' && regExpOf(argument).test(actual) ? null : `/${short(argument)}/`;
    case '$approx':
      return isAbout(argument, actual) ? null : `about ${short(argument)}`;
    case '$ws':
      return typeof actual === 'string' && wordsOf(actual) === wordsOf(argument)
        ? null
        : `(white space aside) ${short(argument)}`;
    case '$nan':
      return Number.isNaN(actual) ? null : 'NaN';
    case '$lacks':
      return isObject(actual) && isList(argument) && !argument.some((key) => Object.hasOwn(actual, plainText(key)))
        ? null
        : `an object without ${short(argument)}`;
    case '$digest': {
      const wanted = isObject(argument) ? argument['sha256'] : null;
      return digestOf(actual) === wanted ? null : `a value with the digest ${short(argument)}`;
    }
    case '$var':
      return isSaved(argument, actual, variables) ? null : `the earlier value of ${short(argument)}`;
    case '$nevar':
      return isSaved(argument, actual, variables) ? `something else than the earlier ${short(argument)}` : null;
    default:
      throw new Error(`unknown matcher ${name}`);
  }
}

const TYPES: Readonly<Record<string, (value: Json) => boolean>> = {
  str: (value) => typeof value === 'string',
  int: (value) => typeof value === 'bigint',
  number: (value) => typeof value === 'bigint' || typeof value === 'number',
};

function isOfType(name: Json, actual: Json): boolean {
  const check = TYPES[plainText(name)];
  if (check === undefined) throw new Error(`unknown type ${short(name)}`);
  return check(actual);
}

/** As Python's `re.S` has it: a point is any character; `(?i)` in front ignores case. `\w` is ASCII here, which is stricter. */
function regExpOf(source: Json): RegExp {
  if (typeof source !== 'string') throw new Error('$re wants a text');
  const ignoresCase = source.startsWith('(?i)');
  return new RegExp(ignoresCase ? source.slice(4) : source, ignoresCase ? 'si' : 's');
}

/** Python's math.isclose with one tolerance, relative and absolute. */
function isAbout(argument: Json, actual: Json): boolean {
  if (!isList(argument) || argument.length !== 2) throw new Error('$approx wants a value and a tolerance');
  if (typeof actual !== 'bigint' && typeof actual !== 'number') return false;
  const [wanted, tolerance, got] = [Number(argument[0]), Number(argument[1]), Number(actual)];
  return Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(got), Math.abs(wanted));
}

function wordsOf(text: Json): string {
  return plainText(text).trim().split(/\s+/).join(' ');
}

/** SHA-256 of the compact text with sorted keys. */
export function digestOf(value: Json): string {
  return createHash('sha256')
    .update(jsonText(value, { isSorted: true, isCompact: true }))
    .digest('hex');
}

function isSaved(name: Json, actual: Json, variables: Variables): boolean {
  return jsonText(actual) === jsonText(variables[plainText(name)] ?? null);
}

function expected(what: string, actual: Json, place: string): string {
  return `${place}: expected ${what}, got ${short(actual)}`;
}
