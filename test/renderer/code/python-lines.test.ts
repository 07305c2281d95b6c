// Python in colours: which words stand out, and that nothing of the text is lost.

import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../src-renderer/code/python-lines.ts';

const SOURCE = 'def add(x, y):  # sum\n    """Adds."""\n    return x + 10 if x is not None else "é"\n';

describe('the colours of Python', () => {
  it('keep the text as it is, line by line', () => {
    const texts = linesOf(SOURCE).map((line) => line.map(({ text }) => text).join(''));
    expect(texts).toEqual(SOURCE.split('\n'));
    expect(linesOf('a\r\nb\rc')).toHaveLength(3);
  });

  it('mark keywords, texts, numbers, names and comments', () => {
    const lookOf = (word: string) =>
      linesOf(SOURCE)
        .flat()
        .find(({ text }) => text === word)?.look;
    expect(['def', 'add', '# sum', '"""Adds."""', '10', 'None', '"é"'].map(lookOf)).toEqual([
      'keyword',
      'name',
      'comment',
      'text',
      'number',
      'keyword',
      'text',
    ]);
  });

  it('are given to what is no Python too', () => {
    expect(
      linesOf('def (((\n"""')
        .flat()
        .map(({ text }) => text)
        .join(''),
    ).toBe('def ((("""');
  });
});
