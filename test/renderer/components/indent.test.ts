// How far the wrapped part of a line of code is indented.

import { describe, expect, it } from 'vitest';
import { indentOf, MOST_INDENT } from '../../../src-renderer/components/indent.ts';

describe('the wrapped part of a line', () => {
  it.each([
    ['x = 1', 2],
    ['    return x', 6],
    ['\treturn x', 6],
    ['  \treturn x', 6],
    ['', 2],
    [`${' '.repeat(500)}x`, MOST_INDENT],
  ])('of %j begins at column %i', (line, columns) => {
    expect(indentOf(line)).toBe(columns);
  });
});
