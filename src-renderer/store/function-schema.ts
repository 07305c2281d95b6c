// Schema of a deployed function: its parameters, its sample, and its text. Pure; a schema can be anything that was
// sent.

import type { Json } from '../../src-shared/function.ts';
import { pythonLiteral } from './python-literal.ts';

/** A schema as JSON: TabPy's client sends the text of a Python dict. Null when there is none or it cannot be read. */
export function schemaValue(schema: Json): Json {
  return typeof schema === 'string' ? pythonLiteral(schema) : schema;
}

/** The names of the parameters in order (`input.properties`); null when the schema has none. */
export function parametersOf(schema: Json): readonly string[] | null {
  const properties = partOf(partOf(schemaValue(schema), 'input'), 'properties');
  return isRecord(properties) && Object.keys(properties).length > 0 ? Object.keys(properties) : null;
}

/** The sample that TabPy's `generate_schema` keeps in a schema; undefined when there is none. */
export function sampleIn(schema: Json): Json | undefined {
  return partOf(schemaValue(schema), 'sample') ?? undefined;
}

/** Text of a schema: indented when it can be read, else unchanged; null when there is none. */
export function schemaText(schema: Json): string | null {
  const value = schemaValue(schema);
  if (isRecord(value)) return Object.keys(value).length === 0 ? null : JSON.stringify(value, null, 2);
  return typeof schema === 'string' && schema !== '' ? schema : null;
}

function partOf(value: Json, name: string): Json {
  return isRecord(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
