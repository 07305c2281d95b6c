// Sign-in and HTTPS set up in the window, in a real browser.

import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SETTINGS } from '../../../../src-shared/settings.ts';
import type { Settings } from '../../../../src-shared/settings.ts';
import type { FakeWindow } from '../../support/fake-window.ts';
import type { OpenedPage } from '../../support/opened-page.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith } from '../../support/scenes.ts';
import { HTTPS_WORDS, SETTINGS_WORDS, SIGN_IN_WORDS } from '../../../../src-renderer/features/settings/words.ts';

const FILE = '/home/ana/users.txt';
const PASSWORD = 'kT4mPz9rQw2XcVbn';

describe.skipIf(isWithoutChromium)('Sign-in and HTTPS on the Settings screen', () => {
  const { open } = usePageTests();
  const opened = async (settings: Partial<Settings> = {}, names: readonly string[] = []): Promise<OpenedPage> => {
    const one = await open(snapshotWith({ settings: { ...DEFAULT_SETTINGS, ...settings } }), { screen: 'home' });
    await one.answer('users', { file: FILE, names, fault: null });
    await one.answer('addUser', { name: 'tableau', password: PASSWORD });
    await one.answer('renewPassword', { name: 'tableau', password: PASSWORD });
    await one.show('settings/security');
    return one;
  };
  const named = async ({ asked }: OpenedPage, ...names: readonly string[]) =>
    (await asked()).filter(({ name }) => names.includes(name));

  it('adds the first user with a password that is shown once, and says what Tableau needs', async () => {
    const one = await opened();
    const { page, answer, emit, show } = one;
    await page.getByText(SIGN_IN_WORDS.leadOff).waitFor();
    await page.getByRole('textbox', { name: SIGN_IN_WORDS.name }).fill(' Tableau ');
    await answer('users', { file: FILE, names: ['tableau'], fault: null });
    await page.getByRole('button', { name: SIGN_IN_WORDS.addFirst }).click();
    await page.getByText(PASSWORD, { exact: true }).waitFor();
    await page.getByText(SIGN_IN_WORDS.inTableau).waitFor();
    await emit({ name: 'settings', value: { ...DEFAULT_SETTINGS, passwordFile: FILE } });
    await page.getByText(SIGN_IN_WORDS.leadOn).waitFor();
    await page.getByRole('list', { name: SIGN_IN_WORDS.users }).getByText('tableau', { exact: true }).waitFor();
    await page.getByRole('button', { name: SIGN_IN_WORDS.copy }).click();
    await expect
      .poll(() => named(one, 'addUser', 'copyText'))
      .toEqual([
        { name: 'addUser', values: ['Tableau'] },
        { name: 'copyText', values: [PASSWORD] },
      ]);
    await show('home');
    await show('settings/security');
    await page.getByRole('list', { name: SIGN_IN_WORDS.users }).waitFor();
    expect(await page.getByText(PASSWORD).count()).toBe(0);
  });

  it('gives a new password and removes, each after a question', async () => {
    const one = await opened({ passwordFile: FILE }, ['tableau', 'bob']);
    const { page } = one;
    const dialog = page.getByRole('alertdialog');
    await page.getByRole('button', { name: SIGN_IN_WORDS.renewOne('tableau') }).click();
    await dialog.getByRole('button', { name: SIGN_IN_WORDS.questions.renew.confirm }).click();
    await page.getByText(SIGN_IN_WORDS.renewed('tableau')).waitFor();
    await page.getByRole('button', { name: SIGN_IN_WORDS.removeOne('bob') }).click();
    await dialog.getByRole('button', { name: SIGN_IN_WORDS.questions.remove.confirm, exact: true }).click();
    await expect
      .poll(() => named(one, 'renewPassword', 'removeUser'))
      .toEqual([
        { name: 'renewPassword', values: ['tableau'] },
        { name: 'removeUser', values: ['bob'] },
      ]);
    // The password of before must not stand above what is done next.
    await expect.poll(() => page.getByText(PASSWORD).count()).toBe(0);
  });

  it('is switched off after a question, and on again with the users that are kept', async () => {
    const one = await opened({ passwordFile: FILE }, ['tableau']);
    const { page } = one;
    await page.getByRole('button', { name: SIGN_IN_WORDS.switchOff }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: SIGN_IN_WORDS.offNow }).click();
    await page.getByRole('button', { name: SIGN_IN_WORDS.switchOn, exact: true }).click();
    await expect
      .poll(() => named(one, 'changeSettings'))
      .toEqual([
        { name: 'changeSettings', values: [{ passwordFile: '' }] },
        { name: 'changeSettings', values: [{ passwordFile: FILE }] },
      ]);
  });

  it('says beside the fields why a user was not added, and why the file cannot be read', async () => {
    const { page, answer, show } = await opened();
    await page.evaluate(() => {
      (globalThis as unknown as FakeWindow).fake.refuse('addUser', 'A user name cannot contain spaces.');
    });
    await page.getByRole('textbox', { name: SIGN_IN_WORDS.name }).fill('a b');
    await page.keyboard.press('Enter');
    const card = page.getByRole('region', { name: SIGN_IN_WORDS.title });
    await card.getByRole('alert').getByText('A user name cannot contain spaces.').waitFor();
    expect(await page.getByRole('textbox', { name: SIGN_IN_WORDS.name }).inputValue()).toBe('a b');
    await answer('users', { file: FILE, names: [], fault: 'The password file cannot be read.' });
    await show('home');
    await show('settings/security');
    await card.getByText('The password file cannot be read.').waitFor();
  });

  it('switches HTTPS on with both files at once, and shows why not', async () => {
    const one = await opened();
    const { page, answer } = one;
    const card = page.getByRole('region', { name: HTTPS_WORDS.title });
    const on = card.getByRole('button', { name: HTTPS_WORDS.switchOn });
    expect(await on.isDisabled()).toBe(true);
    await answer('choosePath', '/tls/server.crt');
    await card.getByRole('button', { name: SETTINGS_WORDS.chooseFor(SETTINGS.certificateFile.label) }).click();
    await card.getByRole('textbox', { name: SETTINGS.keyFile.label }).fill('/tls/other.key');
    await page.evaluate(() => {
      (globalThis as unknown as FakeWindow).fake.refuse('changeSettings', 'The key does not belong to it.');
    });
    await on.click();
    await card.getByRole('alert').getByText('The key does not belong to it.').waitFor();
    expect(await card.getByRole('textbox', { name: SETTINGS.certificateFile.label, exact: true }).inputValue()).toBe(
      '/tls/server.crt',
    );
    expect(await named(one, 'changeSettings')).toEqual([
      {
        name: 'changeSettings',
        values: [{ transferProtocol: 'https', certificateFile: '/tls/server.crt', keyFile: '/tls/other.key' }],
      },
    ]);
  });

  it('takes other files while HTTPS is on, and switches it off after a question', async () => {
    const files = { certificateFile: '/tls/server.crt', keyFile: '/tls/server.key' };
    const one = await opened({ transferProtocol: 'https', ...files });
    const { page } = one;
    const card = page.getByRole('region', { name: HTTPS_WORDS.title });
    await card.getByText(HTTPS_WORDS.leadOn).waitFor();
    expect(await card.getByRole('button', { name: HTTPS_WORDS.useFiles }).count()).toBe(0);
    await card.getByRole('textbox', { name: SETTINGS.keyFile.label }).fill('/tls/new.key');
    await card.getByRole('button', { name: HTTPS_WORDS.useFiles }).click();
    await card.getByRole('button', { name: HTTPS_WORDS.switchOff }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: HTTPS_WORDS.offNow }).click();
    await expect
      .poll(() => named(one, 'changeSettings'))
      .toEqual([
        { name: 'changeSettings', values: [{ transferProtocol: 'https', ...files, keyFile: '/tls/new.key' }] },
        { name: 'changeSettings', values: [{ transferProtocol: 'http' }] },
      ]);
  });
});
