// Functions written in the window, in a real Chromium against the real server: what an author does from the first request on.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SAMPLE_NAMES, SAMPLES } from '../../src-renderer/features/functions/samples/samples.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { EDITOR_WORDS } from '../../src-renderer/features/functions/editor/words.ts';
import { EXAMPLE_WORDS } from '../../src-renderer/features/functions/trial/words.ts';
import { TRANSFER_WORDS } from '../../src-renderer/features/functions/transfer/words.ts';
import { SOURCE_WORDS, TRIAL_WORDS } from '../../src-renderer/workbench/words.ts';
import { VERSION_WORDS } from '../../src-renderer/features/functions/versions/words.ts';
import { FUNCTION_WORDS } from '../../src-renderer/features/functions/words.ts';
import { INSPECTOR_WORDS, PROMOTE_WORDS } from '../../src-renderer/features/requests/inspector/words.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import type { Screen } from '../../src-shared/ipc.ts';
import { beginning } from '../renderer/support/sentences.ts';

/** The first run of a package takes seconds on a busy machine. */
const PATIENCE = { timeout: 20_000 };

const program = findChromium();
if (program === null) console.warn('SKIPPED: functions written in the window; no Chromium found.');

describe.skipIf(program === null)('an author in the window', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const goTo = (screen: Screen) => page.getByRole('link', { name: WORDS.screens[screen], exact: true }).click();
  const query = async (name: string, data: unknown) => (await server.post(`/query/${name}`, { data })).body;
  const editor = () => page.getByRole('textbox', { name: EDITOR_WORDS.code });
  /** Puts another source into the editor, as one who pastes. */
  const write = async (source: string): Promise<void> => {
    await editor().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(source);
  };
  const results = () => page.getByRole('region', { name: TRIAL_WORDS.result }).getByRole('cell').allTextContents();

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ args: ['--console'] }), launchChromium(program!)]);
    page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const link = await vi.waitFor(
      () => {
        const found = /in a browser: (\S+)/.exec(server.output())?.[1];
        if (found === undefined) throw new Error(`no link was printed: ${server.output()}`);
        return found;
      },
      { timeout: 120_000 },
    );
    await page.goto(link);
    await page.getByRole('banner').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('promotes the first request to a function that answers the same', async () => {
    const script = 'import numpy as np\nx = np.asarray(_arg1)\nreturn ((x - np.asarray(_arg2)) / x).round(2).tolist()';
    const data = { _arg1: [10, 20, 40], _arg2: [5, 8, 10] };
    const first = await server.evaluate(script, data);
    expect(first.body).toEqual([0.5, 0.6, 0.75]);
    await goTo('requests');
    await page.getByRole('row').filter({ hasText: 'np.asarray' }).click();
    await page.getByRole('button', { name: INSPECTOR_WORDS.promote }).click();
    await page.getByRole('textbox', { name: PROMOTE_WORDS.name }).fill('margin');
    await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg1') }).fill('sales');
    await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg2') }).fill('costs');
    await page.getByRole('button', { name: PROMOTE_WORDS.go }).click();
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    expect(await page.getByRole('textbox', { name: 'sales' }).inputValue()).toBe('[10, 20, 40]');
    await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
    await expect.poll(results, PATIENCE).toEqual(['0.5', '0.6', '0.75']);
    await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
    await page.getByText(FUNCTION_WORDS.deployed('margin', 1)).waitFor();
    await page.getByText("tabpy.query('margin', _arg1, _arg2)['response']").waitFor();
    expect(await query('margin', { sales: [10, 20, 40], costs: [5, 8, 10] })).toMatchObject({ response: first.body });
    const shorter = "return tabpy.query('margin', _arg1, _arg2)['response']";
    expect((await server.evaluate(shorter, data)).body).toEqual(first.body);
  });

  it('makes a function of a sample, tries it, deploys it, and Tableau can ask it', async () => {
    await goTo('functions');
    await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
    await page.getByRole('combobox', { name: EDITOR_WORDS.from }).selectOption(EDITOR_WORDS.samples.clustering);
    await expect.poll(() => page.getByRole('textbox', { name: 'x' }).inputValue()).toContain('6.35');
    await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
    await expect.poll(results, PATIENCE).toEqual(['0', '0', '0', '1', '1', '1', '1']);
    await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
    await page.getByText(FUNCTION_WORDS.deployed('clustering', 1)).waitFor();
    expect(await query('clustering', SAMPLES.clustering.data)).toMatchObject({ response: [0, 0, 0, 1, 1, 1, 1] });
  });

  it('saves its test as an example, which a change that breaks it fails before it is deployed', async () => {
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
    // What was tried in the editor is still there.
    expect(await page.getByRole('textbox', { name: 'x' }).inputValue()).toContain('6.35');
    await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
    await expect.poll(results, PATIENCE).toHaveLength(7);
    await page.getByRole('button', { name: EXAMPLE_WORDS.save }).click();
    await page.getByRole('button', { name: EXAMPLE_WORDS.saveNow }).click();
    await page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
    await page.getByText(EXAMPLE_WORDS.summary(1, 0)).waitFor();
    await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
    await write(SAMPLES.clustering.source.replace('min_samples=3', 'min_samples=5'));
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    await page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
    await page.getByText(EXAMPLE_WORDS.summary(0, 1)).waitFor();
    await page.getByText('row 1: expected 0, got -1').waitFor();
    await page.getByRole('button', { name: EDITOR_WORDS.discard }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: EDITOR_WORDS.discardNow, exact: true }).click();
    await page.getByRole('article', { name: 'clustering' }).waitFor();
  });

  it('shows what a test draws, and stops one that never ends', async () => {
    await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
    const parameters = 'def clustering(x, y):\n';
    await write(`${parameters}    import matplotlib.pyplot as plt\n    plt.scatter(x, y)\n    return x\n`);
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    await page.keyboard.press('Control+Enter');
    const picture = page.getByRole('img', { name: TRIAL_WORDS.picture(1, 1) });
    await picture.waitFor();
    await expect.poll(() => picture.getAttribute('width')).toBe('640');
    await page.getByText(TRIAL_WORDS.chart, { exact: true }).click();
    await page.getByRole('img', { name: 'Chart of result: 7 values' }).waitFor();
    await write(`${parameters}    while True:\n        pass\n`);
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(TRIAL_WORDS.running).waitFor();
    await page.getByRole('button', { name: TRIAL_WORDS.stopHelp }).click();
    await page.getByText(beginning(TRIAL_WORDS.failedAfter)).waitFor();
    await page.getByRole('button', { name: EDITOR_WORDS.discard }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: EDITOR_WORDS.discardNow, exact: true }).click();
    await page.getByRole('article', { name: 'clustering' }).waitFor();
  });

  it('changes it, compares both versions, and rolls back', async () => {
    await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
    await write(SAMPLES.clustering.source.replace('min_samples=3', 'min_samples=5'));
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    await page.getByRole('button', { name: EDITOR_WORDS.deployVersion(2) }).click();
    await page.getByText(FUNCTION_WORDS.deployed('clustering', 2)).waitFor();
    expect(await query('clustering', SAMPLES.clustering.data)).toMatchObject({ version: 2 });
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.versions }).click();
    const lines = page.getByRole('list', { name: VERSION_WORDS.difference(1, 2) });
    expect(await lines.getByRole('listitem').filter({ hasText: VERSION_WORDS.removedLine }).textContent()).toContain(
      'min_samples=3',
    );
    expect(await lines.getByRole('listitem').filter({ hasText: VERSION_WORDS.added }).textContent()).toContain(
      'min_samples=5',
    );
    await page.getByRole('button', { name: VERSION_WORDS.rollBackTo(1) }).click();
    await page.getByRole('row').filter({ hasText: 'as version 1' }).getByText(VERSION_WORDS.current).waitFor();
    expect(await query('clustering', SAMPLES.clustering.data)).toMatchObject({
      version: 3,
      response: [0, 0, 0, 1, 1, 1, 1],
    });
    await page.getByRole('button', { name: VERSION_WORDS.remove(2) }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: FUNCTION_WORDS.removeNow, exact: true }).click();
    await expect.poll(() => page.getByRole('button', { name: beginning(VERSION_WORDS.rollBackTo) }).count()).toBe(1);
  });

  it('is told what is wrong as it is written, and where a trial failed', async () => {
    await goTo('functions');
    await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
    await write('def broken(x):\n    return x[');
    await page.getByText(SOURCE_WORDS.problems(1, 0)).waitFor();
    await page.locator('.cm-problem-error').waitFor();
    expect(await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).isDisabled()).toBe(true);
    await write('def broken(x):\n    y = x[0]\n    return y / 0\n');
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    await page.getByRole('textbox', { name: 'x' }).fill('1, 2');
    await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
    await page.getByText('ZeroDivisionError').first().waitFor();
    await page.getByRole('button', { name: TRIAL_WORDS.line(3), exact: true }).waitFor();
    await editor().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nimport mat');
    await page.getByRole('option', { name: 'math' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: EDITOR_WORDS.discard }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: EDITOR_WORDS.discardNow, exact: true }).click();
  });

  it('tries a deployed function with the data of its last request', async () => {
    await goTo('functions');
    await page.getByRole('row').filter({ hasText: 'margin' }).click();
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
    await page.getByRole('button', { name: TRIAL_WORDS.last }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'costs' }).inputValue()).toBe('[5, 8, 10]');
    await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
    await expect.poll(results, PATIENCE).toEqual(['0.5', '0.6', '0.75']);
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.json }).click();
    const shown = JSON.parse((await page.locator('.code-block pre').first().textContent()) ?? '') as object;
    expect(shown).toEqual({ margin: (await server.get('/endpoints/margin')).body });
  });

  it('takes functions along in a file, and brings them back', async () => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: FUNCTION_WORDS.exportOne }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('margin.zip');
    const file = path.join(temporaryFolder(), 'margin.zip');
    await download.saveAs(file);
    await page.getByRole('button', { name: FUNCTION_WORDS.remove }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: FUNCTION_WORDS.removeNow, exact: true }).click();
    await page.getByRole('grid', { name: FUNCTION_WORDS.list }).waitFor();
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('heading', { name: TRANSFER_WORDS.importTitle('margin.zip') }).waitFor();
    await page.getByRole('button', { name: TRANSFER_WORDS.importNow(1) }).click();
    await page.getByRole('row').filter({ hasText: 'margin' }).waitFor();
    expect(await query('margin', { sales: [10], costs: [5] })).toMatchObject({ response: [0.5] });
  });

  it('deploys a function of a file that was chosen', async () => {
    const file = path.join(temporaryFolder(), 'tools.py');
    writeFileSync(
      file,
      'RATE = 1.19\n\ndef helper(x):\n    return x * RATE\n\ndef gross(x):\n    return [helper(v) for v in x]\n',
    );
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(EDITOR_WORDS.fromFile('tools.py')).waitFor();
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    expect(await page.getByRole('combobox', { name: EDITOR_WORDS.function }).inputValue()).toBe('gross');
    await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
    await page.getByText(FUNCTION_WORDS.deployed('gross', 1)).waitFor();
    expect(await query('gross', { x: [100, 200] })).toMatchObject({ response: [119, 238] });
    await page.getByRole('button', { name: FUNCTION_WORDS.another('tools.py') }).click();
    await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
    expect(await page.getByRole('textbox', { name: EDITOR_WORDS.name }).inputValue()).toBe('helper');
    await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
    await page.getByText(FUNCTION_WORDS.deployed('helper', 1)).waitFor();
    expect(await query('helper', { x: 100 })).toMatchObject({ response: 119 });
    expect(complaints).toEqual([]);
  });

  it.each(SAMPLE_NAMES.filter((name) => name !== 'clustering'))(
    'has the sample %s, which deploys and answers',
    async (name) => {
      await goTo('functions');
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      await page.getByRole('combobox', { name: EDITOR_WORDS.from }).selectOption(name);
      const functionName = /^def (\w+)/m.exec(SAMPLES[name].source)![1]!;
      await expect.poll(() => page.getByRole('textbox', { name: EDITOR_WORDS.name }).inputValue()).toBe(functionName);
      await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText(TRIAL_WORDS.tookOf('')).waitFor();
      expect(await page.getByText(TRIAL_WORDS.rejected).count()).toBe(0);
      await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
      await page.getByText(FUNCTION_WORDS.deployed(functionName, 1)).waitFor();
      expect(await query(functionName, SAMPLES[name].data)).toMatchObject({ response: expect.anything() });
    },
  );

  it('counts what was called in the list', async () => {
    await goTo('functions');
    const row = page.getByRole('row').filter({ hasText: 'gross' });
    await expect.poll(() => row.getByRole('gridcell').nth(2).textContent()).toBe('1');
  });
});
