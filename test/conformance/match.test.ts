import { describe, expect, it } from 'vitest';
import { digestOf, mismatches, short } from './match.ts';
import { parseJson } from './python-json.ts';

const compare = (pattern: string, actual: string, variables = {}): string[] =>
  mismatches(parseJson(pattern), parseJson(actual), variables);

describe('a value fits', () => {
  it.each([
    ['1', '1'],
    ['1.0', '1.00'],
    ['NaN', 'NaN'],
    ['{"a": 1, "b": [null]}', '{"b": [null], "a": 1}'],
    ['{"$any": true}', '{"whatever": 1}'],
    ['{"$type": "str"}', '"a"'],
    ['{"$type": "int"}', '1'],
    ['{"$type": "number"}', '1.5'],
    ['{"$type": "number"}', '1'],
    ['{"$re": "^a.b"}', '"a\\nb, and more"'],
    ['{"$re": "(?i)^A"}', '"ab"'],
    ['{"$approx": [2.0, 1e-9]}', '2'],
    ['{"$approx": [1e300, 1e-9]}', '1.0000000001e300'],
    ['{"$approx": [0.0, 1e-9]}', '1e-10'],
    ['{"$ws": "a b"}', '" a\\n b "'],
    ['{"$nan": true}', 'NaN'],
    ['{"$subset": {"a": {"$type": "int"}}}', '{"a": 1, "b": 2}'],
    ['{"$lacks": ["a", "b"]}', '{"c": 1}'],
    ['{"$var": "etag"}', '"x"'],
    ['{"$nevar": "etag"}', '"y"'],
  ])('%s: %s', (pattern, actual) => {
    expect(compare(pattern, actual, { etag: 'x' })).toEqual([]);
  });
});

describe('a value does not fit', () => {
  it.each([
    ['1', '1.0'],
    ['1', 'true'],
    ['0', 'false'],
    ['0', '-1'],
    ['1.0', '1'],
    ['"1"', '1'],
    ['null', '0'],
    ['[]', '{}'],
    ['{}', '[]'],
    ['{}', 'null'],
    ['9007199254740993', '9007199254740992'],
    ['[1, 2]', '[1]'],
    ['[1]', '[1, 2]'],
    ['{"a": 1}', '{}'],
    ['{"a": 1}', '{"a": 1, "b": 2}'],
    ['{"$type": "str"}', '1'],
    ['{"$type": "int"}', '1.0'],
    ['{"$type": "int"}', 'true'],
    ['{"$type": "number"}', 'true'],
    ['{"$re": "^b"}', '"ab"'],
    ['{"$re": "^A"}', '"ab"'],
    ['{"$re": "1"}', '1'],
    ['{"$approx": [2.0, 1e-9]}', '2.1'],
    ['{"$approx": [1.0, 1e-9]}', 'true'],
    ['{"$ws": "a b"}', '"ab"'],
    ['{"$nan": true}', 'null'],
    ['{"$subset": {"a": 1}}', '{"b": 1}'],
    ['{"$subset": {"a": 1}}', '{"a": 2}'],
    ['{"$subset": {}}', '[]'],
    ['{"$lacks": ["a", "b"]}', '{"b": 1}'],
    ['{"$lacks": ["a"]}', '[]'],
    ['{"$digest": {"sha256": "00"}}', '1'],
    ['{"$var": "etag"}', '"y"'],
    ['{"$var": "other"}', '"x"'],
    ['{"$nevar": "etag"}', '"x"'],
  ])('%s: %s', (pattern, actual) => {
    expect(compare(pattern, actual, { etag: 'x' })).toHaveLength(1);
  });

  it('and is told with the place', () => {
    expect(compare('{"a": [1, {"b": 2}]}', '{"a": [1, {"b": 2.0, "c": 3}], "d": 4}')).toEqual([
      '$.a[1].b: expected 2, got 2.0',
      '$.a[1].c: unexpected 3',
      '$.d: unexpected 4',
    ]);
  });
});

describe('a pattern', () => {
  it.each(['{"$regex": "a"}', '{"$type": "text"}', '{"$approx": 1}', '{"$re": 1}', '{"$subset": 1}'])(
    'that is not known is an error: %s',
    (pattern) => {
      expect(() => compare(pattern, '"a"')).toThrow(Error);
    },
  );

  it('is plain data where it has further keys', () => {
    expect(compare('{"$re": "a", "b": 1}', '{"$re": "a", "b": 1}')).toEqual([]);
  });
});

describe('a digest', () => {
  it('is that of the compact text with sorted keys', () => {
    const value = parseJson('{"b": 1.0, "a": [1, "é"]}');
    expect(digestOf(value)).toBe('360f6a99ed3447ed99025f59586d65ff08cb9b3785d2c97dea0e8a28661ba4f7');
    expect(mismatches({ $digest: { sha256: digestOf(value) } }, value)).toEqual([]);
  });
});

describe('a long value', () => {
  it('is cut with its length', () => {
    expect(short('x'.repeat(400), 20)).toBe('xxxxxxxx...<400 chars>');
    expect(short('a\nb')).toBe('a\\nb');
  });
});
