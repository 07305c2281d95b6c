// The guide that connects Tableau, in a real browser, as requests come in.

import { describe, expect, it } from 'vitest';
import type { FakeWindow } from '../../support/fake-window.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { firstRun, NOW, requestRecord, snapshotWith } from '../../support/scenes.ts';
import { CONNECT_WORDS } from '../../../../src-renderer/features/connect/words.ts';

describe.skipIf(isWithoutChromium)('the guide', () => {
  const { open } = usePageTests();

  it('ticks the steps of the guide as Tableau calls', async () => {
    const { page, emit } = await open(firstRun());
    const steps = page.locator('main li');
    await steps.nth(0).getByText(CONNECT_WORDS.done).waitFor();
    await page.getByText(CONNECT_WORDS.waitingForTableau).waitFor();
    const info = requestRecord(1, NOW, { method: 'GET', path: '/info' });
    await emit({ name: 'show', value: 'connect' });
    await emit({ name: 'requests', value: [info] });
    await page.getByText(CONNECT_WORDS.asked('12:41:30')).waitFor();
    await emit({ name: 'requests', value: [requestRecord(2, NOW, { status: 500, failure: 'NameError : x' })] });
    await page.getByText(`${CONNECT_WORDS.calculationFailed('12:41:30')} NameError : x`).waitFor();
    await emit({ name: 'requests', value: [requestRecord(3, NOW)] });
    await page.getByText(CONNECT_WORDS.calculated('12:41:30', '3.2 ms')).waitFor();
    expect(await page.getByText(CONNECT_WORDS.calculationFailed('12:41:30')).count()).toBe(0);
  });

  describe('the test of the connection', () => {
    it('tells what is in the way', async () => {
      const { page } = await open(snapshotWith(), { screen: 'connect' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('selfTest', () => [
          { about: 'listening' as const, outcome: 'good' as const, text: 'The server listens.' },
          { about: 'address' as const, outcome: 'bad' as const, text: '::1 does not answer.' },
        ]);
      });
      await page.getByRole('button', { name: CONNECT_WORDS.test }).click();
      await page.getByText(CONNECT_WORDS.testBad).waitFor();
      expect(await page.getByRole('listitem').filter({ hasText: '::1 does not answer.' }).textContent()).toBe(
        `▲${CONNECT_WORDS.outcomes.bad} ::1 does not answer.`,
      );
    });
  });
});
