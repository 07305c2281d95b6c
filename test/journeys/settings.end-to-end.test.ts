// Settings in the window of a real server: where values come from; sign-in and HTTPS set up, and what callers get then.

import type { Browser, Page } from 'playwright-core';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HTTPS_WORDS, SETTINGS_WORDS, SIGN_IN_WORDS } from '../../src-renderer/features/settings/words.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import { SETTINGS } from '../../src-shared/settings.ts';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import type { TestCertificate } from '../support/certificates.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const program = findChromium();
if (program === null) console.warn('SKIPPED: settings in the window; no Chromium found.');
if (!hasOpenssl) console.warn('SKIPPED: settings in the window; no openssl found.');

const SOON = { timeout: 20_000, interval: 100 };

describe.skipIf(program === null || !hasOpenssl)('settings in the window', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let statePath: string;

  beforeAll(async () => {
    statePath = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-test-'));
    writeFileSync(path.join(statePath, 'state.ini'), '[Service Info]\nName = Ours\n');
    const env = { TABPY_STATE_PATH: statePath };
    [server, browser] = await Promise.all([startServer({ args: ['--console'], env }), launchChromium(program!)]);
    page = await browser.newPage();
    const link = await vi.waitFor(() => {
      const found = /in a browser: (\S+)/.exec(server.output())?.[1];
      if (found === undefined) throw new Error('no link was printed');
      return found;
    }, SOON);
    await page.goto(link);
    await page.getByRole('link', { name: WORDS.screens.settings, exact: true }).click();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(statePath, { recursive: true, force: true });
  });

  const statusFor = async (name: string, password: string): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    return (await server.post('/evaluate', { data: {}, script: 'return 1' }, { authorization })).status;
  };
  const shownPassword = async (): Promise<string> =>
    (await page.locator('.settings__password .code').textContent()) ?? '';

  it('says which values the command line, the environment and state.ini give', async () => {
    const row = (name: string) => page.locator(`[data-setting="${name}"] .setting-source`);
    const { source } = SETTINGS_WORDS;
    await row('port')
      .getByText(source.start({ kind: 'line', place: '--port' }, false))
      .waitFor();
    const env = { kind: 'environment', place: 'TABPY_STATE_PATH' } as const;
    expect(await row('statePath').textContent()).toBe(source.start(env, false));
    expect(await row('name').textContent()).toBe(source.state(path.join(statePath, 'state.ini'), 'Ours'));
    const size = page.getByRole('textbox', { name: SETTINGS.maxRequestMegabytes.label });
    await size.fill('50');
    await size.press('Enter');
    await row('maxRequestMegabytes').getByText(source.file('100 MB')).waitFor();
    await page.getByRole('button', { name: source.resetOne(SETTINGS.maxRequestMegabytes.label) }).click();
    await row('maxRequestMegabytes').getByText(source.default, { exact: true }).waitFor();
    expect(await size.inputValue()).toBe('100');
  });

  it('asks every caller for a password once the first user was added', async () => {
    await page.getByRole('link', { name: SETTINGS_WORDS.sections.security }).click();
    expect((await server.evaluate('return 1')).status).toBe(200);
    await page.getByRole('textbox', { name: SIGN_IN_WORDS.name }).fill('Tableau');
    await page.getByRole('button', { name: SIGN_IN_WORDS.addFirst }).click();
    await page.getByText(SIGN_IN_WORDS.leadOn).waitFor();
    const password = await shownPassword();
    expect((await server.evaluate('return 1')).status).toBe(401);
    expect(await statusFor('tableau', password)).toBe(200);
    expect(readFileSync(path.join(server.dataDir, 'users.txt'), 'utf8')).not.toContain(password);
    expect(server.output()).not.toContain(password);
  });

  it('lets a user in with a new password only', async () => {
    const before = await shownPassword();
    await page.getByRole('button', { name: SIGN_IN_WORDS.renewOne('tableau') }).click();
    await page.getByRole('button', { name: SIGN_IN_WORDS.questions.renew.confirm }).click();
    await expect.poll(shownPassword, SOON).not.toBe(before);
    const after = await shownPassword();
    await expect.poll(() => statusFor('tableau', after), SOON).toBe(200);
    expect(await statusFor('tableau', before)).toBe(401);
  });

  it('keeps the last user, and lets another one be removed', async () => {
    await page.getByRole('textbox', { name: SIGN_IN_WORDS.name }).fill('bob');
    await page.keyboard.press('Enter');
    await page.getByText(SIGN_IN_WORDS.added('bob')).waitFor();
    const password = await shownPassword();
    await expect.poll(() => statusFor('bob', password), SOON).toBe(200);
    const remove = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: SIGN_IN_WORDS.removeOne(name) }).click();
      await page.getByRole('button', { name: SIGN_IN_WORDS.questions.remove.confirm, exact: true }).click();
    };
    await remove('bob');
    await expect.poll(() => statusFor('bob', password), SOON).toBe(401);
    await remove('tableau');
    await page.getByText(/tableau is the last user/).waitFor();
  });

  it('refuses a key of another certificate, and encrypts with the right one', async () => {
    const folder = temporaryFolder();
    const [right, other] = [makeCertificate(folder), makeCertificate(folder, 'other')];
    const card = page.getByRole('region', { name: HTTPS_WORDS.title });
    const use = async ({ certificateFile, keyFile }: TestCertificate): Promise<void> => {
      await card.getByRole('textbox', { name: SETTINGS.certificateFile.label, exact: true }).fill(certificateFile);
      await card.getByRole('textbox', { name: SETTINGS.keyFile.label }).fill(keyFile);
      await card.getByRole('button', { name: HTTPS_WORDS.switchOn }).click();
    };
    await use({ ...right, keyFile: other.keyFile });
    await card.getByText(/does not belong to the certificate/).waitFor();
    expect((await server.get('/info')).status).toBe(401);
    await use(right);
    await card.getByText(HTTPS_WORDS.leadOn).waitFor();
    // The server was started with any free port, and opened another one.
    const shown = await page
      .getByRole('banner')
      .getByText(/^https:/)
      .textContent();
    const port = Number(new URL(shown ?? '').port);
    const status = await new Promise((resolve, reject) => {
      const ca = readFileSync(right.certificateFile);
      const asked = request({ host: 'localhost', port, path: '/info', ca }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.once('error', reject);
      asked.end();
    });
    expect(status).toBe(401);
  });
});
