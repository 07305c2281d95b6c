// What two versions of a source have in common and what not.

import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src-renderer/code/line-difference.ts';

const kinds = (before: string, after: string) =>
  differenceOf(before, after).map(({ kind, text, before, after }) => [kind, text, before, after]);

describe('the difference of two sources', () => {
  it('says of each line where it is in both', () => {
    expect(kinds('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
      ['same', 'a', 1, 1],
      ['removed', 'b', 2, null],
      ['added', 'x', null, 2],
      ['same', 'c', 3, 3],
      ['added', 'd', null, 4],
    ]);
  });

  it('takes no notice of how lines end', () => {
    expect(kinds('a\r\nb\r\n', 'a\nb')).toEqual([
      ['same', 'a', 1, 1],
      ['same', 'b', 2, 2],
    ]);
  });

  it('can be of nothing', () => {
    expect(kinds('', '')).toEqual([]);
    expect(kinds('', 'a')).toEqual([['added', 'a', null, 1]]);
  });
});
