// The page in a real browser, on a program that the test makes up: what holds on every screen.

import { describe, expect, it } from 'vitest';
import type { FakeWindow } from './support/fake-window.ts';
import { isWithoutChromium, usePageTests } from './support/page-tests.ts';
import { FUNCTIONS, NOW, requestRecord, snapshotWith, STATES } from './support/scenes.ts';
import { FRAME_WORDS } from '../../src-renderer/features/frame/words.ts';
import { WORDS } from '../../src-renderer/text/words.ts';

describe.skipIf(isWithoutChromium)('the page in a browser', () => {
  const { open } = usePageTests();

  it('says why the program refuses something, on any screen', async () => {
    const { page } = await open(snapshotWith({ state: STATES.stopped }), { screen: 'packages' });
    await page.evaluate(() => {
      (globalThis as unknown as FakeWindow).fake.refuse('start', 'The server is stopping. Wait a moment.');
    });
    await page.getByRole('button', { name: FRAME_WORDS.actions.start, exact: true }).click();
    await page.getByRole('alert').getByText('The server is stopping. Wait a moment.').waitFor();
    await page.getByRole('button', { name: WORDS.dismiss }).click();
    await expect.poll(() => page.getByText('The server is stopping.').count()).toBe(0);
  });

  it('shows what comes from the network as text', async () => {
    const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
    const functions = [{ ...FUNCTIONS[0]!, name: 'evil', description: evil, docstring: evil, schema: evil }];
    const requests = [
      requestRecord(1, NOW, { status: 500, failure: evil, user: evil, client: evil, path: `/${evil}` }),
    ];
    const log = [{ id: 1, at: NOW, level: 'error' as const, text: evil }];
    const state = { ...STATES['python-failed'], why: evil };
    const { page, complaints } = await open(snapshotWith({ functions, requests, log, state }), {
      screen: 'functions/evil',
    });
    await page.getByRole('article', { name: 'evil' }).getByText(evil).first().waitFor();
    for (const screen of ['requests', 'logs', 'home'] as const) {
      await page.getByRole('link', { name: WORDS.screens[screen], exact: true }).click();
      await page.getByText(evil).first().waitFor();
    }
    expect(await page.locator('img, b').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  describe('what is longer than the window', () => {
    it.each(['home', 'connect', 'settings', 'functions/profitRatio', 'packages'])(
      'scrolls below the header, on %s',
      async (screen) => {
        const { page } = await open(snapshotWith(), { screen, height: 520, width: 760 });
        await page.locator('h1').waitFor();
        const beyond = await page.evaluate('document.documentElement.scrollHeight - innerHeight');
        expect(beyond).toBe(0);
      },
    );
  });
});
