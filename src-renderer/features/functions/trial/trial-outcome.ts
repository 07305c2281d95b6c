// What came of a trial, read for people: the result as columns, and what Tableau would make of it. Pure.

import type { Json } from '../../../../src-shared/function.ts';
import { hintsFor, isRejection, wordsOf } from '../../../../src-shared/tableau-hints.ts';
import { columnsOf } from '../../../store/inspection.ts';
import type { Column, ShownHint } from '../../../store/inspection.ts';

export interface Outcome {
  /** Null: a single value or what is no table, which is shown as `text`. */
  readonly columns: readonly Column[] | null;
  readonly text: string;
  readonly hints: readonly ShownHint[];
}

export function outcomeOf(result: string, data: string): Outcome {
  const value = parsed(result);
  const exchange = {
    path: '/query/',
    status: 200,
    request: { data: parsed(data) ?? null },
    response: value === undefined ? undefined : { response: value },
  };
  const isTable = typeof value === 'object' && value !== null;
  return {
    columns: isTable ? columnsOf(value, 'result') : null,
    text: result,
    hints: hintsFor(exchange).map((hint) => ({ tone: isRejection(hint) ? 'error' : 'warn', text: wordsOf(hint) })),
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Python writes NaN, which is no JSON; the text is then shown as it is.
    return undefined;
  }
}
