// A function made to follow a file, in a real browser, on a program that answers as it is told.

import { describe, expect, it } from 'vitest';
import { answerAuthor } from '../../support/author-program.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith } from '../../support/scenes.ts';

describe.skipIf(isWithoutChromium)('a function in the window', () => {
  const { open } = usePageTests();

  it('is made to follow a file, says so, and is let go', async () => {
    const opened = await open(snapshotWith(), { screen: 'home' });
    const { page, asked, emit } = opened;
    await answerAuthor(opened);
    await opened.show('functions/profitRatio');
    await page.getByRole('tab', { name: 'Code' }).click();
    await page.getByRole('button', { name: 'Follow a file…' }).click();
    const form = page.getByRole('form', { name: 'Follow a file…' });
    await form.getByRole('textbox', { name: /^Full path/ }).fill('/models/profit.py');
    await form.getByRole('textbox', { name: /^Full path/ }).press('Enter');
    await page.getByRole('status').getByText('profitRatio follows the file').waitFor();
    const followed = (await asked()).find(({ name }) => name === 'followFile');
    expect(followed?.values).toEqual(['profitRatio', '/models/profit.py', 'profit_ratio']);
    const file = { name: 'profitRatio', path: '/models/profit.py', functionName: 'profit_ratio', problem: null };
    await emit({ name: 'followed', value: [{ ...file, problem: 'line 3: invalid syntax' }] });
    await form.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('line 3: invalid syntax').waitFor();
    await page.getByRole('button', { name: 'Stop following' }).click();
    expect((await asked()).at(-1)).toEqual({ name: 'unfollowFile', values: ['profitRatio'] });
  });
});
