import { describe, expect, it } from 'vitest';
import type { About } from '../../../../src-shared/about.ts';
import { ABOUT_WORDS as words } from '../../../../src-renderer/features/about/words.ts';
import { SETTINGS_WORDS } from '../../../../src-renderer/features/settings/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith } from '../../support/scenes.ts';

const ABOUT: About = {
  version: '1.2.3',
  python: '3.14.2',
  pyodide: '314.0.4',
  packages: [
    { name: 'numpy', version: '2.4.3', licence: 'BSD-3-Clause AND 0BSD' },
    { name: 'seaborn', version: '0.13.2', licence: null },
  ],
  dataDir: '/home/ana/.local/share/tabpy-tray',
  licences: { kind: 'text', place: '/opt/licences', text: 'a licence\n'.repeat(2_000) },
  issues: null,
};

describe.skipIf(isWithoutChromium)('the screen About', () => {
  const { open } = usePageTests();
  const opened = async (more: Partial<About> = {}) => {
    const window = await open(snapshotWith());
    await window.answer('about', { ...ABOUT, ...more });
    await window.page.getByRole('link', { name: WORDS.screens.about, exact: true }).click();
    await window.page.getByRole('heading', { name: words.program, exact: true }).waitFor();
    return window;
  };

  it('shows versions, the packages with their licences, and where the data lies', async () => {
    const { page, complaints } = await opened();
    const shown = await page.getByRole('main').innerText();
    for (const text of ['1.2.3', words.pythonIs('3.14.2', '314.0.4'), words.packagesAre(2), ABOUT.dataDir])
      expect(shown).toContain(text);
    expect(shown).toMatch(/numpy\s+2\.4\.3 BSD-3-Clause AND 0BSD/);
    expect(shown).toContain(`0.13.2 ${words.licenceUnknown}`);
    expect(complaints).toEqual([]);
  });

  it('scrolls the licences with the keyboard, in a part of their own', async () => {
    const { page } = await opened();
    const part = page.getByRole('region', { name: words.licencesText });
    await part.focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => part.evaluate((element) => (element as { scrollTop: number }).scrollTop))
      .toBeGreaterThan(1_000);
  });

  it('says how licences are made in a clone that has none', async () => {
    const { page } = await opened({ licences: { kind: 'none', place: '/clone/build/notices' } });
    await page.getByText(words.licencesNone('/clone/build/notices')).waitFor();
    expect(await page.getByRole('region', { name: words.licencesText }).count()).toBe(0);
  });

  it('copies a report, and names the page for problems where this copy knows one', async () => {
    const { page } = await opened();
    await page.getByRole('button', { name: SETTINGS_WORDS.copyReport }).waitFor();
    expect(await page.getByText(words.tellAt).count()).toBe(0);
    const other = await opened({ issues: 'https://github.com/someone/tray/issues' });
    await other.page.getByText('https://github.com/someone/tray/issues').waitFor();
    await other.page.getByRole('button', { name: words.copyAddress }).waitFor();
  });

  it('asks again when Python became ready', async () => {
    const { page, emit, answer } = await opened({ python: null, packages: [] });
    await page.getByText(words.packagesNone).waitFor();
    await answer('about', ABOUT);
    await emit({ name: 'program', value: { ...snapshotWith().program, python: '3.15.0' } });
    await page.getByText(words.packagesAre(2)).waitFor();
    expect(await page.getByText(words.packagesNone).count()).toBe(0);
  });
});
