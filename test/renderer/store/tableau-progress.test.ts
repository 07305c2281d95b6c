// The guide's ticks follow what Tableau sends.

import { describe, expect, it } from 'vitest';
import { NO_PROGRESS, progressAfter } from '../../../src-renderer/store/tableau-progress.ts';
import { NOW, requestRecord } from '../support/scenes.ts';

const info = requestRecord(1, NOW, { method: 'GET', path: '/info' });

describe('the progress of connecting', () => {
  it('notes when Tableau asked for /info, and no other look at the server', () => {
    expect(progressAfter(NO_PROGRESS, [info]).askedAt).toBe(NOW);
    const others = [
      requestRecord(1, NOW, { method: 'GET', path: '/' }),
      { ...info, status: 401, verdict: 'failed' as const },
      { ...info, method: 'HEAD' },
    ];
    expect(progressAfter(NO_PROGRESS, others)).toEqual(NO_PROGRESS);
  });

  it('notes the calculation that was answered, by a script or by a function', () => {
    expect(progressAfter(NO_PROGRESS, [requestRecord(2, NOW)]).calculated?.id).toBe(2);
    expect(progressAfter(NO_PROGRESS, [requestRecord(3, NOW, { path: '/query/add' })]).calculated?.id).toBe(3);
  });

  it('tells of a failure until the next calculation works', () => {
    const failed = progressAfter(NO_PROGRESS, [requestRecord(2, NOW, { status: 500, failure: 'NameError' })]);
    expect(failed).toMatchObject({ calculated: null, failed: { failure: 'NameError' } });
    expect(progressAfter(failed, [requestRecord(3, NOW)])).toMatchObject({ calculated: { id: 3 }, failed: null });
  });
});
