// What a search finds among functions, and the order of their list.

import { describe, expect, it } from 'vitest';
import { foundFunctions, functionRows, sortedRows } from '../../../../src-renderer/features/functions/function-rows.ts';
import { FIGURES } from '../../support/function-scenes.ts';
import { FUNCTIONS } from '../../support/scenes.ts';

const rows = functionRows(FUNCTIONS, FIGURES);
const names = (...order: [Parameters<typeof sortedRows>[1], boolean]) =>
  sortedRows(rows, ...order).map(({ endpoint }) => endpoint.name);

describe('the rows of functions', () => {
  it('have what is known of calls, and nothing where there were none', () => {
    expect(rows.find(({ endpoint }) => endpoint.name === 'clustering')?.figures?.calls).toBe(96);
    expect(rows.find(({ endpoint }) => endpoint.name === 'anova')?.figures).toBeNull();
  });

  it('are sorted by a column, both ways, and by name where that is the same', () => {
    expect(names('calls', true)).toEqual(['profitRatio', 'clustering', 'ttest', 'anova', 'ratio', 'sentiment']);
    expect(names('version', false)).toEqual(['anova', 'ratio', 'sentiment', 'ttest', 'clustering', 'profitRatio']);
    expect(names('p95', true)[0]).toBe('clustering');
    expect(names('status', false)[0]).toBe('sentiment');
    expect(names('modified', true)[0]).toBe('profitRatio');
    expect(names('name', true)[0]).toBe('ttest');
  });
});

describe('a search of functions', () => {
  it('looks at names and descriptions, and sorts by name', () => {
    expect(foundFunctions(FUNCTIONS, 'analysis')).toMatchObject([{ name: 'anova' }]);
    expect(foundFunctions(FUNCTIONS, '').map(({ name }) => name)).toEqual([
      'anova',
      'clustering',
      'profitRatio',
      'ratio',
      'sentiment',
      'ttest',
    ]);
  });
});
