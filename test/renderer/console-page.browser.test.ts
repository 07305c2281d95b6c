// The built page in a browser that came through the console: calls over HTTP, events as a stream, the console's policy.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole } from '../../src-main/console/console.ts';
import type { Console } from '../../src-main/console/console.ts';
import { bridgeOver } from '../../src-renderer/bridge/bridge.ts';
import { createFakeBridge } from '../../src-renderer/bridge/fake-bridge.ts';
import type { FakeBridge } from '../../src-renderer/bridge/fake-bridge.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { buildPage } from './support/built-page.ts';
import type { BuiltPage } from './support/built-page.ts';
import { isWithoutChromium } from './support/page-tests.ts';
import { snapshotWith, STATES } from './support/scenes.ts';
import { FRAME_WORDS } from '../../src-renderer/features/frame/words.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import { titleOf } from '../../src-shared/state-words.ts';

describe.skipIf(isWithoutChromium)('the page in a browser', () => {
  let built: BuiltPage;
  let browser: Browser;
  let fake: FakeBridge;
  let console: Console;
  beforeAll(async () => {
    const snapshot = snapshotWith();
    fake = createFakeBridge({ ...snapshot, program: { ...snapshot.program, surface: 'console' } });
    [built, browser] = await Promise.all([buildPage(), launchChromium(findChromium()!)]);
    console = await start(0);
  });
  const start = (port: number): Promise<Console> => {
    const { calls, onEvent } = bridgeOver(fake.bridge);
    return openConsole({
      calls,
      onEvent,
      page: built.folder,
      port,
      log: { error: () => undefined, info: () => undefined },
    });
  };
  afterAll(async () => {
    await browser?.close();
    await console?.close();
    await built?.close();
  });

  it('shows what the program says and sends what is asked', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The page that lets in has no icon; the browser looks for one.
      if (!message.location().url.endsWith('/favicon.ico')) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(console.link());
    const header = page.getByRole('banner');
    await header.getByText(titleOf(STATES.running)).waitFor();
    await header.getByRole('button', { name: FRAME_WORDS.actions.stop, exact: true }).click();
    await expect.poll(() => fake.asked.map(({ name }) => name)).toEqual(['stop']);
    fake.emit({ name: 'state', value: STATES.stopped });
    await header.getByText(titleOf(STATES.stopped)).waitFor();
    fake.emit({ name: 'state', value: STATES.running });
    await page.getByRole('button', { name: FRAME_WORDS.actions['copy-address'] }).click();
    await page.getByRole('status').getByText(WORDS.copied).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('http://localhost:9004');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says within three seconds that the program is gone, and comes back by itself after a new link', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(console.link());
    const header = page.getByRole('banner');
    await header.getByText(titleOf(STATES.running)).waitFor();
    const { port } = console;
    await console.close();
    await header.getByText(FRAME_WORDS.link.lost.title).waitFor({ timeout: 3_000 });
    await header.getByText('tabpy-tray console --data-dir').waitFor();
    expect(await header.getByText(titleOf(STATES.running)).count()).toBe(0);

    console = await start(port);
    await header.getByText(FRAME_WORDS.link.stranger.title).waitFor();
    const other = await context.newPage();
    await other.goto(console.link());
    await other.getByRole('banner').getByText(titleOf(STATES.running)).waitFor();
    await page.bringToFront();
    await header.getByText(titleOf(STATES.running)).waitFor();
    await context.close();
  });
});
