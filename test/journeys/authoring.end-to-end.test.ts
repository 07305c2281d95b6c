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

const program = findChromium();
if (program === null) console.warn('SKIPPED: functions written in the window; no Chromium found.');

describe.skipIf(program === null)('an author in the window', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const goTo = (screen: string) => page.getByRole('link', { name: screen, exact: true }).click();
  const query = async (name: string, data: unknown) => (await server.post(`/query/${name}`, { data })).body;
  const editor = () => page.getByRole('textbox', { name: 'Source' });
  /** Puts another source into the editor, as one who pastes. */
  const write = async (source: string): Promise<void> => {
    await editor().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(source);
  };
  const results = () => page.getByRole('region', { name: 'Result' }).getByRole('cell').allTextContents();

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
    await goTo('Requests');
    await page.getByRole('row').filter({ hasText: 'np.asarray' }).click();
    await page.getByRole('button', { name: 'Promote…' }).click();
    await page.getByRole('textbox', { name: 'Name of the function' }).fill('margin');
    await page.getByRole('textbox', { name: 'Name for _arg1' }).fill('sales');
    await page.getByRole('textbox', { name: 'Name for _arg2' }).fill('costs');
    await page.getByRole('button', { name: 'Continue in the editor' }).click();
    await page.getByText('No problems').waitFor();
    expect(await page.getByRole('textbox', { name: 'sales' }).inputValue()).toBe('[10, 20, 40]');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(results).toEqual(['0.5', '0.6', '0.75']);
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await page.getByText('margin is deployed as version 1.').waitFor();
    await page.getByText("tabpy.query('margin', _arg1, _arg2)['response']").waitFor();
    expect(await query('margin', { sales: [10, 20, 40], costs: [5, 8, 10] })).toMatchObject({ response: first.body });
    const shorter = "return tabpy.query('margin', _arg1, _arg2)['response']";
    expect((await server.evaluate(shorter, data)).body).toEqual(first.body);
  });

  it('makes a function of a sample, tries it, deploys it, and Tableau can ask it', async () => {
    await goTo('Functions');
    await page.getByRole('button', { name: 'New function' }).click();
    await page.getByRole('combobox', { name: 'Start from' }).selectOption('Clustering (DBSCAN)');
    await expect.poll(() => page.getByRole('textbox', { name: 'x' }).inputValue()).toContain('6.35');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(results).toEqual(['0', '0', '0', '1', '1', '1', '1']);
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await page.getByText('clustering is deployed as version 1.').waitFor();
    expect(await query('clustering', SAMPLES.clustering.data)).toMatchObject({ response: [0, 0, 0, 1, 1, 1, 1] });
  });

  it('changes it, compares both versions, and rolls back', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await write(SAMPLES.clustering.source.replace('min_samples=3', 'min_samples=5'));
    await page.getByText('No problems').waitFor();
    await page.getByRole('button', { name: 'Deploy version 2' }).click();
    await page.getByText('clustering is deployed as version 2.').waitFor();
    expect(await query('clustering', SAMPLES.clustering.data)).toMatchObject({ version: 2 });
    await page.getByRole('tab', { name: 'Versions' }).click();
    const lines = page.getByRole('list', { name: 'Difference between version 1 and version 2' });
    expect(await lines.getByRole('listitem').filter({ hasText: 'Removed:' }).textContent()).toContain('min_samples=3');
    expect(await lines.getByRole('listitem').filter({ hasText: 'Added:' }).textContent()).toContain('min_samples=5');
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByRole('row').filter({ hasText: 'as version 1' }).getByText('Current').waitFor();
    expect(await query('clustering', SAMPLES.clustering.data)).toMatchObject({
      version: 3,
      response: [0, 0, 0, 1, 1, 1, 1],
    });
    await page.getByRole('button', { name: 'Remove version 2' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => page.getByRole('button', { name: /^Roll back/ }).count()).toBe(1);
  });

  it('is told what is wrong as it is written, and where a trial failed', async () => {
    await goTo('Functions');
    await page.getByRole('button', { name: 'New function' }).click();
    await write('def broken(x):\n    return x[');
    await page.getByText(/1 error/).waitFor();
    await page.locator('.cm-problem-error').waitFor();
    expect(await page.getByRole('button', { name: 'Deploy', exact: true }).isDisabled()).toBe(true);
    await write('def broken(x):\n    y = x[0]\n    return y / 0\n');
    await page.getByText('No problems').waitFor();
    await page.getByRole('textbox', { name: 'x' }).fill('1, 2');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('ZeroDivisionError').first().waitFor();
    await page.getByRole('button', { name: 'Line 3', exact: true }).waitFor();
    await editor().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nimport mat');
    await page.getByRole('option', { name: 'math' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard', exact: true }).click();
  });

  it('tries a deployed function with the data of its last request', async () => {
    await goTo('Functions');
    await page.getByRole('row').filter({ hasText: 'margin' }).click();
    await page.getByRole('tab', { name: 'Test' }).click();
    await page.getByRole('button', { name: "Last request's data" }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'costs' }).inputValue()).toBe('[5, 8, 10]');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(results).toEqual(['0.5', '0.6', '0.75']);
    await page.getByRole('tab', { name: 'JSON' }).click();
    const shown = JSON.parse((await page.locator('.code-block pre').first().textContent()) ?? '') as object;
    expect(shown).toEqual({ margin: (await server.get('/endpoints/margin')).body });
  });

  it('takes functions along in a file, and brings them back', async () => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('margin.zip');
    const file = path.join(temporaryFolder(), 'margin.zip');
    await download.saveAs(file);
    await page.getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('grid', { name: 'Functions' }).waitFor();
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('heading', { name: 'Import from margin.zip' }).waitFor();
    await page.getByRole('button', { name: 'Import 1 function' }).click();
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
    await page.getByText('From tools.py.').waitFor();
    await page.getByText('No problems').waitFor();
    expect(await page.getByRole('combobox', { name: 'Function of the source' }).inputValue()).toBe('gross');
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await page.getByText('gross is deployed as version 1.').waitFor();
    expect(await query('gross', { x: [100, 200] })).toMatchObject({ response: [119, 238] });
    await page.getByRole('button', { name: 'Deploy another of tools.py' }).click();
    await page.getByText('No problems').waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('helper');
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await page.getByText('helper is deployed as version 1.').waitFor();
    expect(await query('helper', { x: 100 })).toMatchObject({ response: 119 });
    expect(complaints).toEqual([]);
  });

  it.each(SAMPLE_NAMES.filter((name) => name !== 'clustering'))(
    'has the sample %s, which deploys and answers',
    async (name) => {
      await goTo('Functions');
      await page.getByRole('button', { name: 'New function' }).click();
      await page.getByRole('combobox', { name: 'Start from' }).selectOption(name);
      const functionName = /^def (\w+)/m.exec(SAMPLES[name].source)![1]!;
      await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(functionName);
      await page.getByText('No problems').waitFor();
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText(/Answered in/).waitFor();
      expect(await page.getByText('Tableau will reject this.').count()).toBe(0);
      await page.getByRole('button', { name: 'Deploy', exact: true }).click();
      await page.getByText(`${functionName} is deployed as version 1.`).waitFor();
      expect(await query(functionName, SAMPLES[name].data)).toMatchObject({ response: expect.anything() });
    },
  );

  it('counts what was called in the list', async () => {
    await goTo('Functions');
    const row = page.getByRole('row').filter({ hasText: 'gross' });
    await expect.poll(() => row.getByRole('gridcell').nth(2).textContent()).toBe('1');
  });
});
