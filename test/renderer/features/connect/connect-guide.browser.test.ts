// The guide that connects Tableau, in a real browser, as requests come in.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { FakeWindow } from '../../support/fake-window.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { firstRun, NOW, requestRecord, snapshotWith, STATES } from '../../support/scenes.ts';
import { DEFAULT_SETTINGS } from '../../../../src-shared/settings.ts';
import { titleOf } from '../../../../src-shared/state-words.ts';
import { NO_PROGRESS } from '../../../../src-shared/tableau-progress.ts';
import { HOME_WORDS } from '../../../../src-renderer/features/home/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';
import { CONNECT_WORDS } from '../../../../src-renderer/features/connect/words.ts';

const WORKED = { id: 3, at: NOW, elapsedMs: 3.2 };

describe.skipIf(isWithoutChromium)('the guide', () => {
  const { open } = usePageTests();

  it('ticks the steps of the guide as Tableau calls', async () => {
    const { page, emit } = await open(firstRun());
    const steps = page.locator('main li');
    await steps.nth(0).getByText(CONNECT_WORDS.done).waitFor();
    await page.getByText(CONNECT_WORDS.waitingForTableau).waitFor();
    await emit({ name: 'show', value: { screen: 'connect', detail: null } });
    await emit({ name: 'tableau', value: { ...NO_PROGRESS, askedAt: NOW } });
    await page.getByText(CONNECT_WORDS.asked('12:41:30')).waitFor();
    const failed = { id: 2, at: NOW, failure: 'NameError : x' };
    await emit({ name: 'tableau', value: { askedAt: NOW, calculated: null, failed } });
    await page.getByText(`${CONNECT_WORDS.calculationFailed('12:41:30')} NameError : x`).waitFor();
    expect(await page.getByRole('link', { name: CONNECT_WORDS.seeRequest }).getAttribute('href')).toBe('#requests/2');
    expect(await page.getByText(CONNECT_WORDS.worksTitle).count()).toBe(0);
    await emit({ name: 'tableau', value: { askedAt: NOW, calculated: WORKED, failed: null } });
    await page.getByText(CONNECT_WORDS.calculated('12:41:30', '3.2 ms')).waitFor();
    expect(await page.getByText(CONNECT_WORDS.calculationFailed('12:41:30')).count()).toBe(0);
    const next = page.getByRole('region', { name: CONNECT_WORDS.worksTitle });
    expect(await next.getByRole('link', { name: CONNECT_WORDS.nextRequest }).getAttribute('href')).toBe('#requests/3');
  });

  it('ticks nothing for requests of other programs', async () => {
    const { page, emit } = await open(firstRun(), { screen: 'connect' });
    await emit({ name: 'requests', value: [requestRecord(1, NOW), requestRecord(2, NOW, { path: '/info' })] });
    await emit({ name: 'state', value: STATES.busy });
    await page.getByRole('banner').getByText(titleOf(STATES.busy)).waitFor();
    expect(await page.getByText(CONNECT_WORDS.waitingForTableau).count()).toBe(1);
    expect(await page.getByText(CONNECT_WORDS.waitingForCalculation).count()).toBe(1);
  });

  describe('on Home', () => {
    const guide = (page: Page) => page.getByRole('region', { name: WORDS.screens.connect });

    it('stays while functions are deployed and other programs send requests, until it is closed', async () => {
      const { page, asked } = await open(snapshotWith({ settings: DEFAULT_SETTINGS }));
      await guide(page).getByText(CONNECT_WORDS.waitingForCalculation).waitFor();
      await page.getByRole('region', { name: HOME_WORDS.today }).waitFor();
      await guide(page).getByRole('button', { name: CONNECT_WORDS.close }).click();
      await guide(page).waitFor({ state: 'detached' });
      expect(await asked()).toEqual([{ name: 'changeSettings', values: [{ showGuide: false }] }]);
      await page.getByRole('link', { name: WORDS.screens.connect }).click();
      await page.getByText(CONNECT_WORDS.lead).waitFor();
      expect(await page.getByRole('button', { name: CONNECT_WORDS.close }).count()).toBe(0);
    });

    it('says what is next when a calculation worked, and goes when the user leaves Home', async () => {
      const { page, emit, asked } = await open(firstRun());
      await emit({ name: 'tableau', value: { askedAt: NOW, calculated: WORKED, failed: null } });
      await guide(page).getByText(CONNECT_WORDS.worksTitle).waitFor();
      expect(await asked()).toEqual([]);
      await page.getByRole('link', { name: WORDS.screens.logs, exact: true }).click();
      await page.getByRole('link', { name: WORDS.screens.home, exact: true }).click();
      await page.getByText(HOME_WORDS.noFunctions).waitFor();
      expect(await guide(page).count()).toBe(0);
      expect(await asked()).toEqual([{ name: 'changeSettings', values: [{ showGuide: false }] }]);
    });
  });

  it('saves the sample workbook', async () => {
    const { page, asked, answer } = await open(firstRun(), { screen: 'connect' });
    await answer('saveFile', true);
    await page.getByRole('button', { name: CONNECT_WORDS.saveWorkbook }).click();
    await page.getByRole('status').getByText(WORDS.saved).waitFor();
    expect(await asked()).toEqual([
      { name: 'sampleWorkbook', values: [] },
      { name: 'saveFile', values: ['TabPy Tray sample.twbx', 'UEsDBA=='] },
    ]);
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
