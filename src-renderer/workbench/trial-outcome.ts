// Outcome of a run: the result as columns, those of numbers for a chart, and what Tableau would say about it. Pure.

import type { Json } from '../../src-shared/function.ts';
import type { CallFacts } from '../../src-shared/verdict.ts';
import { columnsOf, figuresOf, hintsOfCall } from '../store/inspection.ts';
import type { Column, ShownHint } from '../store/inspection.ts';

export interface Outcome {
  /** Null: not a table but a single value, which is shown as `text`. */
  readonly columns: readonly Column[] | null;
  /** The columns that can be drawn: two numbers or more, and else only nulls. */
  readonly numbers: readonly NumberColumn[];
  readonly text: string;
  readonly hints: readonly ShownHint[];
}

export interface NumberColumn {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The ends of its values, as text. */
  readonly least: string;
  readonly most: string;
  readonly gaps: number;
}

/** More charts than these nobody compares. */
const MOST_CHARTS = 6;

export function outcomeOf(result: string, call: CallFacts): Outcome {
  const value = parsed(result);
  const isTable = typeof value === 'object' && value !== null;
  const columns = isTable ? columnsOf(value, 'result') : null;
  return {
    columns,
    numbers: columns?.flatMap(numbersIn).slice(0, MOST_CHARTS) ?? [],
    text: result,
    hints: hintsOfCall(call),
  };
}

function numbersIn(column: Column): readonly NumberColumn[] {
  const { name, values } = column;
  const isNumbers = values.every((value) => value === null || typeof value === 'number');
  const { least, most, nulls } = figuresOf(column);
  if (!isNumbers || least === null || most === null || values.length - nulls < 2) return [];
  return [{ name, values, least, most, gaps: nulls }];
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Python writes NaN, which is not JSON. The text is then shown unchanged.
    return undefined;
  }
}
