// The guide's ticks follow what Tableau sends, and nothing else.

import { describe, expect, it } from 'vitest';
import { isFromTableau, NO_PROGRESS, progressAfter } from '../../src-shared/tableau-progress.ts';
import { OWN_CLIENTS } from '../../src-shared/self-test.ts';
import { NOW, requestRecord } from '../renderer/support/scenes.ts';

const info = requestRecord(1, NOW, { method: 'GET', path: '/info' });

describe('a request of Tableau', () => {
  it.each<[string, string | null, string | undefined, boolean]>([
    ['Tableau Desktop, which says so', 'Tableau Desktop', undefined, true],
    ['Tableau Prep, which says so', 'Tableau Prep', 'Java/17', true],
    ['an older Tableau, which names nothing', null, undefined, true],
    ['a Tableau that names itself in User-Agent only', null, 'Tableau/2021.1', true],
    ['a program of Tableau Server with a name of its library', null, 'Apache-HttpClient/4.5', true],
    ['curl', null, 'curl/8.5.0', false],
    ['TabPy’s own client', null, 'python-requests/2.32.3', false],
    ['a script of Node', null, 'node', false],
    ['a browser', null, 'Mozilla/5.0 (X11; Linux x86_64)', false],
    ['Postman under a name of its own', 'Postman for manual testing', undefined, false],
    ['a request that was sent again', OWN_CLIENTS.replay, undefined, false],
    ['the test of the connection', OWN_CLIENTS.selfTest, undefined, false],
  ])('is told from others: %s', (_who, client, userAgent, isTableau) => {
    expect(isFromTableau(client, userAgent)).toBe(isTableau);
  });
});

describe('the progress of connecting', () => {
  it('notes when Tableau asked for /info, and no other look at the server', () => {
    expect(progressAfter(NO_PROGRESS, info).askedAt).toBe(NOW);
    const others = [
      requestRecord(1, NOW, { method: 'GET', path: '/' }),
      requestRecord(1, NOW, { method: 'GET', path: '/info', status: 401 }),
      { ...info, method: 'HEAD' },
    ];
    for (const other of others) expect(progressAfter(NO_PROGRESS, other)).toBe(NO_PROGRESS);
  });

  it('notes the calculation that was answered, by a script or by a function', () => {
    expect(progressAfter(NO_PROGRESS, requestRecord(2, NOW)).calculated).toEqual({ id: 2, at: NOW, elapsedMs: 3.2 });
    expect(progressAfter(NO_PROGRESS, requestRecord(3, NOW, { path: '/query/add' })).calculated?.id).toBe(3);
  });

  it('tells of a failure until the next calculation works', () => {
    const failed = progressAfter(NO_PROGRESS, requestRecord(2, NOW, { status: 500, failure: 'NameError' }));
    expect(failed).toMatchObject({ calculated: null, failed: { id: 2, failure: 'NameError' } });
    expect(progressAfter(failed, requestRecord(3, NOW))).toMatchObject({ calculated: { id: 3 }, failed: null });
  });
});
