// The Functions screen in a real browser, on a program that answers as it is told.

import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../../src-shared/ipc.ts';
import { answerAuthor } from '../../support/author-program.ts';
import { FAILED_RUN, FAULTY, FIGURES, functionDetail, SOURCE } from '../../support/function-scenes.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { firstRun, FUNCTIONS, NOW, requestDetail, requestRecord, snapshotWith } from '../../support/scenes.ts';

describe.skipIf(isWithoutChromium)('functions', () => {
  const { open } = usePageTests();

  /** Opens a screen for an author, with a program that knows its functions. */
  const openAuthor = async (screen: string, snapshot: Snapshot = snapshotWith({ figures: FIGURES })) => {
    const opened = await open(snapshot, { screen: 'home' });
    await answerAuthor(opened);
    await opened.show(screen);
    const named = async (name: string) => (await opened.asked()).filter((one) => one.name === name);
    return { ...opened, named };
  };

  describe('the list', () => {
    it('is searched, shown, copied from, and removed from after a question', async () => {
      const { page, asked, emit } = await openAuthor('functions');
      await page.getByRole('searchbox', { name: 'Search functions' }).fill('share');
      await page.getByRole('row').nth(1).click();
      const detail = page.getByRole('article', { name: 'profitRatio' });
      await detail.getByRole('tab', { name: 'Formula' }).click();
      await detail.getByText("SCRIPT_REAL(\"return tabpy.query('profitRatio', _arg1, _arg2)").waitFor();
      await detail.getByText('Integer').click();
      await detail.getByRole('button', { name: 'Copy: Model extension' }).click();
      await detail.getByRole('button', { name: 'Remove…' }).click();
      const question = page.getByRole('alertdialog', { name: 'Remove profitRatio?' });
      await page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
      await detail.getByRole('button', { name: 'Remove…' }).click();
      await question.getByRole('button', { name: 'Remove', exact: true }).click();
      expect(await asked()).toEqual([
        {
          name: 'copyText',
          values: ['MODEL_EXTENSION_INT("profitRatio", "sales", "costs", SUM([sales]), SUM([costs]))'],
        },
        { name: 'removeFunction', values: ['profitRatio'] },
      ]);
      await emit({ name: 'functions', value: FUNCTIONS.slice(1) });
      await page.getByRole('grid', { name: 'Functions' }).waitFor();
    });

    it('has figures, is sorted by them, and is opened with the keyboard', async () => {
      const { page, emit } = await openAuthor('functions');
      const names = () => page.getByRole('rowheader').locator('.code').allTextContents();
      await page.getByRole('columnheader', { name: 'Calls' }).click();
      await page.getByRole('columnheader', { name: 'Calls' }).click();
      await expect.poll(async () => (await names()).slice(0, 3)).toEqual(['profitRatio', 'clustering', 'ttest']);
      const row = page.getByRole('row').filter({ hasText: 'Profit as a share' });
      expect(await row.getByRole('gridcell').allTextContents()).toEqual(expect.arrayContaining(['1,284', '4.2 ms']));
      await emit({ name: 'figures', value: { profitRatio: { ...FIGURES['profitRatio']!, calls: 2_000 } } });
      await row.getByText('2,000').waitFor();
      await row.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: 'clustering' }).waitFor();
      // Reading goes on at what was opened.
      await page.locator('h2:focus').getByText('clustering').waitFor();
    });

    it('says how to deploy the first one', async () => {
      const { page } = await open(firstRun(), { screen: 'functions' });
      const example = page.getByText("Client('http://localhost:9004/', remote_server=True)");
      expect(await example.isVisible()).toBe(true);
    });

    it('says that a function is gone, and leads back', async () => {
      const { page } = await openAuthor('functions/nope');
      await page.getByText('There is no function nope.').waitFor();
      await page.getByRole('button', { name: 'All functions' }).click();
      await page.getByRole('grid', { name: 'Functions' }).waitFor();
      expect(await page.title()).toContain('Functions');
    });
  });

  describe('one of them', () => {
    it('is tried with data by parameter, and what Tableau rejects is told', async () => {
      const { page, named } = await openAuthor('functions/profitRatio');
      await page.getByRole('tab', { name: 'Test' }).click();
      await page.getByRole('textbox', { name: 'sales' }).fill('10, 20, 30');
      await page.getByRole('textbox', { name: 'costs' }).fill('nope');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText('This is no JSON.').waitFor();
      expect(await named('tryDeployed')).toEqual([]);
      await page.getByRole('textbox', { name: 'costs' }).fill('[5, 8, null]');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText('Answered in 3.4 ms').waitFor();
      await page.getByText('4 values for 3 rows.').waitFor();
      expect(await page.getByRole('region', { name: 'Result' }).getByRole('cell').allTextContents()).toEqual([
        '0.25',
        '0.4',
        'null',
        '0.125',
      ]);
      await page.getByRole('region', { name: 'Prints' }).getByText('4 marks').waitFor();
      expect(await named('tryDeployed')).toEqual([
        { name: 'tryDeployed', values: ['profitRatio', '{"sales":[10,20,30],"costs":[5,8,null]}'] },
      ]);
    });

    it('is tried with the data of its last request, and shows the line that failed', async () => {
      const record = requestRecord(7, NOW - 5_000, { path: '/query/profitRatio' });
      const { page, answer } = await openAuthor(
        'functions/profitRatio',
        snapshotWith({ requests: [record, requestRecord(8, NOW)] }),
      );
      const sent = JSON.stringify({ data: { sales: [1, 2], costs: [3, 4] } });
      await answer('requestDetail', {
        ...requestDetail(record, 'rejected'),
        request: { kind: 'kept', text: sent },
      });
      await answer('tryDeployed', FAILED_RUN);
      await page.getByRole('tab', { name: 'Test' }).click();
      await page.getByRole('button', { name: "Last request's data" }).click();
      await expect.poll(() => page.getByRole('textbox', { name: 'costs' }).inputValue()).toBe('[3, 4]');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText('TypeError: unsupported operand').first().waitFor();
      const marked = page.getByRole('listitem').filter({ hasText: 'Line 10' });
      expect(await marked.textContent()).toContain('return [(s - c) / s if s else None');
    });

    it('shows its code in colours and copies it', async () => {
      const { page, named } = await openAuthor('functions/profitRatio');
      await page.getByRole('tab', { name: 'Code' }).click();
      await page.locator('.code-look--keyword').getByText('def', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Copy code' }).click();
      expect(await named('copyText')).toEqual([{ name: 'copyText', values: [SOURCE] }]);
    });

    it('compares versions, rolls back, and removes an old one after a question', async () => {
      const { page, answer, named } = await openAuthor('functions/profitRatio');
      await answer('rollBack', { ...FUNCTIONS[0]!, version: 4 });
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page.getByRole('combobox', { name: 'Compare version' }).selectOption('1');
      await page.getByRole('combobox', { name: 'with version' }).selectOption('2');
      const lines = page.getByRole('list', { name: 'Difference between version 1 and version 2' });
      await lines.waitFor();
      expect(await lines.getByRole('listitem').filter({ hasText: 'Removed:' }).allTextContents()).toHaveLength(1);
      expect(await lines.getByRole('listitem').filter({ hasText: 'Added:' }).textContent()).toContain(
        'sales: list, costs: list',
      );
      await page.getByRole('button', { name: 'Roll back to version 1' }).click();
      await page.getByRole('status').getByText('profitRatio is as in version 1 again, as version 4').waitFor();
      await page.getByRole('button', { name: 'Remove version 2' }).click();
      const question = page.getByRole('alertdialog', { name: 'Remove version 2?' });
      await question.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('status').getByText('Version 2 was removed').waitFor();
      expect(await named('rollBack')).toEqual([{ name: 'rollBack', values: ['profitRatio', 1] }]);
      expect(await named('removeVersion')).toEqual([{ name: 'removeVersion', values: ['profitRatio', 2] }]);
    });

    it('is exported into a file that the user chooses', async () => {
      const { page, named, answer } = await openAuthor('functions/profitRatio');
      await answer('saveFile', true);
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('status').getByText('The export was saved').waitFor();
      expect(await named('exportFunctions')).toEqual([{ name: 'exportFunctions', values: [['profitRatio']] }]);
      expect((await named('saveFile'))[0]?.values[0]).toBe('profitRatio.zip');
    });
  });

  describe('the editor', () => {
    const source = 'Source';

    it('writes, tries and deploys a new function, and shows its formula', async () => {
      const { page, answer, named, complaints, emit } = await openAuthor('functions');
      await page.getByRole('button', { name: 'New function' }).click();
      const editor = page.getByRole('textbox', { name: source });
      await editor.waitFor();
      await editor.click();
      await page.keyboard.press('Control+A');
      // Over a selection Chromium itself would write, with styles that the policy refuses and nobody misses.
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(SOURCE);
      await page.getByRole('textbox', { name: 'Name' }).fill('margin');
      await page.getByRole('textbox', { name: 'Description' }).fill('Margin of a mark');
      await page.getByRole('textbox', { name: 'sales' }).fill('10');
      await page.getByRole('textbox', { name: 'costs' }).fill('5');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByText('Answered in').waitFor();
      const made = { ...FUNCTIONS[0]!, name: 'margin', version: 1 };
      await answer('deployFunction', made);
      await page.getByRole('button', { name: 'Deploy', exact: true }).click();
      await emit({ name: 'functions', value: [...FUNCTIONS, made] });
      await page.getByText('margin is deployed as version 1.').waitFor();
      await page.getByText("tabpy.query('margin', _arg1, _arg2)").waitFor();
      const shared = { source: SOURCE, functionName: 'profit_ratio' };
      expect(await named('tryFunction')).toEqual([
        { name: 'tryFunction', values: [SOURCE, 'profit_ratio', '{"sales":10,"costs":5}'] },
      ]);
      expect(await named('deployFunction')).toEqual([
        {
          name: 'deployFunction',
          values: [{ ...shared, name: 'margin', description: 'Margin of a mark', isPublic: false, override: false }],
        },
      ]);
      expect(complaints).toEqual([]);
    });

    it('asks before it becomes a version of a function that is there', async () => {
      const { page, named } = await openAuthor('functions');
      await page.getByRole('button', { name: 'New function' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('clustering');
      await page.getByRole('button', { name: 'Deploy version 3' }).click();
      const question = page.getByRole('alertdialog', { name: 'clustering is deployed already' });
      await question.getByRole('button', { name: 'Not now' }).click();
      expect(await named('deployFunction')).toEqual([]);
      await page.getByRole('button', { name: 'Deploy version 3' }).click();
      await question.getByRole('button', { name: 'Deploy version 3' }).click();
      await expect.poll(async () => (await named('deployFunction')).length).toBe(1);
      expect((await named('deployFunction'))[0]?.values[0]).toMatchObject({ name: 'clustering', override: true });
    });

    it('says beside the source why it was not deployed, and keeps what was written', async () => {
      const { page } = await openAuthor('functions');
      await page.getByRole('button', { name: 'New function' }).click();
      await page.evaluate("fake.refuse('deployFunction', 'There are 1,000 functions already.')");
      await page.getByRole('button', { name: 'Deploy', exact: true }).click();
      const alert = page.getByRole('article', { name: 'New function' }).getByRole('alert');
      await alert.getByText('There are 1,000 functions already.').waitFor();
      expect(await page.getByRole('textbox', { name: source }).textContent()).toContain('def my_function');
    });

    it('shows problems beside their lines, goes to them, and deploys none', async () => {
      const { page, answer } = await openAuthor('functions/profitRatio');
      await answer('checkSource', FAULTY);
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByText('1 error, 1 warning').waitFor();
      expect(await page.locator('.cm-problem-error').textContent()).toBe('▲');
      expect(await page.getByRole('button', { name: 'Deploy version 4' }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: "Line 9: '(' was never closed" }).click();
      const line = page.locator('.cm-activeLineGutter.cm-gutterElement', { hasText: '9' });
      await line.waitFor();
    });

    it('proposes names and lays the source out', async () => {
      const { page, answer, named } = await openAuthor('functions/profitRatio');
      await answer('completeSource', [
        { label: 'mean', kind: 'function', about: 'mean(a)' },
        { label: 'median', kind: 'function', about: '' },
      ]);
      await page.getByRole('button', { name: 'Edit' }).click();
      const editor = page.getByRole('textbox', { name: source });
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('me');
      await page.getByRole('option', { name: 'mean' }).click();
      await expect.poll(() => editor.textContent()).toContain('mean');
      await page.keyboard.press('Shift+Alt+F');
      await expect.poll(() => editor.textContent()).not.toContain('mean');
      expect((await named('formatSource'))[0]?.values[0]).toBe(`${SOURCE}mean`);
    });

    it('is left with Escape, then Tab, and Tab alone indents', async () => {
      const { page } = await openAuthor('functions/profitRatio');
      await page.getByRole('button', { name: 'Edit' }).click();
      const editor = page.getByRole('textbox', { name: source });
      await editor.click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Tab');
      expect(await editor.textContent()).toContain('    def profit_ratio');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      expect(await editor.evaluate((element) => element.matches(':focus'))).toBe(false);
    });

    it('keeps what was written while other screens are looked at, and asks before it is lost', async () => {
      const { page, complaints, named } = await openAuthor('functions/profitRatio');
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('textbox', { name: source }).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('# mine');
      await page.getByRole('link', { name: 'Logs', exact: true }).click();
      await page.getByRole('link', { name: 'Functions', exact: true }).click();
      await page.getByText('profitRatio has changes that are not deployed.').waitFor();
      await page.getByRole('button', { name: 'New function' }).click();
      const question = page.getByRole('alertdialog', { name: 'Discard the changes?' });
      await question.getByRole('button', { name: 'Keep editing' }).click();
      await page.getByRole('button', { name: 'Continue editing' }).click();
      await page.getByText('# mine').waitFor();
      await page.getByRole('button', { name: 'Discard…' }).click();
      await question.getByRole('button', { name: 'Discard', exact: true }).click();
      await page.getByRole('article', { name: 'profitRatio' }).waitFor();
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('textbox', { name: source }).waitFor();
      expect(await page.getByText('# mine').count()).toBe(0);
      expect((await named('noteDraft')).map(({ values }) => values)).toEqual([['profitRatio'], [null]]);
      expect(complaints).toEqual([]);
    });

    it('is asked about by the browser before its tab is closed', async () => {
      const base = snapshotWith();
      const { page } = await openAuthor('functions', {
        ...base,
        program: { ...base.program, surface: 'console' },
      });
      await page.getByRole('button', { name: 'New function' }).click();
      await page.getByRole('textbox', { name: 'Description' }).pressSequentially('mine');
      const asked = page.waitForEvent('dialog');
      await page.close({ runBeforeUnload: true });
      expect((await asked).type()).toBe('beforeunload');
      await (await asked).accept();
    });

    it('tries a change on the data of the sample, or of the last request', async () => {
      const record = requestRecord(7, NOW - 5_000, { path: '/query/profitRatio' });
      const { page, answer } = await openAuthor('functions/profitRatio', snapshotWith({ requests: [record] }));
      const sent = JSON.stringify({ data: { sales: [1, 2], costs: [3, 4] } });
      await answer('requestDetail', { ...requestDetail(record, 'rejected'), request: { kind: 'kept', text: sent } });
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.locator('h2:focus').getByText('Edit profitRatio').waitFor();
      const sales = page.getByRole('textbox', { name: 'sales' });
      await expect.poll(() => sales.inputValue()).toBe('[10, 20]');
      await page.getByRole('button', { name: "Last request's data" }).click();
      await expect.poll(() => sales.inputValue()).toBe('[1, 2]');
      await page.getByRole('button', { name: 'Sample data' }).click();
      await expect.poll(() => sales.inputValue()).toBe('[10, 20]');
    });

    it('begins from a sample, with data to try it on', async () => {
      const { page, answer } = await openAuthor('functions');
      await answer('checkSource', {
        functions: [
          {
            name: 'clustering',
            docstring: '',
            line: 1,
            parameters: ['x', 'y'].map((name) => ({ name, type: 'any' as const, isRequired: true, about: '' })),
          },
        ],
        problems: [],
      });
      await page.getByRole('button', { name: 'New function' }).click();
      await page.getByRole('combobox', { name: 'Start from' }).selectOption('Clustering (DBSCAN)');
      // The fake program finds `clustering` in every source, so what was there counts as changed.
      const question = page.getByRole('alertdialog', { name: 'Discard the changes?' });
      await question.getByRole('button', { name: 'Discard', exact: true }).click();
      await page.getByText('DBSCAN(eps=1').waitFor();
      await expect.poll(() => page.getByRole('textbox', { name: 'y' }).inputValue()).toContain('1.95');
    });
  });

  describe('a captured script', () => {
    it('becomes a function with named parameters, its data ready for a test', async () => {
      const record = requestRecord(900, NOW - 5_000, { preview: 'import numpy as np' });
      const { page, answer, named } = await openAuthor('home', snapshotWith({ requests: [record] }));
      await answer('requestDetail', requestDetail(record, 'rejected'));
      await page.getByRole('link', { name: 'Requests', exact: true }).click();
      await page.getByRole('row').nth(1).click();
      await page.getByRole('button', { name: 'Promote…' }).click();
      await page.getByRole('textbox', { name: 'Name of the function' }).fill('profit_ratio');
      await page.getByRole('textbox', { name: 'Name for _arg1' }).fill('sales');
      await page.getByRole('textbox', { name: 'Name for _arg2' }).fill('sales');
      await page.getByText('Two parameters have this name.').first().waitFor();
      await page.getByRole('textbox', { name: 'Name for _arg2' }).fill('costs');
      await page.getByRole('button', { name: 'Continue in the editor' }).click();
      await page.getByText('Made from a captured script').waitFor();
      expect((await named('promoteScript'))[0]?.values.slice(1)).toEqual(['profit_ratio', ['sales', 'costs']]);
      await expect.poll(() => page.getByRole('textbox', { name: 'sales' }).inputValue()).toMatch(/^\[200, /);
      expect(await page.getByRole('textbox', { name: 'costs' }).inputValue()).toMatch(/^\["Customer 0", /);
    });
  });

  describe('files', () => {
    const drop = (name: string, text: string) => `(() => {
      const files = new DataTransfer();
      files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
      for (const type of ['dragover', 'drop']) {
        window.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
      }
    })()`;

    it('of Python are offered for deployment in the editor when they are dropped on the window', async () => {
      const { page } = await openAuthor('logs');
      await page.evaluate(drop('margin.py', SOURCE));
      await page.getByText('From margin.py. Choose which of its functions to deploy.').waitFor();
      await expect
        .poll(() => page.getByRole('combobox', { name: 'Function of the source' }).inputValue())
        .toBe('profit_ratio');
    });

    it('of exported functions show what they hold, and give what is chosen', async () => {
      const { page, named } = await openAuthor('home');
      await page.evaluate(drop('team.zip', 'PK'));
      await page.getByRole('heading', { name: 'Import from team.zip' }).waitFor();
      await page.getByText('saved by Python 3.8').waitFor();
      expect(await page.getByRole('checkbox', { name: /legacy/ }).isDisabled()).toBe(true);
      await page.getByRole('checkbox', { name: /churn/ }).uncheck();
      await page.getByRole('button', { name: 'Import 1 function' }).click();
      await page.getByRole('status').getByText('1 function was imported').waitFor();
      expect(await named('importFunctions')).toEqual([
        { name: 'importFunctions', values: [Buffer.from('PK').toString('base64'), ['clustering']] },
      ]);
    });

    it('of other kinds are refused with words', async () => {
      const { page } = await openAuthor('home');
      await page.evaluate(drop('notes.txt', 'x'));
      await page.getByText('notes.txt is neither a .py file nor an export').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Home');
    });
  });

  it('looks again when a function changes', async () => {
    const { page, answer, emit } = await openAuthor('functions/profitRatio');
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('row').filter({ hasText: 'ana.lopez' }).waitFor();
    const next = { ...FUNCTIONS[0]!, version: 4 };
    const known = functionDetail(next);
    await answer('functionDetail', {
      ...known,
      versions: [{ ...known.versions[0]!, version: 4, deployedBy: 'command line' }, ...known.versions],
    });
    await emit({ name: 'functions', value: [next] });
    await page.getByRole('row').filter({ hasText: 'command line' }).getByText('Current').waitFor();
    expect(await page.getByText('Current').count()).toBe(1);
  });
});
