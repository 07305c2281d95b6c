// The Packages screen in a real browser: looking up, adding, from a file, updating, removing, what is missing.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import type { PackagePlan } from '../../../../src-shared/package.ts';
import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';
import type { FakeWindow } from '../../support/fake-window.ts';
import type { OpenedPage } from '../../support/opened-page.ts';
import { PACKAGES, PLAN, WORKING } from '../../support/package-scenes.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { NOW, requestDetail, requestRecord, snapshotWith } from '../../support/scenes.ts';
import { PACKAGE_WORDS } from '../../../../src-renderer/features/packages/words.ts';
import { INSPECTOR_WORDS } from '../../../../src-renderer/features/requests/inspector/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';

describe.skipIf(isWithoutChromium)('the Packages screen', () => {
  const { open } = usePageTests();
  const { sources } = PACKAGE_WORDS;
  const planning = async ({ page }: OpenedPage, plan: PackagePlan = PLAN): Promise<void> => {
    await page.evaluate((text) => {
      const { fake } = globalThis as unknown as FakeWindow;
      for (const name of ['planPackage', 'planWheel', 'planUpdates'] as const) {
        fake.answer(name, () => JSON.parse(text) as PackagePlan);
      }
    }, JSON.stringify(plan));
  };
  const opened = async (packages = PACKAGES, plan = PLAN): Promise<OpenedPage> => {
    const one = await open(snapshotWith({ packages }), { screen: 'packages' });
    await planning(one, plan);
    return one;
  };

  it('shows what a package brings along before anything is fetched, and then adds it', async () => {
    const { page, asked, complaints } = await opened();
    await page.getByRole('textbox', { name: PACKAGE_WORDS.name }).fill('  statsmodels==0.14.6 ');
    await page.keyboard.press('Enter');
    const plan = page.getByRole('region', { name: PACKAGE_WORDS.plan });
    expect(await plan.getByRole('listitem').allTextContents()).toEqual([
      `statsmodels 0.14.6${sources.pyodide()}`,
      `patsy 1.0.2233 kB · ${sources.index('packages.example.org')} · ${PACKAGE_WORDS.neededBy('statsmodels')}`,
    ]);
    await plan
      .getByText(PACKAGE_WORDS.alreadyHere('seaborn 0.13.2, numpy 2.4.3, pandas 3.0.2, scipy 1.18.0'))
      .waitFor();
    expect(await asked()).toEqual([{ name: 'planPackage', values: ['statsmodels==0.14.6'] }]);
    await page.keyboard.press('Enter');
    await plan.waitFor({ state: 'detached' });
    expect((await asked()).at(-1)).toEqual({ name: 'addPackages', values: [1] });
    expect(complaints).toEqual([]);
  });

  it('lets a plan go, and says when there is nothing to do', async () => {
    const { page, asked } = await opened(PACKAGES, { ...PLAN, packages: PLAN.packages.filter((one) => one.isThere) });
    await page.getByRole('textbox', { name: PACKAGE_WORDS.name }).fill('seaborn');
    await page.getByRole('button', { name: PACKAGE_WORDS.plus, exact: true }).click();
    await page.getByText(PACKAGE_WORDS.nothingToDo).waitFor();
    expect(await page.getByRole('button', { name: PACKAGE_WORDS.addNow(1) }).count()).toBe(0);
    await page.getByRole('button', { name: WORDS.dismiss }).click();
    expect((await asked()).map(({ name }) => name)).toEqual(['planPackage']);
  });

  it('takes a .whl file, by the button and dropped, and no other file', async () => {
    const { page, asked } = await opened();
    const name = 'ourmodels-1.4.0-py3-none-any.whl';
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: '', buffer: Buffer.from('wheel') });
    await page.getByRole('region', { name: PACKAGE_WORDS.plan }).waitFor();
    expect(await asked()).toEqual([{ name: 'planWheel', values: [name, Buffer.from('wheel').toString('base64')] }]);
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'notes.txt', mimeType: '', buffer: Buffer.from('x') });
    const card = page.getByRole('region', { name: PACKAGE_WORDS.add });
    await card.getByRole('alert').getByText(PACKAGE_WORDS.noWheel('notes.txt')).waitFor();
    // As the system's file manager does it.
    const dropped = path.join(temporaryFolder(), 'dropped-1.0-py3-none-any.whl');
    writeFileSync(dropped, 'dropped');
    const { x, y } = (await page.locator('.file-drop').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files: [dropped], dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: x + 9, y: y + 9, data });
    }
    await expect
      .poll(async () => (await asked()).at(-1))
      .toEqual({
        name: 'planWheel',
        values: ['dropped-1.0-py3-none-any.whl', Buffer.from('dropped').toString('base64')],
      });
  });

  it('offers what is missing, or says what to use instead', async () => {
    const { page, asked } = await opened();
    const missing = page.getByRole('region', { name: PACKAGE_WORDS.missing });
    await missing.getByText(PACKAGE_WORDS.times(23, '12:38')).waitFor();
    await missing.getByText('Prophet needs compiled Stan programs').waitFor();
    expect(await missing.getByRole('button').allTextContents()).toEqual([PACKAGE_WORDS.plus, PACKAGE_WORDS.plus]);
    await missing.getByRole('button', { name: PACKAGE_WORDS.addOne('statsmodels') }).click();
    await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).waitFor();
    expect(await asked()).toEqual([{ name: 'planPackage', values: ['statsmodels'] }]);
  });

  it('says what can be imported once it is added, and leads back to the request that missed it', async () => {
    const request = 7;
    const snapshot = snapshotWith({ packages: PACKAGES, requests: [requestRecord(request, NOW)] });
    const one = await open(snapshot, { screen: 'packages' });
    const { page, answer, asked, emit } = one;
    await planning(one);
    await answer('addPackages', {
      packages: [
        { ...PACKAGES.added[0]!, name: 'opencv-python', version: '4.13', imports: ['cv2'] },
        { ...PACKAGES.added[2]!, name: 'patsy', version: '1.0.2', imports: ['patsy'] },
      ],
      found: [
        { module: 'cv2', request },
        { module: 'gone', request: 99_999 },
      ],
    });
    await page.getByRole('textbox', { name: PACKAGE_WORDS.name }).fill('cv2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).click();
    await page.getByText(PACKAGE_WORDS.nowThere('opencv-python 4.13, patsy 1.0.2')).waitFor();
    await page.getByText(PACKAGE_WORDS.nowWorks(['cv2'])).waitFor();
    await emit({ name: 'packages', value: PACKAGES });
    expect(await page.getByText(PACKAGE_WORDS.missedBy('gone')).count()).toBe(0);
    const link = page.getByRole('link', { name: PACKAGE_WORDS.toRequest(request) });
    expect(await link.getAttribute('href')).toBe(`#requests/${request}`);
    expect((await asked()).map(({ name }) => name)).toEqual(['planPackage', 'addPackages']);
    await page.getByRole('button', { name: WORDS.dismiss }).click();
    expect(await link.count()).toBe(0);
  });

  it('says that an added package does not work, and why', async () => {
    const { page, answer } = await opened();
    await answer('addPackages', { packages: [PACKAGES.added[3]!], found: [] });
    await page.getByRole('button', { name: PACKAGE_WORDS.addOne('statsmodels') }).click();
    await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).click();
    const text = PACKAGE_WORDS.nowFaulty('ourmodels 1.4.0', PACKAGES.added[3]!.fault!);
    await expect.poll(() => page.getByText(text).count()).toBe(1);
  });

  it('knows at once what is included, by the name of a module too', async () => {
    const { page, asked } = await opened();
    const name = page.getByRole('textbox', { name: PACKAGE_WORDS.name });
    const add = page.getByRole('region', { name: PACKAGE_WORDS.add });
    for (const word of ['sklearn', 'Scikit_Learn', 'sklearn.cluster']) {
      await name.fill(word);
      await add.getByText(PACKAGE_WORDS.included('scikit-learn 1.8.0', ['sklearn'])).waitFor();
      expect(await add.getByRole('button', { name: PACKAGE_WORDS.plus, exact: true }).isDisabled()).toBe(true);
    }
    await page.keyboard.press('Enter');
    await name.fill('scikit-learn==1.7');
    expect(await add.getByText(PACKAGE_WORDS.included('scikit-learn 1.8.0', ['sklearn'])).count()).toBe(0);
    expect(await asked()).toEqual([]);
    await page
      .getByRole('region', { name: PACKAGE_WORDS.bundled })
      .getByText(PACKAGE_WORDS.imports(['PIL']))
      .waitFor();
  });

  it('shows beside what was done why it failed', async () => {
    const { page } = await opened();
    await page.evaluate(() => {
      const { fake } = globalThis as unknown as FakeWindow;
      fake.refuse('planPackage', 'There is no such package.');
      fake.refuse('removePackage', 'seaborn is needed.');
    });
    await page.getByRole('textbox', { name: PACKAGE_WORDS.name }).fill('nope');
    await page.keyboard.press('Enter');
    const alertIn = (title: string) => page.getByRole('region', { name: title, exact: true }).getByRole('alert');
    await expect.poll(() => alertIn(PACKAGE_WORDS.add).textContent()).toBe('There is no such package.');
    await page.getByRole('button', { name: PACKAGE_WORDS.removeOne('seaborn') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: PACKAGE_WORDS.removeNow, exact: true }).click();
    await expect.poll(() => alertIn(PACKAGE_WORDS.added).textContent()).toBe('seaborn is needed.');
    expect(await page.getByRole('alert').count()).toBe(2);
  });

  it('shows names of scripts as text', async () => {
    const module = '<img src=x onerror=alert(1)>';
    const missing = [{ module, remedy: { kind: 'look', package: module }, count: 1, lastAt: NOW, request: 1 }] as const;
    const { page, complaints } = await opened({ ...PACKAGES, missing });
    await page.getByText(module, { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows how far it is, lets nothing else begin, and cancels', async () => {
    const { page, asked, emit } = await opened();
    await emit({ name: 'packages', value: WORKING });
    const bar = page.getByRole('progressbar', { name: PACKAGE_WORDS.working });
    expect(await bar.getAttribute('aria-valuenow')).toBe('42');
    expect(await page.getByRole('button', { name: PACKAGE_WORDS.removeOne('seaborn') }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: PACKAGE_WORDS.cancel }).click();
    expect(await asked()).toEqual([{ name: 'cancelPackageWork', values: [] }]);
    await emit({ name: 'packages', value: PACKAGES });
    await bar.waitFor({ state: 'detached' });
  });

  it('removes what was asked for after a question, and looks for updates', async () => {
    const { page, asked } = await opened();
    const added = page.getByRole('region', { name: PACKAGE_WORDS.added });
    expect(await added.getByRole('button', { name: PACKAGE_WORDS.removeOne('et-xmlfile') }).count()).toBe(0);
    await added.getByText("cannot import name 'pairwise'").waitFor();
    await added.getByRole('button', { name: PACKAGE_WORDS.removeOne('openpyxl') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: PACKAGE_WORDS.removeNow, exact: true }).click();
    expect(await asked()).toEqual([{ name: 'removePackage', values: ['openpyxl'] }]);
    await added.getByRole('button', { name: PACKAGE_WORDS.lookForUpdates }).click();
    await page.getByRole('button', { name: PACKAGE_WORDS.updateNow, exact: true }).click();
    expect((await asked()).map(({ name }) => name)).toEqual(['removePackage', 'planUpdates', 'addPackages']);
  });

  it('says what is bundled, and that nothing was added yet', async () => {
    const { page } = await opened({ ...PACKAGES, added: [], missing: [] });
    await page.getByText(PACKAGE_WORDS.addedNone).waitFor();
    expect(await page.getByRole('region', { name: PACKAGE_WORDS.missing }).count()).toBe(0);
    await page.getByRole('region', { name: PACKAGE_WORDS.bundled }).getByText('2.4.3').waitFor();
  });

  it('is where a failed request leads that lacks a package', async () => {
    const failure = "ModuleNotFoundError : No module named 'statsmodels'";
    const detail: RequestDetail = {
      ...requestDetail(requestRecord(1, NOW - 9_000, { status: 500, failure }), 'failed'),
      error: { type: 'ModuleNotFoundError', text: failure, line: 1, traceback: null, missing: 'statsmodels' },
    };
    const one = await open(snapshotWith({ requests: [detail.record] }), { screen: 'requests' });
    const { page, asked, emit } = one;
    await planning(one);
    await page.evaluate((text) => {
      (globalThis as unknown as FakeWindow).fake.answer('requestDetail', () => JSON.parse(text) as RequestDetail);
    }, JSON.stringify(detail));
    await page.getByRole('row').nth(1).click();
    await page.getByRole('button', { name: INSPECTOR_WORDS.addOne('statsmodels') }).waitFor();
    await emit({ name: 'packages', value: { ...PACKAGES, missing: [] } });
    await page.getByText(INSPECTOR_WORDS.missingAdded('statsmodels')).waitFor();
    await emit({ name: 'packages', value: PACKAGES });
    await page.getByRole('button', { name: PACKAGE_WORDS.addOne('statsmodels') }).click();
    await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).waitFor();
    expect(await asked()).toEqual([{ name: 'planPackage', values: ['statsmodels'] }]);
    expect(await page.getByRole('textbox', { name: PACKAGE_WORDS.name }).inputValue()).toBe('statsmodels');
  });
});
