import { describe, expect, it } from 'vitest';
import { parseBounded } from '../../src-shared/bounded-json.ts';
import { Refusal } from '../../src-shared/refusal.ts';

const bounds = { characters: 10_000_000, items: 10, levels: 5 };

describe('JSON of strangers', () => {
  it.each(['null', '"a,b:[{"', '{"a\\"],[":[1,"\\\\"]}', '[[[[[1]]]]]', ' [1, 2, 3] '])('%s is parsed', (text) => {
    expect(parseBounded(text, bounds)).toEqual(JSON.parse(text));
  });

  it.each([
    ['nested deep', '['.repeat(3_000_000), 'deeper than 5 levels'],
    ['nested deep in objects', '{"a":'.repeat(6), 'deeper than 5 levels'],
    ['of empty lists without end', `[${'[],'.repeat(3_000_000)}1]`, 'more than 10 items'],
    ['of keys without end', `{${'"a":1,'.repeat(6)}"b":1}`, 'more than 10 items'],
    ['long', `"${'x'.repeat(10_000_000)}"`, 'more than 10000000 characters'],
  ])('that is %s is refused before anything is made of it', (_what, text, words) => {
    const before = process.memoryUsage().heapUsed;
    expect(() => parseBounded(text, bounds)).toThrow(Refusal);
    expect(() => parseBounded(text, bounds)).toThrow(words);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  });

  it.each(['', '[', '"a', '"a\\"', ']]]]', '{"a" 1}'])('%s that is none is a SyntaxError', (text) => {
    expect(() => parseBounded(text, bounds)).toThrow(SyntaxError);
  });

  it('of one long text full of escapes takes no longer than its length', () => {
    const text = `"${String.raw`\"`.repeat(2_000_000)}"`;
    expect(parseBounded(text, bounds)).toHaveLength(2_000_000);
  });
});
