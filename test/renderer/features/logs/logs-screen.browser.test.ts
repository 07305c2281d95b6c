import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../src-shared/log-entry.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { NOW, snapshotWith } from '../../support/scenes.ts';
import { LOG_WORDS } from '../../../../src-renderer/features/logs/words.ts';

describe.skipIf(isWithoutChromium)('the log in the window', () => {
  const { open } = usePageTests();
  const log: readonly LogEntry[] = [
    { id: 1, at: NOW, level: 'info', text: '#1 ::1 POST /evaluate 200' },
    {
      id: 2,
      at: NOW,
      level: 'error',
      text: '#2 ::1 POST /evaluate 500 ValueError',
      detail: ['line 9', 'line 3, in f'],
    },
  ];

  it('folds where a script failed below its line, and unfolds it for who chooses the line', async () => {
    const { page, complaints } = await open(snapshotWith({ log }), { screen: 'logs' });
    const row = page.getByRole('row', { name: 'ValueError' });
    await row.getByText(LOG_WORDS.folded(2)).waitFor();
    expect(await page.getByText('line 3, in f').count()).toBe(0);
    await row.click();
    await page.getByText('line 3, in f').waitFor();
    expect(complaints).toEqual([]);
  });

  it('clears the list and shows the cleared lines again, also after another screen', async () => {
    const { page, emit, show, asked } = await open(snapshotWith({ log }), { screen: 'logs' });
    await page.getByRole('row', { name: 'ValueError' }).click();
    const clear = page.getByRole('button', { name: LOG_WORDS.clear, exact: true });
    await clear.focus();
    await page.keyboard.press('Enter');
    await page.getByText(LOG_WORDS.cleared).waitFor();
    expect(await page.getByText('line 3, in f').count()).toBe(0);
    expect(await page.locator(':focus').textContent()).toBe(LOG_WORDS.clear);
    await emit({ name: 'log', value: [{ id: 3, at: NOW, level: 'info', text: '#3 ::1 GET /info 200' }] });
    await page.getByRole('row', { name: '#3' }).waitFor();
    expect(await page.getByRole('row', { name: 'ValueError' }).count()).toBe(0);
    await show('home');
    await show('logs');
    await page.getByRole('row', { name: '#3' }).waitFor();
    expect(await page.getByRole('row', { name: 'ValueError' }).count()).toBe(0);
    await page.getByRole('button', { name: LOG_WORDS.undoClear }).click();
    await page.getByRole('row', { name: 'ValueError' }).waitFor();
    expect(await page.getByRole('button', { name: LOG_WORDS.undoClear }).count()).toBe(0);
    expect(await asked()).toEqual([]);
  });

  it('finds folded lines too', async () => {
    const { page } = await open(snapshotWith({ log }), { screen: 'logs' });
    await page.getByRole('searchbox').fill('in f');
    await page.getByRole('row', { name: 'ValueError' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });
});
