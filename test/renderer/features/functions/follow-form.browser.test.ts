// A function made to follow a file, in a real browser, on a program that answers as it is told.

import { describe, expect, it } from 'vitest';
import { answerAuthor } from '../../support/author-program.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith } from '../../support/scenes.ts';
import { FUNCTION_WORDS } from '../../../../src-renderer/features/functions/words.ts';

describe.skipIf(isWithoutChromium)('a function in the window', () => {
  const { open } = usePageTests();

  it('is made to follow a file, says so, and is let go', async () => {
    const opened = await open(snapshotWith(), { screen: 'home' });
    const { page, asked, emit } = opened;
    await answerAuthor(opened);
    await opened.show('functions/profitRatio');
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.code }).click();
    await page.getByRole('button', { name: FUNCTION_WORDS.follow.open }).click();
    const form = page.getByRole('form', { name: FUNCTION_WORDS.follow.open });
    await form.getByRole('textbox', { name: FUNCTION_WORDS.follow.path }).fill('/models/profit.py');
    await form.getByRole('textbox', { name: FUNCTION_WORDS.follow.path }).press('Enter');
    await page.getByRole('status').getByText(FUNCTION_WORDS.follow.done('profitRatio')).waitFor();
    const followed = (await asked()).find(({ name }) => name === 'followFile');
    expect(followed?.values).toEqual(['profitRatio', '/models/profit.py', 'profit_ratio']);
    const file = { name: 'profitRatio', path: '/models/profit.py', functionName: 'profit_ratio', problem: null };
    await emit({ name: 'followed', value: [{ ...file, problem: 'line 3: invalid syntax' }] });
    await form.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.overview }).click();
    await page.getByText('line 3: invalid syntax').waitFor();
    await page.getByRole('button', { name: FUNCTION_WORDS.unfollow }).click();
    expect((await asked()).at(-1)).toEqual({ name: 'unfollowFile', values: ['profitRatio'] });
  });

  it('follows a file that is chosen with the dialog of the system', async () => {
    const opened = await open(snapshotWith(), { screen: 'home' });
    const { page, answer } = opened;
    await answerAuthor(opened);
    await opened.show('functions/profitRatio');
    await page.getByRole('tab', { name: FUNCTION_WORDS.parts.code }).click();
    await page.getByRole('button', { name: FUNCTION_WORDS.follow.open }).click();
    await answer('choosePath', '/models/profit.py');
    await page.getByRole('button', { name: FUNCTION_WORDS.follow.choose }).click();
    const path = page.getByRole('textbox', { name: FUNCTION_WORDS.follow.path });
    await expect.poll(() => path.inputValue()).toBe('/models/profit.py');
  });
});
