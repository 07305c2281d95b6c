// The Home screen in a real browser: notices, and what needs the attention of the analyst.

import { describe, expect, it } from 'vitest';
import type { FakeWindow } from '../../support/fake-window.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { NOW, requestDetail, requestRecord, snapshotWith, STATES } from '../../support/scenes.ts';
import { FRAME_WORDS } from '../../../../src-renderer/features/frame/words.ts';
import { HOME_WORDS } from '../../../../src-renderer/features/home/words.ts';
import { INSPECTOR_WORDS } from '../../../../src-renderer/features/requests/inspector/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';

describe.skipIf(isWithoutChromium)('the Home screen', () => {
  const { open } = usePageTests();

  it('shows a notice until it is dismissed', async () => {
    const notice = { id: 'settings', level: 'warn', text: 'The settings file was damaged and set aside.' } as const;
    const { page, asked, emit } = await open(snapshotWith({ notices: [notice], functions: [] }));
    const attention = page.getByRole('region', { name: HOME_WORDS.notices });
    await attention.getByText(notice.text).waitFor();
    await attention.getByRole('button', { name: WORDS.dismiss }).click();
    expect(await asked()).toEqual([{ name: 'dismissNotice', values: ['settings'] }]);
    await emit({ name: 'notices', value: [] });
    await attention.waitFor({ state: 'detached' });
  });

  describe('what needs the analyst', () => {
    const scene = async () => {
      const failed = requestRecord(1, NOW - 60_000, {
        preview: 'return nope',
        status: 500,
        failure: 'NameError : nope',
      });
      const detail = requestDetail(requestRecord(2, NOW - 5_000, { preview: 'import numpy as np' }), 'rejected');
      const rejected = detail.record;
      const opened = await open(snapshotWith({ requests: [] }));
      await opened.page.evaluate(
        (text) => (globalThis as unknown as FakeWindow).fake.answer('requestDetail', () => JSON.parse(text) as never),
        JSON.stringify(detail),
      );
      await opened.emit({ name: 'requests', value: [failed, rejected] });
      return opened;
    };

    it('is told on Home, what Tableau rejects too, and led to the request', async () => {
      const { page, complaints } = await scene();
      const attention = page.getByRole('region', { name: HOME_WORDS.attention });
      await attention.getByText(HOME_WORDS.findings.failed(1)).waitFor();
      await attention.getByText('39 values for 40 rows.').waitFor();
      await attention.getByRole('link', { name: HOME_WORDS.showRequest }).last().click();
      await page.getByRole('heading', { level: 1, name: WORDS.screens.requests }).waitFor();
      await page.getByRole('heading', { name: 'return forecast(x).tolist()' }).waitFor();
      await page.getByText(INSPECTOR_WORDS.rejected).waitFor();
      expect(complaints).toEqual([]);
    });

    it('goes when it is dismissed, and comes back when it happens again', async () => {
      const { page, emit } = await scene();
      const words = page.getByText('NameError : nope');
      await words.waitFor();
      const dismiss = page.getByRole('button', { name: WORDS.dismiss });
      await dismiss.first().click();
      await words.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: WORDS.screens.logs, exact: true }).click();
      await page.getByRole('link', { name: WORDS.screens.home, exact: true }).click();
      expect(await words.count()).toBe(0);
      const again = requestRecord(3, NOW, { preview: 'return nope', status: 500, failure: 'NameError : nope' });
      await emit({ name: 'requests', value: [again] });
      await words.waitFor();
      expect(await page.getByText(HOME_WORDS.findings.failed(2)).count()).toBe(1);
    });

    it('includes the script that Python was restarted for', async () => {
      const timedOut = requestRecord(7, NOW - 9_000, {
        preview: 'while True: pass',
        telling: 'while True: pass',
        status: 408,
        failure: 'timed out',
      });
      const requests = [timedOut, requestRecord(8, NOW, { method: 'GET', path: '/info' })];
      const { page } = await open(snapshotWith({ state: STATES.degraded, requests }), { screen: 'requests' });
      await page.getByRole('button', { name: FRAME_WORDS.actions['see-request'] }).click();
      await page.getByRole('heading', { name: 'while True: pass' }).waitFor();
      expect(await page.getByRole('row', { selected: true }).textContent()).toContain('while True: pass');
    });
  });
});
