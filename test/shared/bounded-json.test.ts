import { describe, expect, it } from 'vitest';
import { faultOfSize, JsonTooLarge, parseJson } from '../../src-shared/bounded-json.ts';

const BOUNDS = { characters: 1_000, depth: 3, items: 10 };

describe('JSON within bounds', () => {
  it.each([
    '1',
    '"a"',
    'null',
    '[]',
    '{"a": [1, {"b": 2}], "c": "d"}',
    String.raw`"[[[[\"[[[["`,
    String.raw`["\\", "[[[[", "\\\"[[[[{{{{,,,,,,,,,,,,,,"]`,
    '  [1,\n2 , 3]\t',
  ])('is read as JSON.parse reads it: %s', (text) => {
    expect(parseJson(text, BOUNDS)).toEqual(JSON.parse(text));
  });

  it.each(['', '{', '[1', '"a', 'nul', '[1]]', "{'a': 1}", '"\\', '"\\"'])(
    'that is none is a SyntaxError: %s',
    (text) => {
      expect(() => parseJson(text, BOUNDS)).toThrow(SyntaxError);
    },
  );

  it.each([
    ['deep lists', '[[[[1]]]]', /more than 3 deep/],
    ['deep objects', '{"a":{"b":{"c":{}}}}', /more than 3 deep/],
    ['deep lists that are never closed', '['.repeat(900), /more than 3 deep/],
    ['many values', `[${'1,'.repeat(20)}1]`, /more than 10 values/],
    ['many empty objects', `[${'{},'.repeat(20)}{}]`, /more than 10 values/],
    ['many keys', `{${Array.from({ length: 20 }, (_, at) => `"${at}":1`).join()}}`, /more than 10 values/],
    ['many characters', `"${'x'.repeat(1_000)}"`, /1002 characters; 1000 are the most/],
  ])('does not have %s', (_, text, why) => {
    expect(() => parseJson(text, BOUNDS)).toThrow(JsonTooLarge);
    expect(faultOfSize(text, BOUNDS)).toMatch(why);
  });

  it('is counted in a moment, whatever stands in it', () => {
    const bounds = { characters: 1e7, depth: 60, items: 1e7 };
    for (const text of ['"'.repeat(1e6), '\\'.repeat(1e6), `"${'\\'.repeat(1e6)}"`, '"\\" '.repeat(2e5)]) {
      const start = performance.now();
      faultOfSize(text, bounds);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});
