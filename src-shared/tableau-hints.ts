// What Tableau will make of a request and its answer, and what the analyst can do about it. Pure; knows only the two
// bodies.

import type { Json } from './function.ts';
import { wordsOfNullArgument, wordsOfRejection } from './verdict.ts';
import type { Rejection } from './verdict.ts';

/** A hint about one request: why Tableau rejects it, or what is odd although Tableau accepts it. */
export type Hint = Rejection | { readonly kind: 'null-argument'; readonly name: string };

export interface Exchange {
  readonly path: string;
  readonly status: number;
  /** The parsed bodies; undefined where a body is not kept or not JSON. */
  readonly request: Json | undefined;
  readonly response: Json | undefined;
}

type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A table extension or a Prep step sends one argument that holds columns. */
export function isTableCall(request: Json | undefined): boolean {
  const data = isObject(request) ? request['data'] : undefined;
  if (!isObject(data)) return false;
  const values = Object.values(data);
  return values.length === 1 && isObject(values[0]);
}

/** Number of rows that were sent: the longest list among the arguments; 1 when all are single values. */
export function rowsSent(request: Json | undefined): number | null {
  const data = isObject(request) ? request['data'] : undefined;
  if (data === undefined || data === null) return null;
  const table = isTableCall(request) ? Object.values(data)[0] : data;
  const columns = Array.isArray(table) ? table : Object.values(table as JsonObject);
  const lengths = columns.filter((one): one is readonly Json[] => Array.isArray(one)).map((one) => one.length);
  return lengths.length > 0 ? Math.max(...lengths) : columns.length > 0 ? 1 : 0;
}

/** The returned value, without the wrapping of /query. */
export function resultOf({ path, response }: Pick<Exchange, 'path' | 'response'>): Json | undefined {
  return path.startsWith('/query/') && isObject(response) ? response['response'] : response;
}

/** Number of rows that came back; null when it is neither a list nor a table. */
export function rowsBack(exchange: Pick<Exchange, 'path' | 'response'>): number | null {
  const result = resultOf(exchange);
  if (Array.isArray(result)) return result.length;
  if (!isObject(result)) return result === undefined ? null : 1;
  const lengths = Object.values(result).map((one) => (Array.isArray(one) ? one.length : 1));
  return lengths.length > 0 ? Math.max(...lengths) : 0;
}

export function hintsFor(exchange: Exchange): readonly Hint[] {
  const { request, status } = exchange;
  const result = resultOf(exchange);
  const hints: Hint[] = [];
  if (status === 200 && result !== undefined) {
    const rejection = isTableCall(request) ? tableRejection(result) : columnRejection(result, rowsSent(request));
    if (rejection) hints.push(rejection);
  }
  return [...hints, ...nullArguments(request)];
}

/** Whether Tableau shows an error although the server answered. */
export function isRejection(hint: Hint): boolean {
  return hint.kind !== 'null-argument';
}

function tableRejection(result: Json): Hint | null {
  if (!isObject(result)) return { kind: 'no-columns' };
  const lengths = Object.fromEntries(
    Object.entries(result).map(([name, column]) => [name, Array.isArray(column) ? column.length : -1]),
  );
  const distinct = new Set(Object.values(lengths));
  if (distinct.has(-1)) return { kind: 'no-columns' };
  return distinct.size > 1 ? { kind: 'unequal-columns', lengths } : null;
}

function columnRejection(result: Json, sent: number | null): Hint | null {
  if (result === null) return { kind: 'no-result' };
  if (isObject(result)) return { kind: 'object' };
  if (!Array.isArray(result)) return null;
  const nested = result.findIndex((value) => typeof value === 'object' && value !== null);
  if (nested >= 0) return { kind: 'nested', row: nested + 1 };
  if (sent !== null && result.length !== 1 && result.length !== sent) {
    return { kind: 'wrong-length', rowsSent: sent, rowsBack: result.length };
  }
  const first = typeOf(result.find((value: Json) => value !== null));
  const odd = result.findIndex((value) => value !== null && typeOf(value) !== first);
  return odd >= 0 && first !== null
    ? { kind: 'mixed-types', types: [first, typeOf(result[odd]) ?? ''], row: odd + 1 }
    : null;
}

/** Whole numbers and fractions are one type: Tableau accepts both as a real. */
function typeOf(value: Json | undefined): string | null {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'true/false';
    default:
      return null;
  }
}

function nullArguments(request: Json | undefined): readonly Hint[] {
  const data = isObject(request) ? request['data'] : undefined;
  if (!isObject(data)) return [];
  return Object.entries(data)
    .filter(
      ([, value]) => value === null || (Array.isArray(value) && value.length > 0 && value.every((one) => one === null)),
    )
    .map(([name]) => ({ kind: 'null-argument', name }));
}

/** What happened and what to do, in a sentence or two. */
export function wordsOf(hint: Hint): string {
  return hint.kind === 'null-argument' ? wordsOfNullArgument(hint.name) : wordsOfRejection(hint);
}
