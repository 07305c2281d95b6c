import { describe, expect, it } from 'vitest';
import type { Json } from '../../src-shared/function.ts';
import { hintsFor, isRejection, isTableCall, rowsBack, rowsSent, wordsOf } from '../../src-shared/tableau-hints.ts';

const script = (data: Json, response: Json, status = 200) =>
  hintsFor({ path: '/evaluate', status, request: { script: 'return 1', data }, response });
const three: Json = { _arg1: [1, 2, 3] };

describe('what Tableau will reject', () => {
  it.each<[string, Json, Json, string]>([
    ['too few values', { _arg1: [1, 2, 3] }, [1, 2], '2 values for 3 rows'],
    ['too many values', three, [1, 2, 3, 4], '4 values for 3 rows'],
    ['no values', three, [], '0 values for 3 rows'],
    ['nothing', three, null, 'returned nothing'],
    ['a list of lists', three, [[1], [2], [3]], 'Row 1 is a list'],
    ['an object in a list', three, [1, { a: 1 }, 3], 'Row 2 is a list or an object'],
    ['a table for a calculated field', three, { a: [1, 2, 3] }, 'The answer is a table'],
    ['numbers and text', three, [1, 'two', 3], 'Row 2 has the type text, but the rows before it have the type number'],
    ['text and true/false', three, [null, 'a', true], 'Row 3 has the type true/false'],
    ['unequal columns', { _arg1: { a: [1, 2] } }, { a: [1, 2], b: [1] }, 'a: 2, b: 1'],
    ['no table for a table extension', { _arg1: { a: [1, 2] } }, [1, 2], 'not a table'],
    ['a table of single values', { _arg1: { a: [1, 2] } }, { a: 1 }, 'not a table'],
  ])('is %s', (_what, data, response, words) => {
    const [hint] = script(data, response);
    expect(isRejection(hint!)).toBe(true);
    expect(wordsOf(hint!)).toContain(words);
  });

  it.each<[string, Json, Json]>([
    ['a value for each row', three, [1, 2, 3]],
    ['one value', three, 5],
    ['a list of one', three, [5]],
    ['nulls among the values', three, [null, 2, null]],
    ['whole numbers and fractions', three, [1, 2.5, 3]],
    ['one value for single arguments', { _arg1: 1, _arg2: 2 }, 3],
    ['a value of a script without data', {}, 'text'],
    ['a table for a table extension', { _arg1: { a: [1, 2] } }, { a: [1], b: [2] }],
  ])('is not %s', (_what, data, response) => {
    expect(script(data, response)).toEqual([]);
  });

  it('is not told of an answer that is an error anyway, or is not kept', () => {
    expect(script(three, { message: 'm', info: 'i' }, 500)).toEqual([]);
    expect(hintsFor({ path: '/evaluate', status: 200, request: undefined, response: undefined })).toEqual([]);
  });

  it('is looked for in what a function answered', () => {
    const request: Json = { data: { x: [1, 2] } };
    const response: Json = { response: [1], model: 'add', version: 1, uuid: 'u' };
    expect(hintsFor({ path: '/query/add', status: 200, request, response })).toEqual([]);
    const wrong = { ...response, response: [1, 2, 3] };
    expect(hintsFor({ path: '/query/add', status: 200, request, response: wrong })).toMatchObject([
      { kind: 'wrong-length', rowsSent: 2, rowsBack: 3 },
    ]);
  });
});

describe('an argument that is null in every row', () => {
  it('is told, with the cure', () => {
    const [hint] = script({ _arg1: [1, 2], _arg2: [null, null] }, [1, 2]);
    expect(hint).toEqual({ kind: 'null-argument', name: '_arg2' });
    expect(isRejection(hint!)).toBe(false);
    expect(wordsOf(hint!)).toContain('ATTR');
  });

  it('is not one with a single value, or without rows', () => {
    expect(script({ _arg1: [null, 1], _arg2: [] }, [1, 2])).toEqual([]);
  });
});

it('rows are counted as Tableau counts them', () => {
  expect(rowsSent({ data: { _arg1: [1, 2], _arg2: 5 } })).toBe(2);
  expect(rowsSent({ data: { _arg1: 5 } })).toBe(1);
  expect(rowsSent({ data: [[1, 2, 3], [1]] })).toBe(3);
  expect(rowsSent({ data: { _arg1: { a: [1, 2, 3, 4] } } })).toBe(4);
  expect(rowsSent({ data: {} })).toBe(0);
  expect(rowsSent(undefined)).toBeNull();
  expect(isTableCall({ data: { _arg1: { a: [1] } } })).toBe(true);
  expect(rowsBack({ path: '/evaluate', response: { a: [1, 2], b: [1] } })).toBe(2);
  expect(rowsBack({ path: '/query/f', response: { response: [1, 2, 3] } })).toBe(3);
});
