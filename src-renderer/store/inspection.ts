// Content of a request for people: its script, columns, result, and what Tableau says about them. Pure.

import type { Json } from '../../src-shared/function.ts';
import type { KeptBody, RequestDetail, RequestRecord } from '../../src-shared/request-record.ts';
import { wordsOfNullArgument, wordsOfRejection } from '../../src-shared/verdict.ts';
import type { CallFacts } from '../../src-shared/verdict.ts';

/** A column of a table. A single value is a column with one value. */
export interface Column {
  readonly name: string;
  readonly values: readonly Json[];
}

export interface ColumnFigures {
  readonly nulls: number;
  /** The least and the largest number, or the first and the last text; null when values cannot be compared. */
  readonly least: string | null;
  readonly most: string | null;
  readonly distinct: number;
}

export interface ShownHint {
  readonly tone: 'error' | 'warn';
  readonly text: string;
}

export interface Inspection {
  /** Null: the request has no script, or it is not kept. */
  readonly script: string | null;
  readonly data: readonly Column[];
  readonly result: readonly Column[];
  /** How many rows there were of which only the first are kept; null when all are kept. */
  readonly allData: number | null;
  readonly allResult: number | null;
}

export function inspectionOf({ record, request, response }: RequestDetail): Inspection {
  const [sent, got] = [jsonOf(request), jsonOf(response)];
  const script = isObject(sent) && typeof sent['script'] === 'string' ? sent['script'] : null;
  // The result of a function is wrapped.
  const result = record.path.startsWith('/query/') && isObject(got) ? got['response'] : got;
  return {
    script,
    data: columnsOf(isObject(sent) ? sent['data'] : undefined),
    result: record.status === 200 ? columnsOf(result, 'result') : [],
    allData: request.kind === 'head' ? record.rowsSent : null,
    allResult: response.kind === 'head' ? record.rowsBack : null,
  };
}

/** What Tableau makes of a request although Python answered: why it rejects the result, and what is odd. */
export function hintsOf(record: RequestRecord): readonly ShownHint[] {
  return hintsOfCall(record.verdict === 'rejected' ? record : { ...record, rejection: null });
}

/** The same of a call that is no request, such as a trial. */
export function hintsOfCall({ rejection, nullArguments }: CallFacts): readonly ShownHint[] {
  const rejected = rejection === null ? [] : [wordsOfRejection(rejection)];
  return [
    ...rejected.map((text): ShownHint => ({ tone: 'error', text })),
    ...nullArguments.map((name): ShownHint => ({ tone: 'warn', text: wordsOfNullArgument(name) })),
  ];
}

/** The data of a request; undefined when its body cannot be read. */
export function bodyData(request: KeptBody): Json | undefined {
  const body = jsonOf(request);
  return isObject(body) ? body['data'] : undefined;
}

/** The arguments of a script in the order of their numbers: `_arg2` before `_arg10`. */
export function orderedArguments(data: Extract<Json, object>): readonly (readonly [string, Json])[] {
  return Object.entries(data).toSorted(([one], [other]) => numberIn(one) - numberIn(other));
}

function numberIn(argument: string): number {
  return Number(/\d+$/.exec(argument)?.[0] ?? 0);
}

/**
 * Arguments, table columns or a result as columns. Each list of an object is a column; when the only argument is a
 * table, its columns are; a list is one column; a single value is a column with one value.
 */
export function columnsOf(value: Json | undefined, name = 'value'): readonly Column[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return [{ name, values: value }];
  if (!isObject(value)) return [{ name, values: [value] }];
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && isObject(only?.[1])) return columnsOf(only[1]);
  return entries.map(([key, one]) => ({ name: key, values: Array.isArray(one) ? one : [one] }));
}

export function figuresOf({ values }: Column): ColumnFigures {
  const present = values.filter((value) => value !== null);
  const numbers = present.filter((value) => typeof value === 'number');
  const texts = present.filter((value) => typeof value === 'string');
  const isNumeric = numbers.length === present.length && numbers.length > 0;
  const isText = texts.length === present.length && texts.length > 0;
  const [least, most] = isNumeric ? extremes(numbers) : isText ? extremes(texts) : [null, null];
  return {
    nulls: values.length - present.length,
    least: least === null ? null : cellText(least),
    most: most === null ? null : cellText(most),
    distinct: new Set(present.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value))).size,
  };
}

/** Not Math.min(...values): two hundred thousand arguments are too many. */
function extremes<Value extends number | string>(values: readonly Value[]): readonly [Value, Value] {
  let least: Value = values[0]!;
  let most: Value = least;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** A value in a grid, in one line. */
export function cellText(value: Json | undefined): string {
  if (value === undefined) return '';
  if (value === null) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOf(body: KeptBody): Json | undefined {
  if ((body.kind !== 'kept' && body.kind !== 'head') || body.text === '') return undefined;
  try {
    return JSON.parse(body.text) as Json;
  } catch {
    // Python reads NaN and lone surrogates, which are not JSON. The screen then shows the text unchanged.
    return undefined;
  }
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
