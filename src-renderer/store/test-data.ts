// Data of a test as the user writes it: one text for each parameter, or one for all. Pure.

import type { Json } from '../../src-shared/function.ts';

export interface TestData {
  /** For each parameter: JSON, or values separated by commas. */
  readonly fields: Readonly<Record<string, string>>;
  /** For functions with unknown parameters: a JSON object with a value for each. */
  readonly whole: string;
}

export const NO_DATA: TestData = { fields: {}, whole: '{}' };

export interface AskedParameter {
  readonly name: string;
  readonly isRequired: boolean;
}

export type DataFault = 'isInvalid' | 'isNoObject' | 'isMissing';

export type ReadData =
  /** `text` is JSON, `value` the same. */
  | { readonly kind: 'data'; readonly text: string; readonly value: Json }
  /** For each parameter; '' stands for the single field. */
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, DataFault>> };

/** The data that is sent. Optional parameters without a text are left out. */
export function readData(data: TestData, parameters: readonly AskedParameter[] | null): ReadData {
  if (parameters === null) {
    const value = jsonIn(data.whole);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isObject) return { kind: 'data', text: JSON.stringify(value), value };
    return { kind: 'faults', faults: { '': value === undefined ? 'isInvalid' : 'isNoObject' } };
  }
  const values: [string, Json][] = [];
  const faults: [string, DataFault][] = [];
  for (const { name, isRequired } of parameters) {
    const text = (data.fields[name] ?? '').trim();
    if (text === '' && !isRequired) continue;
    const value = text === '' ? undefined : valueIn(text);
    if (value === undefined) faults.push([name, text === '' ? 'isMissing' : 'isInvalid']);
    else values.push([name, value]);
  }
  if (faults.length > 0) return { kind: 'faults', faults: Object.fromEntries(faults) };
  const value = Object.fromEntries(values);
  return { kind: 'data', text: JSON.stringify(value), value };
}

/** The data of a sample or a request as texts. Null when it is not an object. */
export function writtenData(value: Json | undefined): TestData | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return {
    fields: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spaced(one)])),
    whole: JSON.stringify(value, null, 2),
  };
}

/** The same for data as JSON. */
export function writtenText(text: string): TestData | null {
  return writtenData(jsonIn(text));
}

/** The same data under other names, in the order of both. */
export function renamedData(data: TestData, names: Readonly<Record<string, string>>): TestData {
  const fields = Object.entries(data.fields).map(([name, text]) => [names[name] ?? name, text] as const);
  return {
    fields: Object.fromEntries(fields),
    whole: `{${fields.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')}}`,
  };
}

/** JSON in one line, with a space after each comma of a list. */
function spaced(value: Json): string {
  return Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : JSON.stringify(value);
}

/** JSON, or the values of a list without its brackets; undefined when it is neither. */
function valueIn(text: string): Json | undefined {
  return jsonIn(text) ?? (text === 'null' ? null : jsonIn(`[${text}]`));
}

function jsonIn(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
