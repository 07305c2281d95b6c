// The window in a browser, against the real server: what an analyst does on a computer without the tray app.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeNotices } from '../../packaging/notices/notices.ts';
import { PROGRAM_VERSION } from '../../src-main/instance/version.ts';
import { ABOUT_WORDS } from '../../src-renderer/features/about/words.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { CONNECT_WORDS } from '../../src-renderer/features/connect/words.ts';
import { FRAME_WORDS } from '../../src-renderer/features/frame/words.ts';
import { HOME_WORDS } from '../../src-renderer/features/home/words.ts';
import { INSPECTOR_WORDS, REPAIR_WORDS } from '../../src-renderer/features/requests/inspector/words.ts';
import { SETTINGS } from '../../src-shared/settings.ts';
import { beginning } from '../renderer/support/sentences.ts';
import { titleOf } from '../../src-shared/state-words.ts';
import type { Screen } from '../../src-shared/ipc.ts';
import { WORDS } from '../../src-renderer/text/words.ts';

const program = findChromium();
if (program === null) console.warn('SKIPPED: the window in a browser; no Chromium found.');

const LINK = /in a browser: (\S+)/;

describe.skipIf(program === null)('the window in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;

  const linkOf = (): Promise<string> =>
    vi.waitFor(
      () => {
        const link = LINK.exec(server.output())?.[1];
        if (link === undefined) throw new Error(`no link was printed: ${server.output()}`);
        return link;
      },
      { timeout: 120_000 },
    );
  const header = () => page.getByRole('banner');
  const goTo = (screen: Screen) => page.getByRole('link', { name: WORDS.screens[screen], exact: true }).click();

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ args: ['--console'] }), launchChromium(program!)]);
    page = await browser.newPage();
    await page.goto(await linkOf());
    await header().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('shows the server and ticks the steps to connect Tableau as its requests come', async () => {
    await header().getByText(`Running on localhost:${server.port}`).waitFor();
    await goTo('connect');
    await page.getByText(CONNECT_WORDS.waitingForTableau).waitFor();
    const tableau = { 'tabpy-client': 'Tableau Desktop' };
    await server.get('/info');
    await fetch(`${server.url}/info`, { headers: tableau });
    await page.getByText(beginning(CONNECT_WORDS.asked)).waitFor();
    const body = { script: 'return [x * 2 for x in _arg1]', data: { _arg1: [1, 2, 3] } };
    const answer = await server.post('/evaluate', body, tableau);
    expect(answer).toMatchObject({ status: 200, body: [2, 4, 6] });
    await page.getByText(beginning(CONNECT_WORDS.calculated)).waitFor();
  });

  it('shows the version, the packages with their licences, and the licences of what it brings', async () => {
    await writeNotices();
    await goTo('about');
    const bundled = page.getByRole('region', { name: ABOUT_WORDS.packages });
    await bundled.getByText('BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0').waitFor();
    expect(await bundled.getByText(ABOUT_WORDS.licenceUnknown).count()).toBe(0);
    const licences = await page.getByRole('region', { name: ABOUT_WORDS.licencesText }).innerText();
    expect(licences).toContain('PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2');
    const about = await page.getByRole('region', { name: ABOUT_WORDS.program, exact: true }).innerText();
    expect(about).toContain(PROGRAM_VERSION);
    await goTo('connect');
  });

  it('tests its own connection, without taking itself for Tableau', async () => {
    const asked = await page.getByText(beginning(CONNECT_WORDS.asked)).textContent();
    await page.getByRole('button', { name: CONNECT_WORDS.test }).click();
    await page.getByText(CONNECT_WORDS.testGood).waitFor();
    await page.getByText("Python answers Tableau's test calculation.").waitFor();
    expect(await page.getByText(beginning(CONNECT_WORDS.asked)).textContent()).toBe(asked);
  });

  it('opens a request, says what Tableau will reject, and sends the mended script again', async () => {
    await server.evaluate('print("hello")\nreturn _arg1[1:]', { _arg1: [1, 2, 3] });
    await goTo('requests');
    await page.getByRole('row').filter({ hasText: 'return _arg1[1:]' }).click();
    await page.locator('.banner').getByText('2 values for 3 rows.').waitFor();
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.prints }).click();
    await page.getByText('hello', { exact: true }).waitFor();
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.script }).click();
    await page.getByRole('button', { name: INSPECTOR_WORDS.repair }).click();
    await page.getByRole('textbox', { name: REPAIR_WORDS.script }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('return [x + 1 for x in _arg1]');
    await page.keyboard.press('Control+Enter');
    const after = page.getByRole('region', { name: REPAIR_WORDS.after, exact: true });
    const result = after.getByRole('region', { name: INSPECTOR_WORDS.result });
    await expect.poll(() => result.getByRole('cell').allTextContents()).toEqual(['2', '3', '4']);
  });

  it('tells on Home what fails and what Tableau rejects, and leads to the request', async () => {
    await server.evaluate('x = 1\nreturn y', { _arg1: [1] });
    await server.evaluate('return _arg1[2:]', { _arg1: [1, 2, 3, 4] });
    await goTo('home');
    const attention = page.getByRole('region', { name: HOME_WORDS.attention });
    await attention.getByText('2 values for 4 rows.').waitFor();
    const failing = attention.getByRole('listitem').filter({ hasText: 'return y' });
    await failing.getByRole('link', { name: HOME_WORDS.showRequest }).click();
    await page.getByRole('heading', { name: 'return y' }).waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#requests/);
  });

  it('marks the line that failed', async () => {
    await page.getByRole('row').filter({ hasText: 'return y' }).click();
    const marked = page.getByRole('listitem').filter({ hasText: "NameError: name 'y' is not defined" });
    expect(await marked.textContent()).toContain('return y');
  });

  it('stops a script that runs', async () => {
    const running = server.evaluate('while True: pass');
    await header()
      .getByRole('button', { name: FRAME_WORDS.actions['stop-script'](false) })
      .click();
    expect(await running).toMatchObject({ status: 500 });
    await header().getByText(`Running on localhost:${server.port}`).waitFor();
  });

  it('stops several runaway scripts with one click, those that wait too', async () => {
    const users = ['ann', 'ben', 'cleo', 'dan', 'eve'];
    const body = { script: 'while True: pass', data: {} };
    const running = users.map((user) => server.post('/evaluate', body, { 'tabpy-user': user }));
    await header()
      .getByRole('button', { name: FRAME_WORDS.actions['stop-script'](true) })
      .click();
    for (const answer of await Promise.all(running)) expect(answer.status).toBe(500);
    await header().getByText(`Running on localhost:${server.port}`).waitFor();
    expect(await server.evaluate('return 1')).toMatchObject({ status: 200, body: 1 });
  });

  it('stops and starts the server, and stays up itself', async () => {
    await header().getByRole('button', { name: FRAME_WORDS.actions.stop, exact: true }).click();
    await header()
      .getByText(titleOf({ kind: 'stopped' }))
      .waitFor();
    await expect(server.get('/info')).rejects.toThrow('fetch failed');
    await header().getByRole('button', { name: FRAME_WORDS.actions.start, exact: true }).click();
    await header()
      .getByText(/Running on localhost/)
      .waitFor();
  });

  it('moves the server to another port, and says who holds one that is taken', async () => {
    const other = await startServer();
    try {
      await goTo('settings');
      const port = page.getByRole('textbox', { name: SETTINGS.port.label });
      await port.fill(String(other.port));
      await port.press('Enter');
      await page.getByText(`Port ${other.port} is in use by node`).first().waitFor();
    } finally {
      await other.stop();
    }
    const port = page.getByRole('textbox', { name: SETTINGS.port.label });
    await port.fill(String(other.port));
    await port.press('Enter');
    await header().getByText(`Running on localhost:${other.port}`).waitFor();
    expect((await fetch(`http://127.0.0.1:${other.port}/info`)).status).toBe(200);
  });

  it('says that the program does not answer, and comes back without a reload when it does', async () => {
    await page.evaluate('globalThis.wasHere = true');
    process.kill(server.pid, 'SIGSTOP');
    try {
      await header().getByText(FRAME_WORDS.link.lost.title).waitFor({ timeout: 3_500 });
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await header()
      .getByText(/Running on localhost/)
      .waitFor();
    expect(await page.evaluate('globalThis.wasHere')).toBe(true);
  });

  it('lets in nobody by a link that was used, and a second browser by the next one', async () => {
    const stranger = await browser.newContext();
    const second = await stranger.newPage();
    const used = await second.goto(await linkOf());
    expect(used?.status()).toBe(401);
    await stranger.close();
  });
});
