// Data of a trial, as they are written by hand.

import { describe, expect, it } from 'vitest';
import { readData, renamedData, writtenData } from '../../../src-renderer/store/test-data.ts';

const x = { name: 'x', isRequired: true };
const season = { name: 'season', isRequired: false };
const read = (fields: Readonly<Record<string, string>>) => readData({ fields, whole: '' }, [x, season]);

describe('data of a trial', () => {
  it.each([
    ['[1, 2]', [1, 2]],
    ['1, 2, null', [1, 2, null]],
    ['"a", "b"', ['a', 'b']],
    ['3', 3],
    ['null', null],
    ['"text"', 'text'],
    ['[]', []],
    ['{"a": [1]}', { a: [1] }],
  ])('are JSON, or values with commas: %s', (text, value) => {
    expect(read({ x: text })).toEqual({ kind: 'data', text: JSON.stringify({ x: value }), value: { x: value } });
  });

  it('leave out what may be left out, and miss what may not', () => {
    expect(read({ x: '1', season: ' ' })).toMatchObject({ value: { x: 1 } });
    expect(read({ season: '12' })).toEqual({ kind: 'faults', faults: { x: 'isMissing' } });
  });

  it('say which of them are no JSON', () => {
    expect(read({ x: 'nope', season: '[1' })).toEqual({
      kind: 'faults',
      faults: { x: 'isInvalid', season: 'isInvalid' },
    });
  });

  it('are an object as a whole where no parameter is known', () => {
    const whole = (text: string) => readData({ fields: {}, whole: text }, null);
    expect(whole('{"x": [1]}')).toMatchObject({ kind: 'data', text: '{"x":[1]}' });
    expect(whole('[1]')).toEqual({ kind: 'faults', faults: { '': 'isNoObject' } });
    expect(whole('{')).toEqual({ kind: 'faults', faults: { '': 'isInvalid' } });
  });

  it('of a request are written as they would be by hand, under other names when they get some', () => {
    const data = writtenData({ _arg1: [1, null], _arg2: 'a' })!;
    expect(data.fields).toEqual({ _arg1: '[1, null]', _arg2: '"a"' });
    const renamed = renamedData(data, { _arg1: 'sales', _arg2: 'region' });
    expect(renamed.fields).toEqual({ sales: '[1, null]', region: '"a"' });
    expect(JSON.parse(renamed.whole)).toEqual({ sales: [1, null], region: 'a' });
    expect(writtenData([1])).toBeNull();
    expect(writtenData(undefined)).toBeNull();
  });
});
