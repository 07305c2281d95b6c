// Rows of the list of functions: found by a search, with figures, sorted by a column. Pure.

import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { FunctionFigures } from '../../../src-shared/function-detail.ts';

export const FUNCTION_COLUMNS = ['name', 'status', 'version', 'calls', 'p95', 'public', 'modified'] as const;
export type FunctionColumn = (typeof FUNCTION_COLUMNS)[number];

export interface FunctionRow {
  readonly endpoint: DeployedFunction;
  /** Null: not called since the server started. */
  readonly figures: FunctionFigures | null;
}

export function functionRows(
  functions: readonly DeployedFunction[],
  figures: Readonly<Record<string, FunctionFigures>>,
): readonly FunctionRow[] {
  return functions.map((endpoint) => ({ endpoint, figures: figures[endpoint.name] ?? null }));
}

/** The functions that have every word of the search in their name or description, sorted by name. */
export function foundFunctions(functions: readonly DeployedFunction[], search: string): readonly DeployedFunction[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return functions
    .filter(({ name, description }) => {
      const text = `${name} ${description}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Sorted by a column, and by name where the column is equal. */
export function sortedRows(
  rows: readonly FunctionRow[],
  column: FunctionColumn,
  isDescending: boolean,
): readonly FunctionRow[] {
  const turn = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [left, right] = [keyOf(one, column), keyOf(other, column)];
    const order =
      typeof left === 'string' && typeof right === 'string' ? left.localeCompare(right) : Number(left) - Number(right);
    return turn * order || one.endpoint.name.localeCompare(other.endpoint.name);
  });
}

function keyOf({ endpoint, figures }: FunctionRow, column: FunctionColumn): string | number {
  switch (column) {
    case 'name':
      return endpoint.name;
    case 'status':
      return endpoint.status;
    case 'version':
      return endpoint.version;
    case 'calls':
      return figures?.calls ?? 0;
    case 'p95':
      return figures?.p95Ms ?? 0;
    case 'public':
      return endpoint.isPublic ? 1 : 0;
    case 'modified':
      return endpoint.lastModifiedTime;
  }
}
