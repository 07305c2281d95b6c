// What a trial answered, as it is shown.

import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src-renderer/workbench/trial-outcome.ts';

describe('the outcome of a trial', () => {
  it('is a column for a list, columns for a table, text for a single value', () => {
    expect(outcomeOf('[1, 2]', '{"x": [1, 2]}')).toMatchObject({ columns: [{ name: 'result', values: [1, 2] }] });
    expect(outcomeOf('{"a": [1], "b": [2]}', '{"t": {"a": [1]}}').columns).toHaveLength(2);
    expect(outcomeOf('0.05', '{"x": [1, 2]}')).toEqual({ columns: null, numbers: [], text: '0.05', hints: [] });
  });

  it('can be drawn where a column has two numbers or more, and nothing else but nulls', () => {
    expect(outcomeOf('[1, null, 2.5]', '{}').numbers).toEqual([
      { name: 'result', values: [1, null, 2.5], least: '1', most: '2.5', gaps: 1 },
    ]);
    const table = '{"a": [1, 2], "b": ["x", "y"], "c": [null, null], "d": [true, false], "e": [1, null]}';
    expect(outcomeOf(table, '{}').numbers.map(({ name }) => name)).toEqual(['a']);
  });

  it('says what Tableau would reject, and what it would take', () => {
    const [hint] = outcomeOf('[1]'.replace('1', '1, 2, 3'), '{"x": [1, 2]}').hints;
    expect(hint).toMatchObject({ tone: 'error', text: expect.stringContaining('3 values for 2 rows') });
    expect(outcomeOf('null', '{"x": [1]}').hints[0]?.tone).toBe('error');
    expect(outcomeOf('[1, 2]', '{"x": [1, 2]}').hints).toEqual([]);
  });

  it('is shown as it came when it is no JSON', () => {
    expect(outcomeOf('[NaN]', '{}')).toMatchObject({ columns: null, text: '[NaN]' });
  });
});
