// What the page costs in a real Chromium: `npm run bench:page`. First paint, frames while 200 requests a second arrive on each
// screen that shows them, and what an idle window costs.

import type { Browser, Page } from 'playwright-core';
import { buildPage } from '../renderer/support/built-page.ts';
import type { BuiltPage } from '../renderer/support/built-page.ts';
import { openPage } from '../renderer/support/opened-page.ts';
import type { FakeWindow } from '../renderer/support/fake-window.ts';
import { NOW, requestRecord, snapshotWith } from '../renderer/support/scenes.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';

const LOADS = 15;
const STREAM_MS = 5_000;
const IDLE_MS = 5_000;
/** A frame of a screen with 60 of them a second, and a tenth more for the clock. */
const FRAME_MS = 1_000 / 60 + 1.7;

const PAINT_TIMES = `new Promise((resolve) =>
  new PerformanceObserver((list) => resolve({
    paint: list.getEntriesByName('first-contentful-paint')[0].startTime,
    loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
  })).observe({ type: 'paint', buffered: true }))`;
const COUNT_FRAMES = `
  globalThis.frameGaps = [];
  let last = performance.now();
  const count = (now) => { frameGaps.push(now - last); last = now; requestAnimationFrame(count); };
  requestAnimationFrame(count);`;

const program = findChromium();
if (program === null) throw new Error('no Chromium found; name one in TABPY_TRAY_CHROMIUM');
const [built, browser] = await Promise.all([buildPage(), launchChromium(program)]);
await firstPaint(browser, built);
for (const screen of ['requests', 'home', 'logs']) await frames(browser, built, screen);
await idle(browser, built);
await browser.close();
await built.close();

/** From asking for the page until something is drawn: the page draws nothing before its content. */
async function firstPaint(within: Browser, page: BuiltPage): Promise<void> {
  const paints: number[] = [];
  const loads: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    const opened = await openPage(within, page, snapshotWith(), { isStill: false });
    const times = (await opened.page.evaluate(PAINT_TIMES)) as { readonly paint: number; readonly loaded: number };
    paints.push(times.paint);
    loads.push(times.loaded);
    await opened.close();
  }
  console.log(`first paint: ${spread(paints)}; loaded: ${spread(loads)} (${LOADS} loads, nothing cached)`);
}

/** The page is told of 20 requests ten times a second, as the program does; each frame is timed. */
async function frames(within: Browser, page: BuiltPage, screen: string): Promise<void> {
  const opened = await openPage(within, page, snapshotWith(), { screen, isStill: false });
  await opened.page.evaluate(COUNT_FRAMES);
  const cpu = await cpuShare(opened.page, () => stream(opened.page, STREAM_MS));
  const gaps = (await opened.page.evaluate<readonly number[]>('frameGaps')).slice(1);
  const inTime = gaps.filter((ms) => ms <= FRAME_MS).length;
  console.log(
    `200 requests a second on ${screen}: ${((gaps.length * 1_000) / STREAM_MS).toFixed(1)} frames a second, ` +
      `${((100 * inTime) / gaps.length).toFixed(1)} % in time, between frames ${spread(gaps)}, ` +
      `main thread busy ${(100 * cpu).toFixed(1)} %`,
  );
  await opened.close();
}

async function idle(within: Browser, page: BuiltPage): Promise<void> {
  const opened = await openPage(within, page, snapshotWith(), { screen: 'requests', isStill: false });
  const cpu = await cpuShare(opened.page, () => opened.page.waitForTimeout(IDLE_MS));
  console.log(`idle: main thread busy ${(100 * cpu).toFixed(2)} % of ${IDLE_MS / 1_000} s`);
  await opened.close();
}

function stream(page: Page, forMs: number): Promise<void> {
  return page.evaluate(
    async ([text, length]) => {
      const { fake } = globalThis as unknown as FakeWindow;
      const record = JSON.parse(text) as ReturnType<typeof requestRecord>;
      const until = performance.now() + length;
      for (let id = 10_000; performance.now() < until; id += 20) {
        const startedAt = Date.now();
        const value = Array.from({ length: 20 }, (_, index) => ({ ...record, id: id + index, startedAt }));
        fake.emit({ name: 'requests', value });
        const line = { level: 'info', text: '#1 ::1 POST /evaluate 200 3.2 ms' } as const;
        fake.emit({ name: 'log', value: value.map((one) => ({ ...line, id: one.id, at: startedAt })) });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    [JSON.stringify(requestRecord(1, NOW, { preview: 'return [x * 2 for x in _arg1]' })), forMs] as const,
  );
}

/** How much of the time the page's main thread was at work. */
async function cpuShare(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busySeconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await busySeconds();
  const from = performance.now();
  await work();
  return ((await busySeconds()) - before) / ((performance.now() - from) / 1_000);
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string => sorted[Math.floor(sorted.length * share)]!.toFixed(1);
  return `${at(0.5)} ms (p50), ${at(0.95)} ms (p95)`;
}
