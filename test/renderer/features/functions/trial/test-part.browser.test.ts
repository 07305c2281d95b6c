// The test of a function in a real browser: run and stop, saved examples, charts and pictures.

import { NO_CALL } from '../../../../../src-shared/verdict.ts';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isWithoutChromium, usePageTests } from '../../../support/page-tests.ts';
import { functionDetail } from '../../../support/function-scenes.ts';
import { openAuthorPage } from '../../../support/author-page.ts';
import type { AuthorPage } from '../../../support/author-page.ts';
import { FUNCTIONS, snapshotWith } from '../../../support/scenes.ts';
import { EXAMPLE_WORDS } from '../../../../../src-renderer/features/functions/trial/words.ts';
import { FUNCTION_WORDS } from '../../../../../src-renderer/features/functions/words.ts';
import { TRIAL_WORDS } from '../../../../../src-renderer/workbench/words.ts';
import type { HowToOpen } from '../../../support/opened-page.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** A whole picture of 5,000 by 5,000 pixels, one bit each: a file of a few kilobytes, a hundred megabytes when drawn. */
function hugePicture(): string {
  const chunk = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(5_000, 0);
  header.writeUInt32BE(5_000, 4);
  header[8] = 1;
  const lines = deflateSync(Buffer.alloc(5_000 * (1 + 5_000 / 8)));
  const signature = Buffer.from(PIXEL, 'base64').subarray(0, 8);
  const parts = [signature, chunk('IHDR', header), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat(parts).toString('base64');
}

const answered = { kind: 'answered', call: NO_CALL, elapsedMs: 1, prints: '', pictures: [] } as const;

describe.skipIf(isWithoutChromium)('the test of a function', () => {
  const { open } = usePageTests();

  const opened = async (how: HowToOpen = {}): Promise<AuthorPage> => {
    const page = await openAuthorPage(open, 'functions/profitRatio', snapshotWith(), how);
    await page.page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
    return page;
  };
  const run = ({ page }: AuthorPage) => page.getByRole('button', { name: TRIAL_WORDS.run, exact: true });
  const examples = ({ page }: AuthorPage) =>
    page
      .getByRole('region', { name: EXAMPLE_WORDS.table })
      .getByRole('row')
      .filter({ hasNotText: EXAMPLE_WORDS.columns[0] });

  it('runs with Ctrl+Enter in a field, and is stopped alone', async () => {
    const author = await opened();
    await author.page.evaluate("fake.answer('tryDeployed', () => new Promise(() => {}))");
    await author.page.getByRole('textbox', { name: 'sales' }).press('Control+Enter');
    await author.page.getByText(TRIAL_WORDS.running).waitFor();
    await author.page.getByRole('button', { name: TRIAL_WORDS.stopHelp }).click();
    const [tried] = await author.named('tryDeployed');
    expect(await author.named('stopTrial')).toEqual([{ name: 'stopTrial', values: [tried?.values[2]] }]);
    expect(tried?.values[2]).not.toBe('');
  });

  it('shows the focus of the keyboard at the field, not around all parts', async () => {
    const { page } = await opened();
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('.test-panel') !== null")).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.part-tabs')).outlineStyle")).toBe('none');
  });

  it('begins with the data that was tried before the deployment', async () => {
    const author = await openAuthorPage(open, 'functions');
    const detail = functionDetail(FUNCTIONS[0]!);
    await author.answer('functionDetail', {
      ...detail,
      tests: { ...detail.tests, tried: '{"sales":[77],"costs":[7]}' },
    });
    await author.show('functions/profitRatio');
    await author.page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
    expect(await author.page.getByRole('textbox', { name: 'sales' }).inputValue()).toBe('[77]');
  });

  it('saves a run as an example, with its result or only that it runs', async () => {
    const author = await opened();
    const { page } = author;
    const save = page.getByRole('button', { name: EXAMPLE_WORDS.save });
    expect(await save.isDisabled()).toBe(true);
    await run(author).click();
    await save.click();
    const name = page.getByRole('textbox', { name: EXAMPLE_WORDS.name });
    expect(await name.evaluate((field) => field.matches(':focus'))).toBe(true);
    const [form, card] = await Promise.all([
      page.getByRole('form', { name: EXAMPLE_WORDS.save }).boundingBox(),
      page.getByRole('article', { name: 'profitRatio' }).boundingBox(),
    ]);
    expect(form!.y + form!.height).toBeLessThanOrEqual(card!.y + card!.height);
    await name.fill('four marks');
    await page.getByRole('button', { name: EXAMPLE_WORDS.saveNow }).click();
    await name.waitFor({ state: 'detached' });
    expect(await save.evaluate((button) => button.matches(':focus'))).toBe(true);
    await save.click();
    await page.getByRole('textbox', { name: EXAMPLE_WORDS.name }).fill('two regions');
    await page.getByRole('combobox', { name: EXAMPLE_WORDS.expects }).selectOption(EXAMPLE_WORDS.onlyRuns);
    await page.getByRole('button', { name: EXAMPLE_WORDS.replaceNow }).click();
    const data = '{"sales":[10,20],"costs":[5,8]}';
    await expect
      .poll(async () => (await author.named('saveExample')).map(({ values }) => values))
      .toEqual([
        ['profitRatio', { name: 'four marks', data, expected: '[0.25, 0.4, null, 0.125]' }],
        ['profitRatio', { name: 'two regions', data, expected: null }],
      ]);
  });

  it('says why an example cannot be saved, and keeps what was written', async () => {
    const author = await opened();
    const { page } = author;
    await run(author).click();
    await page.getByRole('button', { name: EXAMPLE_WORDS.save }).click();
    await page.getByRole('textbox', { name: EXAMPLE_WORDS.name }).fill(' ');
    expect(await page.getByRole('button', { name: EXAMPLE_WORDS.saveNow }).isDisabled()).toBe(true);
    await page.evaluate("fake.refuse('saveExample', 'A function can have 50 examples.')");
    await page.getByRole('textbox', { name: EXAMPLE_WORDS.name }).fill('one more');
    await page.getByRole('button', { name: EXAMPLE_WORDS.saveNow }).click();
    await page.getByText('A function can have 50 examples.').waitFor();
    expect(await page.getByRole('textbox', { name: EXAMPLE_WORDS.name }).inputValue()).toBe('one more');
  });

  it('runs all examples and says what differs', async () => {
    const author = await opened();
    await author.answer('tryDeployed', { ...answered, result: '[0.5, 0.61]' });
    await author.page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
    await author.page.getByText(EXAMPLE_WORDS.summary(1, 1)).waitFor();
    expect(await examples(author).first().textContent()).toContain('row 2: expected 0.6, got 0.61');
    expect(await examples(author).last().textContent()).toContain(EXAMPLE_WORDS.passed);
    expect((await author.named('tryDeployed')).map(({ values }) => values[1])).toEqual([
      '{"sales":[10,20],"costs":[5,8]}',
      '{"sales":[0],"costs":[3]}',
    ]);
  });

  it('stops the examples: the one that runs, and those that wait', async () => {
    const author = await opened();
    await author.page.evaluate(`
      fake.answer('tryDeployed', () => new Promise((resolve) => { globalThis.end = resolve; }));
      fake.answer('stopTrial', () => {
        const error = { type: 'Stopped', text: 'The script was stopped.', line: null, traceback: null };
        globalThis.end({ kind: 'failed', error, elapsedMs: 1, prints: '', pictures: [] });
        return null;
      });
    `);
    await author.page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
    await author.page.getByRole('button', { name: EXAMPLE_WORDS.stop }).click();
    await author.page.getByText(EXAMPLE_WORDS.summary(0, 1)).waitFor();
    expect(await examples(author).last().textContent()).toContain(EXAMPLE_WORDS.notRun);
    expect(await author.named('tryDeployed')).toHaveLength(1);
  });

  it('ends the example that runs when the test is left', async () => {
    const author = await opened();
    await author.page.evaluate("fake.answer('tryDeployed', () => new Promise(() => {}))");
    await author.page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
    await expect.poll(async () => (await author.named('tryDeployed')).length).toBe(1);
    await author.page.getByRole('tab', { name: FUNCTION_WORDS.parts.code }).click();
    const [tried] = await author.named('tryDeployed');
    await expect.poll(() => author.named('stopTrial')).toEqual([{ name: 'stopTrial', values: [tried?.values[2]] }]);
  });

  it('says why examples cannot be run', async () => {
    const author = await opened();
    await author.page.evaluate("fake.refuse('tryDeployed', 'Python does not run. Start the server first.')");
    await author.page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
    await author.page.getByText('Python does not run. Start the server first.').waitFor();
    expect(await examples(author).first().textContent()).toContain(EXAMPLE_WORDS.notRun);
  });

  it('uses the data of an example, and removes one after a question', async () => {
    const author = await opened();
    const { page } = author;
    await page.getByRole('button', { name: EXAMPLE_WORDS.use('nothing sold') }).click();
    expect(await page.getByRole('textbox', { name: 'sales' }).inputValue()).toBe('[0]');
    await page.getByRole('button', { name: EXAMPLE_WORDS.remove('nothing sold') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: FUNCTION_WORDS.removeNow, exact: true }).click();
    await expect
      .poll(() => author.named('removeExample'))
      .toEqual([{ name: 'removeExample', values: ['profitRatio', 'nothing sold'] }]);
  });

  it('draws numbers as a chart, and shows the pictures of the run', async () => {
    const author = await opened();
    const { page, complaints } = author;
    await author.answer('tryDeployed', {
      ...answered,
      result: '[0.25, null, -1]',
      pictures: [PIXEL, 'bm8gcGljdHVyZQ==', hugePicture()],
    });
    await run(author).click();
    const picture = page.getByRole('img', { name: TRIAL_WORDS.picture(1, 3) });
    await expect.poll(() => picture.getAttribute('width')).toBe('1');
    await expect.poll(() => page.getByText(TRIAL_WORDS.brokenPicture).count()).toBe(2);
    await page.getByText(TRIAL_WORDS.chart, { exact: true }).click();
    await page.getByRole('img', { name: TRIAL_WORDS.chartOf('result', '3', '-1', '0.25', 1) }).waitFor();
    expect(await page.getByRole('region', { name: TRIAL_WORDS.result }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('offers no chart for texts', async () => {
    const author = await opened();
    await author.answer('tryDeployed', { ...answered, result: '["a", "b"]' });
    await run(author).click();
    await author.page.getByRole('region', { name: TRIAL_WORDS.result }).waitFor();
    expect(await author.page.getByRole('radio', { name: TRIAL_WORDS.chart }).count()).toBe(0);
  });

  it('puts the nulls of a column of numbers below its numbers', async () => {
    const author = await opened();
    await run(author).click();
    const result = author.page.getByRole('region', { name: TRIAL_WORDS.result });
    await result.waitFor();
    const sides = await author.page.evaluate(`
      [...document.querySelectorAll('.data-grid td, .data-grid thead th:last-child')]
        .map((cell) => getComputedStyle(cell).textAlign)
    `);
    expect(sides).toEqual(Array(5).fill('right'));
  });

  it('has data and result side by side where there is room, and Run in view where there is not', async () => {
    const author = await opened();
    await run(author).click();
    const result = author.page.getByText(TRIAL_WORDS.tookOf(''));
    await result.waitFor();
    const sales = author.page.getByRole('textbox', { name: 'sales' });
    const [left, right] = [(await sales.boundingBox())!, (await result.boundingBox())!];
    expect(right.x).toBeGreaterThan(left.x + left.width);
    const small = await opened({ width: 760, height: 520 });
    const button = (await run(small).boundingBox())!;
    expect(button.y + button.height).toBeLessThan(520);
  });

  it.each([
    [1040, 720],
    [760, 520],
  ])('is as high as every other part of the function, at %i by %i', async (width, height) => {
    const author = await opened({ width, height });
    const card = author.page.getByRole('article', { name: 'profitRatio' });
    const heights = new Set<number>();
    for (const part of Object.values(FUNCTION_WORDS.parts)) {
      await author.page.getByRole('tab', { name: part }).click();
      heights.add((await card.boundingBox())!.height);
    }
    expect(heights.size).toBe(1);
    expect([...heights][0]).toBeLessThan(height);
    // Only the part scrolls.
    await author.page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
    await run(author).click();
    await author.page.getByText(TRIAL_WORDS.tookOf('')).waitFor();
    const further = `(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.app__screen'))`;
    expect(await author.page.evaluate(further)).toBe(0);
  });
});
