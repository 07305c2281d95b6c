// The Settings screen in a real browser: keeping values, importing from TabPy, the report.

import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../../src-shared/state-words.ts';
import type { FakeWindow } from '../../support/fake-window.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { LAB } from '../../support/environment-scenes.ts';
import { snapshotWith, STATES } from '../../support/scenes.ts';
import { IMPORT_WORDS, REPORT_WORDS, SETTINGS_WORDS } from '../../../../src-renderer/features/settings/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';
import { SETTINGS } from '../../../../src-shared/settings.ts';

describe.skipIf(isWithoutChromium)('the Settings screen', () => {
  const { open } = usePageTests();

  describe('the settings', () => {
    it('say while a port is typed whether it is free, and keep it when it is done', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings', isStill: false });
      const port = page.getByRole('textbox', { name: SETTINGS.port.label, exact: true });
      await port.fill('9005');
      await page.getByText(SETTINGS_WORDS.port.free(9005)).waitFor();
      expect((await asked()).filter(({ name }) => name === 'changeSettings')).toEqual([]);
      await port.press('Enter');
      await expect.poll(asked).toContainEqual({ name: 'changeSettings', values: [{ port: 9005 }] });
    });

    it('say by whom a port is taken', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings', isStill: false });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('checkPort', () => ({
          kind: 'taken' as const,
          holder: { pid: 8124, name: 'python.exe' },
          answersLike: 'TabPy 2.16.0',
        }));
      });
      await page.getByRole('textbox', { name: SETTINGS.port.label, exact: true }).fill('9007');
      const words = page.getByText(
        SETTINGS_WORDS.port.taken(9007, SETTINGS_WORDS.port.holder('python.exe', 8124), 'TabPy 2.16.0'),
      );
      await expect.poll(() => words.isVisible()).toBe(true);
    });

    it('shows why something failed beside the button that was pressed, and nowhere else', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings/tabpy' });
      await page.evaluate(() =>
        (globalThis as unknown as FakeWindow).fake.refuse('importFromTabpy', 'There is no TabPy.'),
      );
      await page.getByRole('button', { name: IMPORT_WORDS.look }).click();
      const card = page.getByRole('region', { name: IMPORT_WORDS.title });
      await card.getByRole('alert').getByText('There is no TabPy.').waitFor();
      expect(await page.getByText('There is no TabPy.').count()).toBe(1);
      await card.getByRole('textbox', { name: IMPORT_WORDS.place }).fill('/opt');
      expect(await page.getByText('There is no TabPy.').count()).toBe(0);
    });

    it('tell what is wrong at the field, and do not keep it', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings' });
      const port = page.getByRole('textbox', { name: SETTINGS.port.label, exact: true });
      await port.fill('90000');
      await page.getByText('Port must be a whole number from 0 to 65535.').waitFor();
      expect(await port.getAttribute('aria-invalid')).toBe('true');
      await port.blur();
      expect((await asked()).filter(({ name }) => name === 'changeSettings')).toEqual([]);
      await port.press('Escape');
      expect(await port.inputValue()).toBe('9004');
    });

    it('show at the field why the program refused a value', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings' });
      const refusal = 'Port 9005 is in use by python.exe (PID 8124). Choose another port or stop that program.';
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.refuse('changeSettings', text);
      }, refusal);
      const port = page.getByRole('textbox', { name: SETTINGS.port.label, exact: true });
      await port.fill('9005');
      await port.press('Enter');
      await expect.poll(() => page.getByText(refusal).isVisible()).toBe(true);
    });

    it('keep switches, choices and lists at once', async () => {
      const { page, asked, show } = await open(snapshotWith(), { screen: 'settings/general' });
      await page.getByText(SETTINGS.startHidden.label).click();
      await page.getByText(SETTINGS_WORDS.choices['dark']!, { exact: true }).click();
      await show('settings/hosts');
      const hosts = page.getByRole('textbox', { name: SETTINGS.hosts.label });
      await hosts.fill('127.0.0.1\n192.168.7.20\n');
      await hosts.blur();
      await page.getByText(SETTINGS_WORDS.openToNetwork).waitFor();
      expect((await asked()).filter(({ name }) => name === 'changeSettings').map(({ values }) => values[0])).toEqual([
        { startHidden: true },
        { theme: 'dark' },
        { hosts: ['127.0.0.1', '192.168.7.20'] },
      ]);
      expect(
        await page.evaluate(
          'getComputedStyle(document.body).colorScheme || getComputedStyle(document.documentElement).colorScheme',
        ),
      ).toBe('dark');
    });

    it('take over a TabPy after it was looked at', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings/tabpy' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('importFromTabpy', ({ isDryRun }) => ({
          stateFolder: '/opt/tabpy',
          configFile: null,
          python: null,
          isDryRun,
          functions: [
            { name: 'add', type: 'model' as const, version: 2, outcome: 'taken' as const, text: '' },
            {
              name: 'old',
              type: 'model' as const,
              version: 1,
              outcome: 'failed' as const,
              text: 'Its source is gone.',
            },
          ],
          settings: [{ label: 'Port', value: '9010', outcome: 'taken' as const, text: '' }],
          remarks: ['Arrow is not here.'],
          isComplete: false,
        }));
      });
      const take = page.getByRole('button', { name: IMPORT_WORDS.take });
      expect(await take.isDisabled()).toBe(true);
      await page.getByRole('textbox', { name: IMPORT_WORDS.place }).fill('/opt/tabpy');
      await page.getByRole('button', { name: IMPORT_WORDS.look }).click();
      await page.getByText(IMPORT_WORDS.wouldTake).waitFor();
      const functions = page.getByRole('region', { name: IMPORT_WORDS.functions }).getByRole('listitem');
      expect(await functions.allTextContents()).toEqual([
        `✓${IMPORT_WORDS.planned.taken}: add `,
        `▲${IMPORT_WORDS.planned.failed}: old Its source is gone.`,
      ]);
      await take.click();
      await page.getByText(IMPORT_WORDS.someTaken).waitFor();
      expect((await asked()).filter(({ name }) => name === 'importFromTabpy').map(({ values }) => values[0])).toEqual([
        { place: '/opt/tabpy', isDryRun: true, override: false },
        { place: '/opt/tabpy', isDryRun: false, override: false },
      ]);
    });

    it('offer the Python of that TabPy as an environment', async () => {
      const one = await open(snapshotWith(), { screen: 'settings/tabpy' });
      const { page } = one;
      await one.answer('importFromTabpy', {
        stateFolder: '/opt/tabpy',
        configFile: null,
        python: '/opt/tabpy/bin/python3',
        isDryRun: true,
        functions: [],
        settings: [],
        remarks: [],
        isComplete: true,
      });
      await one.answer('addEnvironment', { ...LAB, name: 'tabpy' });
      await page.getByRole('button', { name: IMPORT_WORDS.look }).click();
      await page.getByRole('button', { name: IMPORT_WORDS.addEnvironment }).click();
      await page.getByText(IMPORT_WORDS.addedEnvironment('tabpy')).waitFor();
      expect((await one.asked()).at(-1)).toEqual({ name: 'addEnvironment', values: ['/opt/tabpy/bin/python3', null] });
    });

    it('take over only the TabPy that was looked at', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings/tabpy' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('importFromTabpy', ({ isDryRun }) => ({
          stateFolder: '/opt/tabpy',
          configFile: null,
          python: null,
          isDryRun,
          functions: [],
          settings: [],
          remarks: [],
          isComplete: true,
        }));
      });
      const take = page.getByRole('button', { name: IMPORT_WORDS.take });
      const place = page.getByRole('textbox', { name: IMPORT_WORDS.place });
      await place.fill('/opt/tabpy');
      await page.getByRole('button', { name: IMPORT_WORDS.look }).click();
      await page.getByText(IMPORT_WORDS.wouldTake).waitFor();
      expect(await take.isEnabled()).toBe(true);
      // Empty is another place: where TabPy usually is.
      await place.press('Escape');
      expect(await place.inputValue()).toBe('');
      expect(await take.isDisabled()).toBe(true);
    });

    it('forget what is kept of requests, and copy a report', async () => {
      const { page, asked, show } = await open(snapshotWith(), { screen: 'settings/privacy' });
      await page.getByRole('button', { name: SETTINGS_WORDS.forget }).click();
      await page.getByRole('status').getByText(SETTINGS_WORDS.forgotten).waitFor();
      await show('settings/support');
      await page.getByRole('button', { name: SETTINGS_WORDS.copyReport }).click();
      await page.getByRole('status').getByText(WORDS.copied).waitFor();
      const [forgot, tested, copied] = (await asked()).filter(({ name }) => name !== 'checkPort');
      expect([forgot?.name, tested?.name, copied?.name]).toEqual(['clearRequests', 'selfTest', 'copyText']);
      expect(copied?.values[0]).toContain(REPORT_WORDS.state(titleOf(STATES.running)));
    });

    it('show at a choice and at a switch why the program refused a value', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings/log' });
      const refusal = 'The folder cannot be written.';
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.refuse('changeSettings', text);
      }, refusal);
      for (const name of ['logToFile', 'logFormat'] as const) {
        const row = page.locator(`[data-setting="${name}"]`);
        await row.getByText(name === 'logToFile' ? SETTINGS[name].label : 'json', { exact: true }).click();
        await expect.poll(() => row.getByRole('alert').textContent()).toBe(refusal);
      }
    });

    it('follow what is changed elsewhere', async () => {
      const { page, emit } = await open(snapshotWith(), { screen: 'settings' });
      await emit({ name: 'settings', value: { ...snapshotWith().settings, port: 9010 } });
      await expect
        .poll(() => page.getByRole('textbox', { name: SETTINGS.port.label, exact: true }).inputValue())
        .toBe('9010');
    });
  });
});
