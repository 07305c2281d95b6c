import { describe, expect, it } from 'vitest';
import { jsonText, parseJson } from './python-json.ts';
import type { Json } from './python-json.ts';

describe('JSON as Python reads it', () => {
  it.each<[string, Json]>([
    ['1', 1n],
    ['1.0', 1],
    ['1e0', 1],
    ['true', true],
    ['-18446744073709551616', -18446744073709551616n],
    ['["NaN", "a \\" Infinity", NaN, Infinity, -Infinity]', ['NaN', 'a " Infinity', NaN, Infinity, -Infinity]],
    ['{"a": {"b": [null, 2.5]}, "__proto__": 1}', parseJson('{"a": {"b": [null, 2.5]}, "__proto__": 1}')],
  ])('%s is read with its kind', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each(['', '{', 'nan', '{"a": NaN2}', '[1NaN]', '[-NaN]', '[1.NaN]', "{'a': 1}", '[1,]', '"\n"'])(
    '%j is refused',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );
});

describe('JSON as Python writes it', () => {
  it.each([
    '{"b": 1, "a": [1.0, true, null]}',
    '"\\u00e9 \\ud83d\\ude00 \\u2028 \\u007f \\n \\" \\\\"',
    '[0.0, -0.0, 0.1, 1e-05, 0.0001, 123456.789, 1000000000000000.0, 1e+16, 1.5e+300, 5e-324, -2.5]',
    '[1267650600228229401496703205376, NaN, Infinity, -Infinity]',
  ])('%s comes back as it was', (text) => {
    expect(jsonText(parseJson(text))).toBe(text);
  });

  it('can be compact and sorted by code points', () => {
    const value = parseJson('{"\\ud83d\\ude00": 1, "\\uff01": 2, "a": [1, 2]}');
    expect(jsonText(value, { isSorted: true, isCompact: true })).toBe('{"a":[1,2],"\\uff01":2,"\\ud83d\\ude00":1}');
  });
});
