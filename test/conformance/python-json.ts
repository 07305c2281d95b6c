// JSON as Python reads and writes it: 1, 1.0 and true are three things, integers keep all their digits, NaN may stand bare. Pure.

/** What a JSON text says. An integer is a bigint, a number with a point or an exponent a number. */
export type Json = null | boolean | string | bigint | number | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
/** TypeScript does not know the text of a value yet. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** A text as long as a string, or one of the words that Python writes and JSON does not know. */
const STRING_OR_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.-])(?:NaN|-?Infinity)(?!\w)/gs;
/** Numbers that no server writes stand for them while JSON.parse reads. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  NaN: '0e31415926',
  Infinity: '1e31415926',
  '-Infinity': '-1e31415926',
};

/** @throws SyntaxError when Python would not read it either */
export function parseJson(text: string): Json {
  const plain = /NaN|Infinity/.test(text)
    ? text.replaceAll(STRING_OR_WORD, (found) => STANDS_FOR[found] ?? found)
    : text;
  return parseWithSource(plain, (_, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    if (source === STANDS_FOR['NaN']) return NaN;
    return /[.eE]/.test(source) ? value : BigInt(source);
  }) as Json;
}

export interface JsonStyle {
  readonly isSorted?: boolean;
  readonly isCompact?: boolean;
}

/** The text that Python's `json.dumps` makes: ASCII only, a space after each comma and colon unless it is compact. */
export function jsonText(value: Json, style: JsonStyle = {}): string {
  const [comma, colon] = style.isCompact ? [',', ':'] : [', ', ': '];
  if (typeof value === 'string') return asciiString(value);
  if (typeof value === 'number') return floatText(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map((one) => jsonText(one, style)).join(comma)}]`;
  const keys = style.isSorted ? Object.keys(value).toSorted(byCodePoints) : Object.keys(value);
  return `{${keys.map((key) => asciiString(key) + colon + jsonText(value[key]!, style)).join(comma)}}`;
}

/** A text as it is, everything else as JSON. */
export function plainText(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function asciiString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function byCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Python's repr of a float: as few digits as tell it from its neighbours, with an exponent below 1e-4 and from 1e16. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16)
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const decimals = Math.max(1, digits.replace(/^-?\d\.?/, '').length - exponent);
  return value.toFixed(decimals);
}
