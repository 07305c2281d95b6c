// Whether a result is the one that an example expects, and what is said where it is not.

import { NO_CALL } from '../../src-shared/verdict.ts';
import { describe, expect, it } from 'vitest';
import { differencesOf, outcomeOfExample } from '../../src-shared/example-outcome.ts';
import type { TestRun } from '../../src-shared/function-detail.ts';

const answered = (result: string): TestRun => ({
  kind: 'answered',
  call: NO_CALL,
  result,
  elapsedMs: 3,
  prints: '',
  pictures: [],
});

describe('an example', () => {
  it('without an expected result passes when the function runs, and fails with its error', () => {
    const example = { name: 'a', data: '{}', expected: null };
    expect(outcomeOfExample(example, answered('anything'))).toEqual({ kind: 'passed', elapsedMs: 3 });
    const error = { type: 'ValueError', text: 'no', line: 4, traceback: null };
    expect(outcomeOfExample(example, { kind: 'failed', error, elapsedMs: 1, prints: '', pictures: [] })).toEqual({
      kind: 'failed',
      elapsedMs: 1,
      lines: ['ValueError: no (line 4)'],
    });
  });
});

describe('two results', () => {
  it.each([
    ['[1, 2.5, "a", null, true]', '[1.0,2.5,"a",null,true]'],
    ['[0.3]', '[0.30000000000000004]'],
    ['[0]', '[1e-13]'],
    ['[1000000000]', '[1000000000.5]'],
    ['[NaN, -Infinity]', '[NaN, -Infinity]'],
    ['{"a": [1], "b": 2}', '{"b": 2, "a": [1]}'],
    ['"says \\"NaN\\""', '"says \\"NaN\\""'],
  ])('%s and %s are equal', (expected, got) => {
    expect(differencesOf(expected, got)).toEqual([]);
  });

  it.each([
    ['0.5', '0.25', ['expected 0.5, got 0.25']],
    ['[1, 2, 3]', '[1, 5, 3]', ['row 2: expected 2, got 5']],
    ['[1000000000]', '[1000000002]', ['row 1: expected 1000000000, got 1000000002']],
    ['[1, 2]', '[1]', ['expected 2 values, got 1 value']],
    ['[1]', '["1"]', ['row 1: expected 1, got "1"']],
    ['[null]', '[NaN]', ['row 1: expected null, got NaN']],
    ['[1]', '[true]', ['row 1: expected 1, got true']],
    [
      '{"a": [1, 2], "b": 1}',
      '{"a": [1, 3], "c": 1}',
      ["'a', row 2: expected 2, got 3", "'b' is missing", "'c' is not expected"],
    ],
    ['[[1, 2]]', '[[1, 4]]', ['row 1, row 2: expected 2, got 4']],
    ['{"__proto__": 1}', '{}', ["'__proto__' is missing"]],
    ['1', '1 … and 9 characters more', ['The result is too long to be compared.']],
  ])('%s and %s differ', (expected, got, lines) => {
    expect(differencesOf(expected, got)).toEqual(lines);
  });

  it('that differ in many places are told by the first few', () => {
    const lines = differencesOf(JSON.stringify(Array(10).fill(0)), JSON.stringify(Array(10).fill(1)));
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('… and 5 more');
  });

  it('nested as deep as a result can be end with words', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(differencesOf(deep, deep)).toEqual([expect.stringContaining('nested too deep to be compared')]);
  });
});
