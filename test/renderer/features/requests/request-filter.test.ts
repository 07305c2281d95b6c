// What searches find among requests, lines of the log, and functions.

import { describe, expect, it } from 'vitest';
import { foundFunctions } from '../../../../src-renderer/features/functions/found-functions.ts';
import { foundEntries } from '../../../../src-renderer/features/logs/log-filter.ts';
import { foundRequests } from '../../../../src-renderer/features/requests/request-filter.ts';
import type { RequestFilter } from '../../../../src-renderer/features/requests/request-filter.ts';
import { FUNCTIONS, NOW, requestRecord } from '../../support/scenes.ts';

const REQUESTS = [
  requestRecord(1, NOW, { method: 'GET', path: '/info', client: 'Tableau Prep', user: null }),
  requestRecord(2, NOW),
  requestRecord(3, NOW, { status: 500, failure: "NameError : name 'profit' is not defined" }),
  requestRecord(4, NOW, { path: '/query/Add', elapsedMs: 1_500, isPrep: true, preview: 'import sklearn' }),
];
const found = (filter: Partial<RequestFilter>) =>
  foundRequests(REQUESTS, { kind: 'all', search: '', isInfoHidden: false, ...filter }).map(({ id }) => id);

describe('a search of requests', () => {
  it.each([
    ['', [1, 2, 3, 4]],
    ['path:evaluate', [2, 3]],
    ['status:500', [3]],
    ['status:2', [1, 2, 4]],
    ['>1s', [4]],
    ['<1000', [1, 2, 3]],
    ['>1500ms', []],
    ['profit nameerror', [3]],
    ['method:get', [1]],
    ['user:ana path:add', [4]],
    ['client:prep', [1]],
    ['from:::1', [1, 2, 3, 4]],
    ['sklearn', [4]],
    ['nowhere', []],
  ])('for "%s" finds %j', (search, ids) => {
    expect(found({ search })).toEqual(ids);
  });

  it.each([
    ['errors', [3]],
    ['slow', [4]],
    ['prep', [4]],
    ['scripts', [2, 3]],
    ['functions', [4]],
  ] as const)('of %s finds %j', (kind, ids) => {
    expect(found({ kind })).toEqual(ids);
  });

  it('leaves /info out when asked to', () => {
    expect(found({ isInfoHidden: true })).toEqual([2, 3, 4]);
  });
});

describe('a search of the log', () => {
  const entries = (['debug', 'info', 'warn', 'error'] as const).map((level, id) => ({
    id,
    at: NOW,
    level,
    text: `Line ${level}`,
  }));

  it('finds what is at least as bad as the level', () => {
    expect(foundEntries(entries, 'warn', '').map(({ level }) => level)).toEqual(['warn', 'error']);
    expect(foundEntries(entries, 'all', '')).toHaveLength(4);
  });

  it('wants every word, whatever the case', () => {
    expect(foundEntries(entries, 'all', 'ERROR line')).toHaveLength(1);
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
