import { describe, expect, it } from 'vitest';
import { newsOf } from './news-of-list.ts';

interface One {
  readonly name: string;
  readonly value: unknown;
}
const one = (name: string, value: unknown = null): One => ({ name, value });
const news = (source: readonly One[], own: readonly One[]): ReturnType<typeof newsOf> =>
  newsOf(source, own, ({ name }) => name);

describe('what a list lacks of its source', () => {
  it('is nothing when each of the source is there in the same form, whatever else there is', () => {
    const source = [one('a', { x: 1n, y: [1, null] })];
    expect(news(source, [one('b'), { value: { y: [1, null], x: 1n }, name: 'a' }])).toEqual({
      missing: [],
      changed: [],
    });
  });

  it('is told by name', () => {
    const source = [one('a'), one('b', 1n), one('c', { x: 1 }), one('d', [1, 2])];
    const own = [one('b', 1), one('c', { x: 1, y: 2 }), one('d', [2, 1])];
    expect(news(source, own)).toEqual({ missing: ['a'], changed: ['b', 'c', 'd'] });
  });
});
