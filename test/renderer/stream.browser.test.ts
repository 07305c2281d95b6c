// Lists that grow while they are read, and a page that rests when nobody looks.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { FakeWindow } from './support/fake-window.ts';
import { isWithoutChromium, usePageTests } from './support/page-tests.ts';
import { firstRun, NOW, requestRecord, snapshotWith, STATES } from './support/scenes.ts';
import { LOG_WORDS } from '../../src-renderer/features/logs/words.ts';
import { REQUEST_WORDS } from '../../src-renderer/features/requests/words.ts';

/** Has requests come in batches of 20, ten batches a second, in the page's own time; resolves when all came. */
function stream(page: Page, count: number): Promise<void> {
  return page.evaluate(
    async ([text, total]) => {
      const { fake } = globalThis as unknown as FakeWindow;
      const record = JSON.parse(text) as ReturnType<typeof requestRecord>;
      for (let id = 1; id <= total; id += 20) {
        const value = Array.from({ length: 20 }, (_, index) => ({
          ...record,
          id: id + index,
          startedAt: record.startedAt + id + index,
          ...(index % 7 === 3 ? { status: 500, failure: 'Error processing script: NameError' } : {}),
        }));
        fake.emit({ name: 'requests', value });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    [JSON.stringify(requestRecord(1, NOW)), count] as const,
  );
}

const WATCH = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
    .observe({ type: 'layout-shift', buffered: false });
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });`;

describe.skipIf(isWithoutChromium)('a page that lives for long', () => {
  const { open } = usePageTests();

  describe('two hundred requests a second', () => {
    it('shift nothing, draw the visible rows only, and leave the page responsive', async () => {
      const { page, complaints } = await open(snapshotWith({ requests: [] }), { screen: 'requests', isStill: false });
      await stream(page, 20);
      await page.getByRole('row').nth(5).waitFor();
      await page.evaluate(WATCH);
      await stream(page, 1_000);
      expect(await page.evaluate('shifts.reduce((sum, one) => sum + one, 0)')).toBe(0);
      expect(await page.getByRole('row').count()).toBeLessThan(50);
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('501');
      // A shared machine is noisy: the middle of many says more than the worst.
      const longTasks = (await page.evaluate('longTasks')) as readonly number[];
      expect(longTasks.filter((ms) => ms > 100).length).toBeLessThan(10);
      expect(complaints).toEqual([]);
    });

    it('do not move the row that is read', async () => {
      const { page } = await open(snapshotWith(), { screen: 'requests', isStill: false });
      const list = page.getByRole('grid', { name: REQUEST_WORDS.list });
      await list.evaluate((element) => {
        element.scrollTop = 900;
      });
      await expect.poll(() => list.getByRole('row').nth(1).getAttribute('aria-rowindex')).toBe('24');
      const row = list.getByRole('row', { selected: false }).nth(12);
      const key = await row.getAttribute('id');
      const placeOf = (): Promise<number> =>
        page.evaluate((id) => {
          const { document } = globalThis as unknown as {
            document: { getElementById(id: string): { getBoundingClientRect(): { top: number } } };
          };
          return document.getElementById(id).getBoundingClientRect().top;
        }, key!);
      const before = await placeOf();
      await stream(page, 200);
      expect(await placeOf()).toBe(before);
    });

    it('stand still while paused, are counted, and are there afterwards', async () => {
      const { page } = await open(snapshotWith({ requests: [] }), { screen: 'requests', isStill: false });
      await stream(page, 20);
      await page.getByRole('button', { name: REQUEST_WORDS.pause }).click();
      await stream(page, 60);
      await page.getByText(REQUEST_WORDS.paused(40)).waitFor();
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('21');
      await page.getByRole('button', { name: REQUEST_WORDS.resume }).click();
      await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('61');
    });

    it('are cleared by the program, not by the page', async () => {
      const { page, asked, emit } = await open(snapshotWith(), { screen: 'requests' });
      await page.getByRole('button', { name: REQUEST_WORDS.clear }).click();
      expect(await asked()).toEqual([]);
      await page.getByRole('button', { name: REQUEST_WORDS.clearNow }).click();
      expect(await asked()).toEqual([{ name: 'clearRequests', values: [] }]);
      expect(await page.getByRole('row').count()).toBeGreaterThan(2);
      await emit({ name: 'requestsCleared', value: null });
      await page.getByText(REQUEST_WORDS.emptyTitle).waitFor();
    });
  });

  describe('the log', () => {
    const entry = (id: number, text = 'GET /info 200') => ({ id, at: NOW + id, level: 'info' as const, text });

    it('follows its end until the reader scrolls away', async () => {
      const { page, emit } = await open(snapshotWith(), { screen: 'logs' });
      await emit({ name: 'log', value: [entry(1_001, 'the newest line')] });
      await page.getByText('the newest line').waitFor();
      const list = page.getByRole('grid', { name: LOG_WORDS.list });
      await list.evaluate((element) => {
        element.scrollTop = 300;
      });
      await expect.poll(() => page.getByRole('switch', { name: LOG_WORDS.follow }).isChecked()).toBe(false);
      await emit({ name: 'log', value: [entry(1_002, 'one more')] });
      expect(await list.evaluate((element) => element.scrollTop)).toBe(300);
      await page.getByText(LOG_WORDS.follow).click();
      await page.getByText('one more').waitFor();
    });

    it('is copied as it is filtered, and its folder opened where there is one', async () => {
      const { page, asked } = await open(snapshotWith({ log: [entry(1), { ...entry(2, 'bad'), level: 'error' }] }), {
        screen: 'logs',
      });
      await page.getByText(LOG_WORDS.levels.error, { exact: true }).click();
      await page.getByRole('button', { name: LOG_WORDS.copy, exact: true }).click();
      await page.getByRole('button', { name: LOG_WORDS.openFolder }).click();
      const [copied, opened] = await asked();
      expect(copied?.values[0]).toMatch(/^\S+Z error bad$/);
      expect(opened).toEqual({ name: 'openFolder', values: ['log'] });
      const snapshot = snapshotWith();
      const browser = await open(
        { ...snapshot, program: { ...snapshot.program, surface: 'console' } },
        { screen: 'logs' },
      );
      expect(await browser.page.getByRole('button', { name: LOG_WORDS.openFolder }).count()).toBe(0);
    });
  });

  describe('a page that nobody looks at', () => {
    it('has no timer running while nothing happens', async () => {
      const { page } = await open(firstRun(STATES.stopped), { screen: 'requests', isStill: false });
      await page.evaluate(`globalThis.timers = 0;
      for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame']) {
        const real = globalThis[name];
        globalThis[name] = (...values) => { timers += 1; return real(...values); };
      }
      globalThis.drawn = new Promise((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        channel.port2.postMessage(null);
      });`);
      await page.evaluate('drawn');
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('timers')).toBe(0);
    });

    it('stops telling the time while it is hidden', async () => {
      const { page } = await open(snapshotWith(), { isStill: false });
      await page.clock.install({ time: NOW });
      const hide = (state: string): Promise<void> =>
        page.evaluate((value) => {
          const { document, Event } = globalThis as unknown as {
            document: { dispatchEvent(event: unknown): void };
            Event: new (name: string) => unknown;
          };
          Object.defineProperty(document, 'visibilityState', { value, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }, state);
      await hide('hidden');
      await page.clock.runFor(600_000);
      expect(await page.getByText('(2 h 24 min)').count()).toBe(0);
      await hide('visible');
      await page.clock.runFor(100);
      await page.getByText(/\(2 h 2\d min\)/).waitFor();
    });
  });
});
