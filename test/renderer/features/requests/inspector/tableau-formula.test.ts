import { describe, expect, it } from 'vitest';
import { tableauFormula } from '../../../../../src-renderer/features/requests/inspector/repair/tableau-formula.ts';

const column = (...values: (string | number | boolean | null)[]) => [{ name: 'result', values }];

describe('the formula for Tableau', () => {
  it('doubles quotes, and asks for each field as its data needs it', () => {
    const data = { _arg2: ['a', null], _arg1: [1.5, 2], _arg3: [true, false], _arg10: 5 };
    expect(tableauFormula('return "x" + \'y\'', data, column('b'))).toEqual({
      text: 'SCRIPT_STR("return ""x"" + \'y\'", SUM([Field 1]), ATTR([Field 2]), ATTR([Field 3]), SUM([Field 4]))',
      short: 'SCRIPT_STR("…", SUM([Field 1]), ATTR([Field 2]), ATTR([Field 3]), SUM([Field 4]))',
    });
  });

  it.each([
    [column(1, 2, null), 'SCRIPT_INT'],
    [column(1, 2.5), 'SCRIPT_REAL'],
    [column(true, null), 'SCRIPT_BOOL'],
    [column('2026-11-27', null), 'SCRIPT_STR'],
    [column(null), 'SCRIPT_REAL'],
    [[], 'SCRIPT_REAL'],
  ])('has the type of the result %j', (result, name) => {
    expect(tableauFormula('return 1', { _arg1: [1] }, result)!.short).toBe(`${name}("…", SUM([Field 1]))`);
  });

  it('is none for a table extension or Prep, which take the script itself', () => {
    expect(tableauFormula('return _arg1', { _arg1: { a: [1] } }, [])).toBeNull();
    expect(tableauFormula('return 1', undefined, [])).toBeNull();
  });

  it('takes whole numbers for real ones where only the first rows are known', () => {
    const result = [{ name: 'result', values: [1, 2] }];
    expect(tableauFormula('return 1', { _arg1: [1] }, result, true)!.short).toContain('SCRIPT_REAL');
    expect(tableauFormula('return 1', { _arg1: [1] }, result, false)!.short).toContain('SCRIPT_INT');
  });
});
