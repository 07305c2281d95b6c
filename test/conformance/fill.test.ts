import { describe, expect, it } from 'vitest';
import { filled, withNumbers } from './fill.ts';

describe('a name in a case', () => {
  it('gets its value in texts at any depth, and keys stay', () => {
    const value = { '{{user}}': ['{{user}}-{{i}}', { a: '{{user}}' }, 1n, null], b: '{{unknown}} {user}' };
    expect(filled(value, { user: 'ann', i: 3n })).toEqual({
      '{{user}}': ['ann-3', { a: 'ann' }, 1n, null],
      b: '{{unknown}} {user}',
    });
  });

  it('can be a number', () => {
    expect(withNumbers({ json: [{ $int: '3' }, { $int: '3', more: 1n }, 'x'] })).toEqual({
      json: [3n, { $int: '3', more: 1n }, 'x'],
    });
  });
});
