// Environments on the Packages screen in a real browser: found, added, made, looked into, changed, chosen, removed.

import { describe, expect, it } from 'vitest';
import type { EnvironmentsState } from '../../../../src-shared/environment.ts';
import { NO_ENVIRONMENTS } from '../../../../src-shared/environment.ts';
import type { OpenedPage } from '../../support/opened-page.ts';
import { ENVIRONMENTS, FOUND, LAB, MANAGED } from '../../support/environment-scenes.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith } from '../../support/scenes.ts';
import { ENVIRONMENT_WORDS as words } from '../../../../src-renderer/features/packages/environments/words.ts';

describe.skipIf(isWithoutChromium)('environments', () => {
  const { open } = usePageTests();
  const opened = async (environments: EnvironmentsState = ENVIRONMENTS): Promise<OpenedPage> => {
    const one = await open(snapshotWith({ environments }), { screen: 'packages' });
    await one.answer('findPythons', FOUND);
    return one;
  };
  const card = ({ page }: OpenedPage) => page.getByRole('region', { name: words.title, exact: true });

  it('are listed with version, kind, packages and what is wrong', async () => {
    const one = await opened();
    const rows = card(one).getByRole('listitem');
    expect(await rows.count()).toBe(3);
    const text = await rows.nth(0).textContent();
    expect(text).toContain(words.facts('3.12.4', 'existing', 3));
    expect(text).toContain(words.isDefault);
    expect(await rows.nth(2).textContent()).toContain('is no longer there');
    await one.page.getByRole('button', { name: words.showOf('churn') }).click();
    await card(one).getByText('numpy 2.4.3, pandas 3.0.2, torch 2.12.0').waitFor();
    expect(await one.page.getByRole('button', { name: words.change }).count()).toBe(0);
    expect(one.complaints).toEqual([]);
  });

  it('of this computer are found and added, and one by its path with the keyboard alone', async () => {
    const one = await opened(NO_ENVIRONMENTS);
    const { page } = one;
    await one.answer('addEnvironment', LAB);
    await card(one).getByText(words.unused).waitFor();
    await page.getByRole('button', { name: words.addTitle }).focus();
    await page.keyboard.press('Enter');
    await card(one).getByText(words.foundFacts(words.kinds.conda, '3.13.1')).waitFor();
    await page.getByRole('button', { name: words.addOne('/usr/bin/python3') }).click();
    await page.getByRole('textbox', { name: words.path }).fill(' /opt/python ');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => one.asked())
      .toEqual([
        { name: 'addEnvironment', values: ['/usr/bin/python3', null] },
        { name: 'addEnvironment', values: ['/opt/python', null] },
      ]);
    await expect.poll(() => page.getByRole('textbox', { name: words.path }).inputValue()).toBe('');
  });

  it('are made from a name and packages, with progress that can be cancelled', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByRole('button', { name: words.makeTitle }).click();
    const form = page.getByRole('region', { name: words.makeTitle });
    await form.getByRole('textbox', { name: words.name, exact: true }).fill('builtin');
    await form.getByText("'builtin' is the name of the Python that comes with TabPy Tray.").waitFor();
    await form.getByRole('textbox', { name: words.packages }).fill('pandas\ntorch');
    expect(await form.getByRole('button', { name: words.make }).isDisabled()).toBe(true);
    await one.emit({
      name: 'environments',
      value: { ...ENVIRONMENTS, work: { text: 'Choosing versions', fraction: null } },
    });
    await page.getByText('Choosing versions').waitFor();
    await card(one).getByRole('button', { name: words.cancel }).click();
    await one.emit({ name: 'environments', value: ENVIRONMENTS });
    await form.getByRole('textbox', { name: words.name, exact: true }).fill('sales-2');
    await form.getByRole('button', { name: words.make }).click();
    await form.waitFor({ state: 'detached' });
    expect(await one.asked()).toEqual([
      { name: 'cancelEnvironmentWork', values: [] },
      {
        name: 'createEnvironment',
        values: [{ name: 'sales-2', python: null, contents: { kind: 'packages', text: 'pandas\ntorch' } }],
      },
    ]);
  });

  it('are made from a file: a lock as it is, a requirements file as a list that can be edited', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByRole('button', { name: words.makeTitle }).click();
    const form = page.getByRole('region', { name: words.makeTitle });
    const choose = async (name: string, text: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser');
      await form.getByRole('button', { name: words.chooseFile }).click();
      await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    };
    await choose('requirements.txt', 'pandas==3.0.2\n');
    await expect.poll(() => form.getByRole('textbox', { name: words.packages }).inputValue()).toBe('pandas==3.0.2\n');
    await choose('uv.lock', 'version = 1\n');
    await form.getByText(words.fromLock('uv.lock')).waitFor();
    await form.getByRole('textbox', { name: words.name, exact: true }).fill('locked');
    await form.getByRole('button', { name: words.make }).click();
    await form.waitFor({ state: 'detached' });
    expect(await one.asked()).toEqual([
      {
        name: 'createEnvironment',
        values: [{ name: 'locked', python: null, contents: { kind: 'uv.lock', text: 'version = 1\n' } }],
      },
    ]);
  });

  it('that are managed get and lose packages', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByRole('button', { name: words.showOf('sales') }).click();
    await page.getByRole('textbox', { name: words.toAdd }).fill('seaborn, scipy==1.18.0');
    await page.getByRole('textbox', { name: words.toRemove }).fill('torch');
    await page.getByRole('button', { name: words.change }).click();
    await expect
      .poll(() => one.asked())
      .toEqual([{ name: 'changeEnvironment', values: ['sales', ['seaborn', 'scipy==1.18.0'], ['torch']] }]);
  });

  it('are looked into again, and tell what changed', async () => {
    const one = await opened();
    await one.answer('lookIntoEnvironment', { environment: MANAGED, changes: ['New packages: six 1.17.0.'] });
    await one.page.getByRole('button', { name: words.lookAt('sales') }).click();
    await card(one).getByText('New packages: six 1.17.0.').waitFor();
    await one.answer('lookIntoEnvironment', { environment: LAB, changes: [] });
    await one.page.getByRole('button', { name: words.lookAt('churn') }).click();
    await card(one).getByText(words.unchanged).waitFor();
    expect(await card(one).getByText('New packages').count()).toBe(0);
  });

  it('are chosen as the default, and removed after a question; the default stays', async () => {
    const one = await opened();
    const { page } = one;
    expect(await page.getByRole('button', { name: words.removeOne('churn') }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: words.chooseOne('sales') }).click();
    await page.getByRole('button', { name: words.chooseBuiltin }).click();
    await page.getByRole('button', { name: words.removeOne('sales') }).click();
    await page.getByRole('alertdialog').getByText(words.removeTexts.managed).waitFor();
    await page.getByRole('button', { name: words.removeNow, exact: true }).click();
    await expect
      .poll(() => one.asked())
      .toEqual([
        { name: 'chooseEnvironment', values: ['sales'] },
        { name: 'chooseEnvironment', values: ['builtin'] },
        { name: 'removeEnvironment', values: ['sales'] },
      ]);
  });

  it('cannot be chosen by a program that does not run scripts in them', async () => {
    const one = await opened({ ...ENVIRONMENTS, standard: null });
    await card(one).getByText(words.unused).waitFor();
    expect(await one.page.getByRole('button', { name: words.chooseOne('sales') }).count()).toBe(0);
  });
});
