// Outcome of a test: the result as columns, and what Tableau would say about it. Pure.

import type { Json } from '../../src-shared/function.ts';
import { hintsFor, isRejection, wordsOf } from '../../src-shared/tableau-hints.ts';
import { columnsOf } from '../store/inspection.ts';
import type { Column, ShownHint } from '../store/inspection.ts';

export interface Outcome {
  /** Null: not a table but a single value, which is shown as `text`. */
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
    // Python writes NaN, which is not JSON. The text is then shown unchanged.
    return undefined;
  }
}
