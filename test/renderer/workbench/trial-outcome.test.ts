// What a trial answered, as it is shown.

import { describe, expect, it } from 'vitest';
import { NO_CALL } from '../../../src-shared/verdict.ts';
import { outcomeOf } from '../../../src-renderer/workbench/trial-outcome.ts';

describe('the outcome of a trial', () => {
  it('is a column for a list, columns for a table, text for a single value', () => {
    expect(outcomeOf('[1, 2]', NO_CALL)).toMatchObject({ columns: [{ name: 'result', values: [1, 2] }] });
    expect(outcomeOf('{"a": [1], "b": [2]}', NO_CALL).columns).toHaveLength(2);
    expect(outcomeOf('0.05', NO_CALL)).toEqual({ columns: null, numbers: [], text: '0.05', hints: [] });
  });

  it('can be drawn where a column has two numbers or more, and nothing else but nulls', () => {
    expect(outcomeOf('[1, null, 2.5]', NO_CALL).numbers).toEqual([
      { name: 'result', values: [1, null, 2.5], least: '1', most: '2.5', gaps: 1 },
    ]);
    const table = '{"a": [1, 2], "b": ["x", "y"], "c": [null, null], "d": [true, false], "e": [1, null]}';
    expect(outcomeOf(table, NO_CALL).numbers.map(({ name }) => name)).toEqual(['a']);
  });

  it('says what Tableau would reject, and what is odd', () => {
    const rejection = { kind: 'wrong-length', rowsSent: 2, rowsBack: 3 } as const;
    const { hints } = outcomeOf('[1, 2, 3]', { ...NO_CALL, rejection, nullArguments: ['x'] });
    expect(hints.map(({ tone }) => tone)).toEqual(['error', 'warn']);
    expect(hints[0]!.text).toContain('3 values for 2 rows');
  });

  it('is shown as it came when it is no JSON', () => {
    expect(outcomeOf('[NaN]', NO_CALL)).toMatchObject({ columns: null, text: '[NaN]' });
  });
});
