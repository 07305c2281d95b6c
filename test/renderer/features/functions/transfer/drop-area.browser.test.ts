// Files dropped on the window, in a real browser: Python, exported functions, and others.

import { describe, expect, it } from 'vitest';
import { SOURCE } from '../../../support/function-scenes.ts';
import { isWithoutChromium, usePageTests } from '../../../support/page-tests.ts';
import { EDITOR_WORDS } from '../../../../../src-renderer/features/functions/editor/words.ts';
import { TRANSFER_WORDS } from '../../../../../src-renderer/features/functions/transfer/words.ts';
import { WORDS } from '../../../../../src-renderer/text/words.ts';
import { openAuthorPage } from '../../../support/author-page.ts';

describe.skipIf(isWithoutChromium)('dropped files', () => {
  const { open } = usePageTests();

  describe('files', () => {
    const drop = (name: string, text: string) => `(() => {
      const files = new DataTransfer();
      files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
      for (const type of ['dragover', 'drop']) {
        window.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
      }
    })()`;

    it('of Python are offered for deployment in the editor when they are dropped on the window', async () => {
      const { page } = await openAuthorPage(open, 'logs');
      await page.evaluate(drop('margin.py', SOURCE));
      await page.getByText(EDITOR_WORDS.fromFile('margin.py')).waitFor();
      await expect
        .poll(() => page.getByRole('combobox', { name: EDITOR_WORDS.function }).inputValue())
        .toBe('profit_ratio');
    });

    it('of exported functions show what they hold, and give what is chosen', async () => {
      const { page, named } = await openAuthorPage(open, 'home');
      await page.evaluate(drop('team.zip', 'PK'));
      await page.getByRole('heading', { name: TRANSFER_WORDS.importTitle('team.zip') }).waitFor();
      await page.getByText('saved by Python 3.8').waitFor();
      expect(await page.getByRole('checkbox', { name: /legacy/ }).isDisabled()).toBe(true);
      await page.getByRole('checkbox', { name: /churn/ }).uncheck();
      await page.getByRole('button', { name: TRANSFER_WORDS.importNow(1) }).click();
      await page.getByRole('status').getByText(TRANSFER_WORDS.imported(1)).waitFor();
      expect(await named('importFunctions')).toEqual([
        { name: 'importFunctions', values: [Buffer.from('PK').toString('base64'), ['clustering']] },
      ]);
    });

    it('of other kinds are refused with words', async () => {
      const { page } = await openAuthorPage(open, 'home');
      await page.evaluate(drop('notes.txt', 'x'));
      await page.getByText(TRANSFER_WORDS.dropRefused('notes.txt')).waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(WORDS.screens.home);
    });
  });
});
