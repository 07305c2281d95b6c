// The editor in a real browser: writing, testing and deploying a function, and a script that becomes one.

import { NO_CALL } from '../../../../../src-shared/verdict.ts';
import { describe, expect, it } from 'vitest';
import { FAULTY, SOURCE } from '../../../support/function-scenes.ts';
import { isWithoutChromium, usePageTests } from '../../../support/page-tests.ts';
import { FUNCTIONS, NOW, requestDetail, requestRecord, snapshotWith } from '../../../support/scenes.ts';
import { EDITOR_WORDS } from '../../../../../src-renderer/features/functions/editor/words.ts';
import { EXAMPLE_WORDS } from '../../../../../src-renderer/features/functions/trial/words.ts';
import { SOURCE_WORDS, TRIAL_WORDS } from '../../../../../src-renderer/workbench/words.ts';
import { FUNCTION_WORDS } from '../../../../../src-renderer/features/functions/words.ts';
import { INSPECTOR_WORDS, PROMOTE_WORDS } from '../../../../../src-renderer/features/requests/inspector/words.ts';
import { WORDS } from '../../../../../src-renderer/text/words.ts';
import { openAuthorPage } from '../../../support/author-page.ts';

describe.skipIf(isWithoutChromium)('functions being written', () => {
  const { open } = usePageTests();

  describe('the editor', () => {
    it('writes, tries and deploys a new function, and shows its formula', async () => {
      const { page, answer, named, complaints, emit } = await openAuthorPage(open, 'functions');
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      const editor = page.getByRole('textbox', { name: EDITOR_WORDS.code });
      await editor.waitFor();
      await editor.click();
      await page.keyboard.press('Control+A');
      // Over a selection Chromium itself would write, with styles that the policy refuses and nobody misses.
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(SOURCE);
      await page.getByRole('textbox', { name: EDITOR_WORDS.name }).fill('margin');
      await page.getByRole('textbox', { name: EDITOR_WORDS.description }).fill('Margin of a mark');
      await page.getByRole('textbox', { name: 'sales' }).fill('10');
      await page.getByRole('textbox', { name: 'costs' }).fill('5');
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText(TRIAL_WORDS.tookOf('')).waitFor();
      const made = { ...FUNCTIONS[0]!, name: 'margin', version: 1 };
      await answer('deployFunction', made);
      await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
      await emit({ name: 'functions', value: [...FUNCTIONS, made] });
      await page.getByText(FUNCTION_WORDS.deployed('margin', 1)).waitFor();
      await page.getByText("tabpy.query('margin', _arg1, _arg2)").waitFor();
      const shared = { source: SOURCE, functionName: 'profit_ratio' };
      expect(await named('keepTried')).toEqual([{ name: 'keepTried', values: ['margin', '{"sales":10,"costs":5}'] }]);
      expect(await named('tryFunction')).toEqual([
        { name: 'tryFunction', values: [SOURCE, 'profit_ratio', '{"sales":10,"costs":5}', expect.any(String)] },
      ]);
      expect(await named('deployFunction')).toEqual([
        {
          name: 'deployFunction',
          values: [{ ...shared, name: 'margin', description: 'Margin of a mark', isPublic: false, override: false }],
        },
      ]);
      // Rolled back meanwhile: the message about version 1 is not true any more.
      await emit({ name: 'functions', value: [...FUNCTIONS, { ...made, version: 2 }] });
      await page.getByText(FUNCTION_WORDS.deployed('margin', 1)).waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
    });

    it('asks before it becomes a version of a function that is there', async () => {
      const { page, named } = await openAuthorPage(open, 'functions');
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.name }).fill('clustering');
      await page.getByRole('button', { name: EDITOR_WORDS.deployVersion(3) }).click();
      const question = page.getByRole('alertdialog', { name: EDITOR_WORDS.taken('clustering') });
      await question.getByRole('button', { name: EDITOR_WORDS.notNow }).click();
      expect(await named('deployFunction')).toEqual([]);
      await page.getByRole('button', { name: EDITOR_WORDS.deployVersion(3) }).click();
      await question.getByRole('button', { name: EDITOR_WORDS.deployVersion(3) }).click();
      await expect.poll(async () => (await named('deployFunction')).length).toBe(1);
      expect((await named('deployFunction'))[0]?.values[0]).toMatchObject({ name: 'clustering', override: true });
    });

    it('says beside the source why it was not deployed, and keeps what was written', async () => {
      const { page } = await openAuthorPage(open, 'functions');
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      await page.evaluate("fake.refuse('deployFunction', 'There are 1,000 functions already.')");
      await page.getByRole('button', { name: EDITOR_WORDS.deploy, exact: true }).click();
      const alert = page.getByRole('article', { name: EDITOR_WORDS.new }).getByRole('alert');
      await alert.getByText('There are 1,000 functions already.').waitFor();
      expect(await page.getByRole('textbox', { name: EDITOR_WORDS.code }).textContent()).toContain('def my_function');
    });

    it('shows problems beside their lines, goes to them, and deploys none', async () => {
      const { page, answer } = await openAuthorPage(open, 'functions/profitRatio');
      await answer('checkSource', FAULTY);
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByText(SOURCE_WORDS.problems(1, 1)).waitFor();
      expect(await page.locator('.cm-problem-error').textContent()).toBe('▲');
      expect(await page.getByRole('button', { name: EDITOR_WORDS.deployVersion(4) }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: SOURCE_WORDS.problem(9, "'(' was never closed") }).click();
      const line = page.locator('.cm-activeLineGutter.cm-gutterElement', { hasText: '9' });
      await line.waitFor();
    });

    it('proposes names and lays the source out', async () => {
      const { page, answer, named } = await openAuthorPage(open, 'functions/profitRatio');
      await answer('completeSource', [
        { label: 'mean', kind: 'function', about: 'mean(a)' },
        { label: 'median', kind: 'function', about: '' },
      ]);
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      const editor = page.getByRole('textbox', { name: EDITOR_WORDS.code });
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('me');
      await page.getByRole('option', { name: 'mean' }).click();
      await expect.poll(() => editor.textContent()).toContain('mean');
      await page.keyboard.press('Shift+Alt+F');
      await expect.poll(() => editor.textContent()).not.toContain('mean');
      expect((await named('formatSource'))[0]?.values[0]).toBe(`${SOURCE}mean`);
    });

    it('runs with Ctrl+Enter and adds no line, and stops its run only', async () => {
      const { page, named } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      const stop = page.getByRole('button', { name: TRIAL_WORDS.stopHelp });
      const place = await stop.boundingBox();
      await page.evaluate("fake.answer('tryFunction', () => new Promise(() => {}))");
      await page.keyboard.press('Control+Enter');
      await page.getByText(TRIAL_WORDS.running).waitFor();
      expect(await stop.boundingBox()).toEqual(place);
      await page.keyboard.press('Control+Enter');
      await stop.click();
      const [tried, ...more] = await named('tryFunction');
      expect([tried?.values[0], more]).toEqual([SOURCE, []]);
      expect(await named('stopTrial')).toEqual([{ name: 'stopTrial', values: [tried?.values[3]] }]);
    });

    it('finds and replaces with the keyboard', async () => {
      const { page, complaints } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      const editor = page.getByRole('textbox', { name: EDITOR_WORDS.code });
      await editor.click();
      await page.keyboard.press('Control+F');
      await page.keyboard.type('costs');
      await page.keyboard.press('Enter');
      await page.locator('.cm-searchMatch-selected', { hasText: 'costs' }).waitFor();
      await page.keyboard.press('Control+H');
      await page.keyboard.type('spent');
      await page.keyboard.press('Enter');
      await expect.poll(() => editor.textContent()).toContain('spent');
      await page.getByRole('button', { name: 'Replace all' }).click();
      await expect.poll(() => editor.textContent()).not.toContain('costs');
      await page.getByRole('textbox', { name: 'Find' }).press('Escape');
      expect(await page.getByRole('textbox', { name: 'Find' }).count()).toBe(0);
      expect(await editor.evaluate((element) => element.matches(':focus'))).toBe(true);
      expect(complaints).toEqual([]);
    });

    it('goes on below the text of a line that is wrapped', async () => {
      const { page, complaints } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText(`        wrapped = [${'1_000, '.repeat(40)}]`);
      const [first, next] = (await page.evaluate(`(() => {
        const range = document.createRange();
        range.selectNodeContents([...document.querySelector('.code-editor').shadowRoot.querySelectorAll('.cm-line')].at(-1));
        const places = [...range.getClientRects()].filter(({ width }) => width > 0);
        const top = Math.min(...places.map((place) => place.top));
        const leftOf = (some) => Math.min(...some.map((place) => place.left));
        return [places.filter((place) => place.top <= top + 4), places.filter((place) => place.top > top + 4)].map(leftOf);
      })()`)) as [number, number];
      const sign = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.code')).fontSize)");
      // Eight spaces and two more, each about 0.6 of the size of the text.
      expect(next - first).toBeGreaterThan((sign as number) * 0.6 * 9);
      expect(complaints).toEqual([]);
    });

    it('shows its proposals above the head of the result beside it', async () => {
      const { page, answer } = await openAuthorPage(open, 'functions/profitRatio');
      const long = 'a text so long that the list reaches into the result beside the code';
      await answer(
        'completeSource',
        Array.from({ length: 12 }, (_, number) => ({
          label: `name_${number}`,
          kind: 'function' as const,
          about: long,
        })),
      );
      await answer('tryFunction', {
        kind: 'answered',
        call: NO_CALL,
        result: '[1, 2]',
        elapsedMs: 1,
        prints: '',
        pictures: [],
      });
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      const head = page.getByRole('region', { name: TRIAL_WORDS.result }).getByRole('columnheader').last();
      await page.evaluate("document.querySelector('.data-grid').scrollIntoView({ block: 'center' })");
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('\n\n\n\n\n\n                                              ');
      await page.keyboard.type('na');
      const list = page.locator('.cm-tooltip-autocomplete');
      await list.waitFor();
      const [over, under] = [(await list.boundingBox())!, (await head.boundingBox())!];
      const x = Math.max(over.x, under.x) + 4;
      const y = under.y + under.height / 2;
      // They overlap, or this would show nothing.
      expect([x < over.x + over.width, y > over.y, y < over.y + over.height]).toEqual([true, true, true]);
      expect(await page.evaluate(`document.elementFromPoint(${x}, ${y}).className`)).toBe('code-editor');
    });

    it('is left with Escape, then Tab, and Tab alone indents', async () => {
      const { page } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      const editor = page.getByRole('textbox', { name: EDITOR_WORDS.code });
      await editor.click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Tab');
      expect(await editor.textContent()).toContain('    def profit_ratio');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      expect(await editor.evaluate((element) => element.matches(':focus'))).toBe(false);
    });

    it('keeps what was written while other screens are looked at, and asks before it is lost', async () => {
      const { page, complaints, named } = await openAuthorPage(open, 'functions/profitRatio');
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('# mine');
      await page.getByRole('link', { name: WORDS.screens.logs, exact: true }).click();
      await page.getByRole('link', { name: WORDS.screens.functions, exact: true }).click();
      await page.getByText(EDITOR_WORDS.unsaved('profitRatio')).waitFor();
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      const question = page.getByRole('alertdialog', { name: EDITOR_WORDS.discardTitle });
      await question.getByRole('button', { name: EDITOR_WORDS.keepEditing }).click();
      await page.getByRole('button', { name: EDITOR_WORDS.continue }).click();
      await page.getByText('# mine').waitFor();
      await page.getByRole('button', { name: EDITOR_WORDS.discard }).click();
      await question.getByRole('button', { name: EDITOR_WORDS.discardNow, exact: true }).click();
      await page.getByRole('article', { name: 'profitRatio' }).waitFor();
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).waitFor();
      expect(await page.getByText('# mine').count()).toBe(0);
      expect((await named('noteDraft')).map(({ values }) => values)).toEqual([['profitRatio'], [null]]);
      expect(complaints).toEqual([]);
    });

    it('is asked about by the browser before its tab is closed', async () => {
      const base = snapshotWith();
      const { page } = await openAuthorPage(open, 'functions', {
        ...base,
        program: { ...base.program, surface: 'console' },
      });
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.description }).pressSequentially('mine');
      const asked = page.waitForEvent('dialog');
      await page.close({ runBeforeUnload: true });
      expect((await asked).type()).toBe('beforeunload');
      await (await asked).accept();
    });

    it('tries a change on the data of the sample, or of the last request', async () => {
      const record = requestRecord(7, NOW - 5_000, { path: '/query/profitRatio' });
      const { page, answer } = await openAuthorPage(
        open,
        'functions/profitRatio',
        snapshotWith({ requests: [record] }),
      );
      const sent = JSON.stringify({ data: { sales: [1, 2], costs: [3, 4] } });
      await answer('requestDetail', { ...requestDetail(record, 'rejected'), request: { kind: 'kept', text: sent } });
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.locator('h2:focus').getByText(EDITOR_WORDS.edit('profitRatio')).waitFor();
      const sales = page.getByRole('textbox', { name: 'sales' });
      await expect.poll(() => sales.inputValue()).toBe('[10, 20]');
      await page.getByRole('button', { name: TRIAL_WORDS.last }).click();
      await expect.poll(() => sales.inputValue()).toBe('[1, 2]');
      await page.getByRole('button', { name: TRIAL_WORDS.sample }).click();
      await expect.poll(() => sales.inputValue()).toBe('[10, 20]');
    });

    it('runs the saved examples of the function on the change before it is deployed', async () => {
      const { page, answer, named } = await openAuthorPage(open, 'functions/profitRatio');
      await answer('tryFunction', {
        kind: 'answered',
        call: NO_CALL,
        result: '[0.5, 0.6]',
        elapsedMs: 1,
        prints: '',
        pictures: [],
      });
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
      await page.getByText(EXAMPLE_WORDS.summary(2, 0)).waitFor();
      expect((await named('tryFunction')).map(({ values }) => [values[0], values[2]])).toEqual([
        [SOURCE, '{"sales":[10,20],"costs":[5,8]}'],
        [SOURCE, '{"sales":[0],"costs":[3]}'],
      ]);
      // What passed says nothing of another code.
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      await page.keyboard.type('#');
      await expect.poll(() => page.getByText(EXAMPLE_WORDS.notRun).count()).toBe(2);
      expect(await page.getByText(EXAMPLE_WORDS.summary(2, 0)).count()).toBe(0);
    });

    it.each([
      ['a deployed function', 'functions/profitRatio', FUNCTION_WORDS.edit],
      ['a new function', 'functions', FUNCTION_WORDS.create],
    ])('shows Run in the smallest window, for %s', async (_, screen, begin) => {
      const { page } = await openAuthorPage(open, screen, snapshotWith(), { width: 760, height: 520 });
      await page.getByRole('button', { name: begin }).click();
      await page.getByText(SOURCE_WORDS.problems(0, 0)).waitFor();
      const run = (await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).boundingBox())!;
      expect(run.y + run.height).toBeLessThan(520);
    });

    it('begins from a sample, with data to try it on', async () => {
      const { page, answer } = await openAuthorPage(open, 'functions');
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
      await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
      await page.getByRole('combobox', { name: EDITOR_WORDS.from }).selectOption(EDITOR_WORDS.samples.clustering);
      // The fake program finds `clustering` in every source, so what was there counts as changed.
      const question = page.getByRole('alertdialog', { name: EDITOR_WORDS.discardTitle });
      await question.getByRole('button', { name: EDITOR_WORDS.discardNow, exact: true }).click();
      await page.getByText('DBSCAN(eps=1').waitFor();
      await expect.poll(() => page.getByRole('textbox', { name: 'y', exact: true }).inputValue()).toContain('1.95');
    });
  });

  describe('a captured script', () => {
    it('becomes a function with named parameters, its data ready for a test', async () => {
      const record = requestRecord(900, NOW - 5_000, { preview: 'import numpy as np' });
      const { page, answer, named } = await openAuthorPage(open, 'home', snapshotWith({ requests: [record] }));
      await answer('requestDetail', requestDetail(record, 'rejected'));
      await page.getByRole('link', { name: WORDS.screens.requests, exact: true }).click();
      await page.getByRole('row').nth(1).click();
      await page.getByRole('button', { name: INSPECTOR_WORDS.promote }).click();
      await page.getByRole('textbox', { name: PROMOTE_WORDS.name }).fill('profit_ratio');
      await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg1') }).fill('sales');
      await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg2') }).fill('sales');
      await page.getByText(PROMOTE_WORDS.twice).first().waitFor();
      await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg2') }).fill('costs');
      await page.getByRole('button', { name: PROMOTE_WORDS.go }).click();
      await page.getByText(EDITOR_WORDS.promoted).waitFor();
      expect((await named('promoteScript'))[0]?.values.slice(1)).toEqual(['profit_ratio', ['sales', 'costs']]);
      await expect.poll(() => page.getByRole('textbox', { name: 'sales' }).inputValue()).toMatch(/^\[200, /);
      expect(await page.getByRole('textbox', { name: 'costs' }).inputValue()).toMatch(/^\["Customer 0", /);
    });
  });
});
