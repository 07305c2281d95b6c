// The Functions screen in a real browser, on a program that answers as it is told.

import { describe, expect, it } from 'vitest';
import { FAILED_RUN, FIGURES, functionDetail, SOURCE } from '../../support/function-scenes.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { firstRun, FUNCTIONS, NOW, requestDetail, requestRecord, snapshotWith } from '../../support/scenes.ts';
import { TRANSFER_WORDS } from '../../../../src-renderer/features/functions/transfer/words.ts';
import { TRIAL_WORDS } from '../../../../src-renderer/workbench/words.ts';
import { VERSION_WORDS } from '../../../../src-renderer/features/functions/versions/words.ts';
import { FUNCTION_WORDS } from '../../../../src-renderer/features/functions/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';
import { openAuthorPage } from '../../support/author-page.ts';

describe.skipIf(isWithoutChromium)('functions', () => {
  const { open } = usePageTests();

  describe('the list', () => {
    it('is searched, shown, copied from, and removed from after a question', async () => {
      const { page, asked, emit } = await openAuthorPage(open, 'functions');
      await page.getByRole('searchbox', { name: FUNCTION_WORDS.search }).fill('share');
      await page.getByRole('row').nth(1).click();
      const detail = page.getByRole('article', { name: 'profitRatio' });
      await detail.getByRole('tab', { name: FUNCTION_WORDS.parts.formula }).click();
      await detail.getByText("SCRIPT_REAL(\"return tabpy.query('profitRatio', _arg1, _arg2)").waitFor();
      await detail.getByText(FUNCTION_WORDS.resultTypes.INT).click();
      await detail.getByRole('button', { name: FUNCTION_WORDS.copy(FUNCTION_WORDS.model) }).click();
      await detail.getByRole('button', { name: FUNCTION_WORDS.remove }).click();
      const question = page.getByRole('alertdialog', { name: FUNCTION_WORDS.removeTitle('profitRatio') });
      await page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
      await detail.getByRole('button', { name: FUNCTION_WORDS.remove }).click();
      await question.getByRole('button', { name: FUNCTION_WORDS.removeNow, exact: true }).click();
      expect(await asked()).toEqual([
        {
          name: 'copyText',
          values: ['MODEL_EXTENSION_INT("profitRatio", "sales", "costs", SUM([sales]), SUM([costs]))'],
        },
        { name: 'removeFunction', values: ['profitRatio'] },
      ]);
      await emit({ name: 'functions', value: FUNCTIONS.slice(1) });
      await page.getByRole('grid', { name: FUNCTION_WORDS.list }).waitFor();
    });

    it('aggregates a field in formulas by the type in the source, else by the sample', async () => {
      const schema = { input: { properties: { sales: {}, costs: {} } }, sample: { sales: [1.5], costs: ['low'] } };
      const opened = await openAuthorPage(open, 'functions');
      const { page, emit, answer } = opened;
      await answer('functionDetail', null);
      await emit({ name: 'functions', value: FUNCTIONS.map((one) => ({ ...one, schema })) });
      await page.getByRole('searchbox', { name: FUNCTION_WORDS.search }).fill('share');
      await page.getByRole('row').nth(1).click();
      const detail = page.getByRole('article', { name: 'profitRatio' });
      await detail.getByRole('tab', { name: FUNCTION_WORDS.parts.formula }).click();
      const formulas = await detail.getByRole('region', { name: FUNCTION_WORDS.formulas }).textContent();
      expect(formulas).toContain('SUM([sales]), ATTR([costs])');
    });

    it('has figures, is sorted by them, and is opened with the keyboard', async () => {
      const { page, emit } = await openAuthorPage(open, 'functions');
      const names = () => page.getByRole('rowheader').locator('.code').allTextContents();
      await page.getByRole('columnheader', { name: FUNCTION_WORDS.columns.calls }).click();
      await page.getByRole('columnheader', { name: FUNCTION_WORDS.columns.calls }).click();
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
      const { page } = await openAuthorPage(open, 'functions/nope');
      await page.getByText(FUNCTION_WORDS.gone('nope')).waitFor();
      await page.getByRole('button', { name: FUNCTION_WORDS.back }).click();
      await page.getByRole('grid', { name: FUNCTION_WORDS.list }).waitFor();
      expect(await page.title()).toContain(WORDS.screens.functions);
    });
  });

  describe('one of them', () => {
    it('is tried with data by parameter, and what Tableau rejects is told', async () => {
      const { page, named } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
      await page.getByRole('textbox', { name: 'sales' }).fill('10, 20, 30');
      await page.getByRole('textbox', { name: 'costs' }).fill('nope');
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText(TRIAL_WORDS.isInvalid).waitFor();
      expect(await named('tryDeployed')).toEqual([]);
      await page.getByRole('textbox', { name: 'costs' }).fill('[5, 8, null]');
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText(TRIAL_WORDS.tookOf('3.4 ms')).waitFor();
      await page.getByText('4 values for 3 rows.').waitFor();
      expect(await page.getByRole('region', { name: TRIAL_WORDS.result }).getByRole('cell').allTextContents()).toEqual([
        '0.25',
        '0.4',
        'null',
        '0.125',
      ]);
      await page.getByRole('region', { name: TRIAL_WORDS.prints }).getByText('4 marks').waitFor();
      expect(await named('tryDeployed')).toEqual([
        { name: 'tryDeployed', values: ['profitRatio', '{"sales":[10,20,30],"costs":[5,8,null]}', expect.any(String)] },
      ]);
    });

    it('is tried with the data of its last request, and shows the line that failed', async () => {
      const record = requestRecord(7, NOW - 5_000, { path: '/query/profitRatio' });
      const { page, answer } = await openAuthorPage(
        open,
        'functions/profitRatio',
        snapshotWith({ requests: [record, requestRecord(8, NOW)] }),
      );
      const sent = JSON.stringify({ data: { sales: [1, 2], costs: [3, 4] } });
      await answer('requestDetail', {
        ...requestDetail(record, 'rejected'),
        request: { kind: 'kept', text: sent },
      });
      await answer('tryDeployed', FAILED_RUN);
      await page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
      await page.getByRole('button', { name: TRIAL_WORDS.last }).click();
      await expect.poll(() => page.getByRole('textbox', { name: 'costs' }).inputValue()).toBe('[3, 4]');
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText('TypeError: unsupported operand').first().waitFor();
      const marked = page.getByRole('listitem').filter({ hasText: TRIAL_WORDS.line(10) });
      expect(await marked.textContent()).toContain('return [(s - c) / s if s else None');
    });

    it('shows its code in colours and copies it', async () => {
      const { page, named } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('tab', { name: FUNCTION_WORDS.parts.code }).click();
      await page.locator('.code-look--keyword').getByText('def', { exact: true }).waitFor();
      await page.getByRole('button', { name: FUNCTION_WORDS.copyCode }).click();
      expect(await named('copyText')).toEqual([{ name: 'copyText', values: [SOURCE] }]);
    });

    it('compares versions, rolls back, and removes an old one after a question', async () => {
      const { page, answer, named } = await openAuthorPage(open, 'functions/profitRatio');
      await answer('rollBack', { ...FUNCTIONS[0]!, version: 4 });
      await page.getByRole('tab', { name: FUNCTION_WORDS.parts.versions }).click();
      await page.getByRole('combobox', { name: VERSION_WORDS.from }).selectOption('1');
      await page.getByRole('combobox', { name: VERSION_WORDS.to }).selectOption('2');
      const lines = page.getByRole('list', { name: VERSION_WORDS.difference(1, 2) });
      await lines.waitFor();
      expect(
        await lines.getByRole('listitem').filter({ hasText: VERSION_WORDS.removedLine }).allTextContents(),
      ).toHaveLength(1);
      expect(await lines.getByRole('listitem').filter({ hasText: VERSION_WORDS.added }).textContent()).toContain(
        'sales: list, costs: list',
      );
      await page.getByRole('button', { name: VERSION_WORDS.rollBackTo(1) }).click();
      await page
        .getByRole('status')
        .getByText(VERSION_WORDS.rolledBack('profitRatio', 1, 4))
        .waitFor();
      await page.getByRole('button', { name: VERSION_WORDS.remove(2) }).click();
      const question = page.getByRole('alertdialog', { name: VERSION_WORDS.removeTitle(2) });
      await question.getByRole('button', { name: FUNCTION_WORDS.removeNow, exact: true }).click();
      await page.getByRole('status').getByText(VERSION_WORDS.removed(2)).waitFor();
      expect(await named('rollBack')).toEqual([{ name: 'rollBack', values: ['profitRatio', 1] }]);
      expect(await named('removeVersion')).toEqual([{ name: 'removeVersion', values: ['profitRatio', 2] }]);
    });

    it('is exported into a file that the user chooses', async () => {
      const { page, named, answer } = await openAuthorPage(open, 'functions/profitRatio');
      await answer('saveFile', true);
      await page.getByRole('button', { name: FUNCTION_WORDS.exportOne }).click();
      await page.getByRole('status').getByText(TRANSFER_WORDS.exported).waitFor();
      expect(await named('exportFunctions')).toEqual([{ name: 'exportFunctions', values: [['profitRatio']] }]);
      expect((await named('saveFile'))[0]?.values[0]).toBe('profitRatio.zip');
    });
  });

  it('looks again when a function changes', async () => {
    const { page, answer, emit } = await openAuthorPage(open, 'functions/profitRatio');
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.versions }).click();
    await page.getByRole('row').filter({ hasText: 'ana.lopez' }).waitFor();
    const next = { ...FUNCTIONS[0]!, version: 4 };
    const known = functionDetail(next);
    await answer('functionDetail', {
      ...known,
      versions: [{ ...known.versions[0]!, version: 4, deployedBy: 'command line' }, ...known.versions],
    });
    await emit({ name: 'functions', value: [next] });
    await page.getByRole('row').filter({ hasText: 'command line' }).getByText(VERSION_WORDS.current).waitFor();
    expect(await page.getByText(VERSION_WORDS.current).count()).toBe(1);
  });
});
