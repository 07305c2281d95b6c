// The sections, the search and the sources of settings in a real browser.

import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SETTINGS } from '../../../../src-shared/settings.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith } from '../../support/scenes.ts';
import { SETTINGS_WORDS } from '../../../../src-renderer/features/settings/words.ts';

const { sections, source } = SETTINGS_WORDS;
const IN_A_BROWSER = { ...snapshotWith().program, surface: 'console' } as const;

describe.skipIf(isWithoutChromium)('the sections of the Settings screen', () => {
  const { open } = usePageTests();

  it('are walked through by their list, with the keyboard too', async () => {
    const { page } = await open(snapshotWith(), { screen: 'settings' });
    const list = page.getByRole('navigation', { name: SETTINGS_WORDS.sectionList });
    await page.getByRole('region', { name: sections.connection }).waitFor();
    await list.getByRole('link', { name: sections.python }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: sections.python }).waitFor();
    expect(await page.getByRole('region', { name: sections.connection }).count()).toBe(0);
    expect(await list.locator('[aria-current]').allTextContents()).toEqual([sections.python]);
    await page.goBack();
    await page.getByRole('region', { name: sections.connection }).waitFor();
  });

  it.each([760, 1040])('do not move in their list when one is chosen, at %i pixels', async (width) => {
    const { page, show } = await open(snapshotWith(), { screen: 'settings', width });
    const places = (): Promise<unknown> =>
      page.evaluate(
        "[...document.querySelectorAll('.settings__section')].map((one) => [one.offsetLeft, one.offsetTop].join())",
      );
    const before = await places();
    for (const section of ['scripts', 'general', 'support'] as const) {
      await show(`settings/${section}`);
      await page.locator('[aria-current]').getByText(sections[section]).waitFor();
      expect(await places()).toEqual(before);
    }
  });

  it('are searched with Ctrl+F, and a section ends the search', async () => {
    const { page } = await open(snapshotWith(), { screen: 'settings' });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('tabpy_evaluate_timeout');
    await page.getByText(SETTINGS_WORDS.found(1, 'tabpy_evaluate_timeout')).waitFor();
    expect(await page.locator('[data-setting]').count()).toBe(1);
    await page.getByRole('textbox', { name: SETTINGS.evaluateTimeoutSeconds.label }).waitFor();
    await page.keyboard.type('x');
    await page.getByText(SETTINGS_WORDS.found(0, 'tabpy_evaluate_timeoutx')).waitFor();
    await page.getByRole('link', { name: sections.connection }).click();
    await page.getByRole('region', { name: sections.connection }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('show in a browser only what applies there', async () => {
    const { page } = await open(snapshotWith({ program: IN_A_BROWSER }), { screen: 'settings/general' });
    await page.getByText(SETTINGS.theme.label, { exact: true }).waitFor();
    const shown = await page.locator('[data-setting]').evaluateAll((all) => all.map((one) => one.dataset['setting']));
    expect(shown).toEqual(['showGuide', 'theme']);
  });

  it('put the focus into the setting that a link names', async () => {
    const { page } = await open(snapshotWith(), { screen: 'settings/workers' });
    await expect
      .poll(() => page.evaluate('document.activeElement?.closest("[data-setting]")?.dataset.setting'))
      .toBe('workers');
  });

  it('say where each value comes from, and go back to a default', async () => {
    const start = { kind: 'environment', place: 'TABPY_PORT' } as const;
    const state = { kind: 'state', file: '/opt/tabpy/state.ini', value: 'Ours' } as const;
    const { page, asked, emit } = await open(
      snapshotWith({
        settings: { ...DEFAULT_SETTINGS, port: 9010, maxRequestMegabytes: 5 },
        settingSources: { port: { kind: 'start', start }, maxRequestMegabytes: { kind: 'file' }, name: state },
      }),
      { screen: 'settings' },
    );
    const row = (name: string) => page.locator(`[data-setting="${name}"]`);
    await row('port').getByText(source.start(start, false)).waitFor();
    await row('name').getByText(source.state(state.file, state.value)).waitFor();
    await row('gzipEnabled').getByText(source.default, { exact: true }).waitFor();
    await row('maxRequestMegabytes').getByText(source.file('100 MB')).waitFor();
    await page.getByRole('button', { name: source.resetOne(SETTINGS.maxRequestMegabytes.label) }).click();
    expect((await asked()).filter(({ name }) => name === 'changeSettings')).toEqual([
      { name: 'changeSettings', values: [{ maxRequestMegabytes: 100 }] },
    ]);
    await emit({ name: 'settingSources', value: { port: { kind: 'until-end', start } } });
    await row('port').getByText(source.untilEnd(start, false)).waitFor();
    await row('maxRequestMegabytes').getByText(source.default, { exact: true }).waitFor();
  });

  it('say of a setting that is read at the start that a change has no effect while it is given', async () => {
    const start = { kind: 'line', place: '--log-folder' } as const;
    const snapshot = snapshotWith({ settingSources: { logFolder: { kind: 'start', start } } });
    const { page } = await open(snapshot, { screen: 'settings/log' });
    const row = page.locator('[data-setting="logFolder"]');
    await expect.poll(() => row.textContent()).toContain(source.start(start, true));
  });

  it('let a path be chosen in the app and typed in a browser', async () => {
    const { page, asked, answer } = await open(snapshotWith(), { screen: 'settings/scripts' });
    await answer('choosePath', '/data/files');
    const choose = { name: SETTINGS_WORDS.chooseFor(SETTINGS.filesForScripts.label) };
    await page.getByRole('button', choose).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: SETTINGS.filesForScripts.label }).inputValue())
      .toBe('/data/files');
    expect(await asked()).toEqual([
      { name: 'choosePath', values: ['filesForScripts'] },
      { name: 'changeSettings', values: [{ filesForScripts: '/data/files' }] },
    ]);
    const browser = await open(snapshotWith({ program: IN_A_BROWSER }), { screen: 'settings/scripts' });
    await browser.page.getByRole('textbox', { name: SETTINGS.filesForScripts.label }).waitFor();
    expect(await browser.page.getByRole('button', choose).count()).toBe(0);
  });
});
