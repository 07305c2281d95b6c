// Puts values in the place of `{{name}}` in the texts of a case. Pure.

import { isList, isObject, plainText } from './python-json.ts';
import type { Json } from './python-json.ts';

export type Names = Readonly<Record<string, Json>>;

/** The same value with every name that is known replaced, in texts at any depth; keys stay as they are. */
export function filled<T>(value: T, names: Names): T;
export function filled(value: Json, names: Names): Json {
  if (typeof value === 'string')
    return value.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      Object.hasOwn(names, name) ? plainText(names[name]!) : whole,
    );
  if (isList(value)) return value.map((one) => filled(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, names)]));
}

/** `{"$int": "3"}` is 3: so a name in an expectation can be a number. */
export function withNumbers<T>(value: T): T;
export function withNumbers(value: Json): Json {
  if (isList(value)) return value.map((one) => withNumbers(one));
  if (!isObject(value)) return value;
  const { $int: digits, ...others } = value;
  if (typeof digits === 'string' && Object.keys(others).length === 0) return BigInt(digits);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNumbers(one)]));
}
