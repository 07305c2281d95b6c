// What a search finds among requests.

import { describe, expect, it } from 'vitest';
import { foundRequests } from '../../../../src-renderer/features/requests/request-filter.ts';
import type { RequestFilter } from '../../../../src-renderer/features/requests/request-filter.ts';
import { NOW, requestRecord } from '../../support/scenes.ts';

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
