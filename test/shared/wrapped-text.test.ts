import { describe, expect, it } from 'vitest';
import { wrappedText } from '../../src-shared/wrapped-text.ts';

describe('wrapped text', () => {
  it('breaks at spaces, so that no line is longer than its columns', () => {
    expect(wrappedText('one two three', 7)).toBe('one two\nthree');
    expect(wrappedText('one two three', 6)).toBe('one\ntwo\nthree');
  });

  it('gives a word that is too long a line of its own, and breaks again what was broken', () => {
    expect(wrappedText('a longer-than-that b', 5)).toBe('a\nlonger-than-that\nb');
    expect(wrappedText('one\n  two', 20)).toBe('one two');
    expect(wrappedText('', 20)).toBe('');
  });

  it('does not break code', () => {
    expect(wrappedText('run `npm run docs`, then look', 14)).toBe('run\n`npm run docs`,\nthen look');
  });
});
