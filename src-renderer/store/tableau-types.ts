// Types of Tableau's formulas by the values that were sent or came back. Pure.

import type { Json } from '../../src-shared/function.ts';

export const RESULT_TYPES = ['REAL', 'INT', 'STR', 'BOOL'] as const;
export type ResultType = (typeof RESULT_TYPES)[number];

/** The type of a column: REAL where nothing or different types are in it. Dates are text (wire contract). */
export function resultTypeOf(values: readonly Json[]): ResultType {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return 'REAL';
  if (present.every((value) => typeof value === 'boolean')) return 'BOOL';
  if (present.every((value) => typeof value === 'string')) return 'STR';
  return present.every((value) => Number.isInteger(value)) ? 'INT' : 'REAL';
}

/** A field in a formula: numbers are added up, everything else is one value for each mark. */
export function aggregated(field: string, values: readonly Json[]): string {
  const type = resultTypeOf(values);
  return type === 'STR' || type === 'BOOL' ? `ATTR([${field}])` : `SUM([${field}])`;
}
