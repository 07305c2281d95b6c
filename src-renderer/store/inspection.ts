// Content of a request for people: its script, columns, result, and what Tableau says about them. Pure.

import type { Json } from '../../src-shared/function.ts';
import type { KeptBody, RequestDetail } from '../../src-shared/request-record.ts';
import { hintsFor, isRejection, resultOf, rowsBack, rowsSent, wordsOf } from '../../src-shared/tableau-hints.ts';

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
  readonly rowsSent: number | null;
  readonly rowsBack: number | null;
  readonly hints: readonly ShownHint[];
}

export function inspectionOf({ record, request, response }: RequestDetail): Inspection {
  const [sent, got] = [jsonOf(request), jsonOf(response)];
  const exchange = { path: record.path, status: record.status, request: sent, response: got };
  const script = isObject(sent) && typeof sent['script'] === 'string' ? sent['script'] : null;
  return {
    script,
    data: columnsOf(isObject(sent) ? sent['data'] : undefined),
    result: record.status === 200 ? columnsOf(resultOf(exchange), 'result') : [],
    rowsSent: rowsSent(sent),
    rowsBack: record.status === 200 ? rowsBack(exchange) : null,
    hints: hintsFor(exchange).map((hint) => ({ tone: isRejection(hint) ? 'error' : 'warn', text: wordsOf(hint) })),
  };
}

/** The data of a request; undefined when its body cannot be read. */
export function bodyData(request: KeptBody): Json | undefined {
  const body = jsonOf(request);
  return isObject(body) ? body['data'] : undefined;
}

/** The request with another script; null when its body cannot be read. */
export function bodyWithScript(request: KeptBody, script: string): string | null {
  const body = jsonOf(request);
  return isObject(body) ? JSON.stringify({ ...body, script }) : null;
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
  if (body.kind !== 'kept' || body.text === '') return undefined;
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
