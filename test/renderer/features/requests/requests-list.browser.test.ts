// The list of requests in a real browser: requests without an answer, the chosen row, the size of the details.

import { describe, expect, it } from 'vitest';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { LIVE, NOW, requestDetail, requestRecord, snapshotWith } from '../../support/scenes.ts';
import { INSPECTOR_WORDS, REPAIR_WORDS } from '../../../../src-renderer/features/requests/inspector/words.ts';
import { REQUEST_WORDS, VERDICT_WORDS } from '../../../../src-renderer/features/requests/words.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    requestRecord(index + 1, NOW - (count - index) * 5_000, { telling: `return ${index + 1}` }),
  );

describe.skipIf(isWithoutChromium)('the list of requests', () => {
  const { open } = usePageTests();

  it('begins with what runs and waits, each with a way to stop it, until it is answered', async () => {
    const { page, asked, emit } = await open(snapshotWith({ requests: many(3) }), { screen: 'requests' });
    await emit({ name: 'live', value: LIVE });
    const list = page.getByRole('grid', { name: REQUEST_WORDS.list });
    await list.getByRole('row').nth(1).getByText(VERDICT_WORDS.waiting).waitFor();
    const running = list.getByRole('row').nth(2);
    expect(await running.textContent()).toContain('Forecast of the next twelve months');
    await running.getByRole('button').click();
    expect(await asked()).toContainEqual({ name: 'stopRequest', values: [LIVE[0]!.id] });
    await emit({ name: 'live', value: [] });
    await expect.poll(() => list.getByRole('row').count()).toBe(4);
  });

  it('keeps a running request chosen when its answer comes', async () => {
    const { page, emit } = await open(snapshotWith({ live: LIVE, requests: [] }), { screen: 'requests' });
    await page.getByRole('row').nth(2).getByRole('gridcell').nth(2).click();
    await page.getByText(REQUEST_WORDS.liveLead).waitFor();
    const [one] = LIVE;
    const record = requestRecord(one!.id, one!.startedAt, { telling: one!.telling });
    await emit({ name: 'live', value: [] });
    await emit({ name: 'requests', value: [record] });
    await page.getByText(REQUEST_WORDS.liveLead).waitFor({ state: 'detached' });
    expect(await page.getByRole('row', { selected: true }).textContent()).toContain(VERDICT_WORDS.ok);
  });

  it('says the reason first, in one sentence', async () => {
    const reason = '_arg1 is null in row 3. Return None for such rows.';
    const failed = requestRecord(1, NOW, { status: 500, telling: 'return x', failure: 'TypeError : no', reason });
    const { page } = await open(snapshotWith({ requests: [failed] }), { screen: 'requests' });
    const cell = page.getByRole('row').nth(1).getByRole('gridcell').nth(2);
    expect(await cell.textContent()).toBe('_arg1 is null in row 3. return x');
  });

  it.each([
    [2_500_000, 2_499_999, '2.5M → 2.5M'],
    [99_912, 99_912, '99.9K → 99.9K'],
    [9_999, 9_998, '9,999 → 9,998'],
  ])('shows %i and %i rows short enough for their column', async (rowsSent, rowsBack, text) => {
    const record = requestRecord(1, NOW, { rowsSent, rowsBack });
    const { page } = await open(snapshotWith({ requests: [record] }), { screen: 'requests', width: 1_040 });
    const cell = page.getByRole('row').nth(1).getByRole('gridcell').nth(3);
    expect(await cell.textContent()).toBe(text);
    expect(await cell.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });

  it('says what became of a refresh: one verdict for all, or how many of them brought no result', async () => {
    const bad = { status: 500, reason: 'No.', preview: 'return 1' };
    const all = [1, 2].map((id) => requestRecord(id, NOW - 90_000 + id, { ...bad, rowsSent: null }));
    const some = [3, 4].map((id) => requestRecord(id, NOW + id, { preview: 'return 1', ...(id === 4 ? bad : {}) }));
    const { page } = await open(snapshotWith({ requests: [...all, ...some] }), { screen: 'requests' });
    const cells = (row: number) => page.getByRole('row').nth(row).getByRole('gridcell').allTextContents();
    expect((await cells(1))[1]).toContain(REQUEST_WORDS.someBad(1, 2, 'failed'));
    expect((await cells(2))[1]).toContain(VERDICT_WORDS.failed);
    expect((await cells(2))[3]).toBe('');
  });

  it('repairs the first failure of a refresh with one click, and says its reason', async () => {
    const bad = { status: 500, reason: '_arg1 is null in row 3.', preview: 'return x', telling: 'return x' };
    const records = [1, 2].map((id) => requestRecord(id, NOW + id, bad));
    const { page, answer } = await open(snapshotWith({ requests: records }), { screen: 'requests' });
    await answer('requestDetail', requestDetail(records[0]!, 'failed'));
    await answer('checkScript', { functions: null, problems: [] });
    await page.getByRole('row').nth(1).click();
    await page.locator('.banner').getByText('_arg1 is null in row 3.').waitFor();
    await page.getByRole('button', { name: INSPECTOR_WORDS.repair }).click();
    const script = page.getByRole('textbox', { name: REPAIR_WORDS.script });
    expect(await script.textContent()).toContain('return forecast(x).tolist()');
  });

  it('is left for the details and reached again with the keyboard alone', async () => {
    const record = requestRecord(1, NOW, { status: 500, reason: 'No.', telling: 'return x' });
    const { page, answer } = await open(snapshotWith({ requests: [record] }), { screen: 'requests' });
    await answer('requestDetail', requestDetail(record, 'failed'));
    await answer('checkScript', { functions: null, problems: [] });
    const list = page.getByRole('grid', { name: REQUEST_WORDS.list });
    await list.focus();
    await page.keyboard.press('ArrowDown');
    const repair = page.getByRole('button', { name: INSPECTOR_WORDS.repair });
    await repair.focus();
    await page.keyboard.press('Enter');
    const editor = page.getByRole('textbox', { name: REPAIR_WORDS.script });
    await editor.focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await editor.count()).toBe(1);
    await page.getByRole('button', { name: REPAIR_WORDS.run }).focus();
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await repair.waitFor({ state: 'detached' });
    expect(await list.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('keeps the chosen row in view when details open below it and when requests come', async () => {
    const { page, emit } = await open(snapshotWith({ requests: many(60) }), { screen: 'requests' });
    const chosen = page.getByRole('row', { selected: true });
    await page.getByRole('row').nth(12).click();
    const isInList = () =>
      chosen.evaluate((row) => {
        const list = row.closest('[role=grid]')!.getBoundingClientRect();
        const box = row.getBoundingClientRect();
        return box.top >= list.top && box.bottom <= list.bottom + 1;
      });
    await expect.poll(isInList).toBe(true);
    const text = await chosen.textContent();
    await emit({
      name: 'requests',
      value: Array.from({ length: 30 }, (_, i) => requestRecord(100 + i, NOW + i * 2_000)),
    });
    await page
      .getByText('return 60')
      .waitFor({ state: 'attached' })
      .catch(() => undefined);
    await expect.poll(isInList).toBe(true);
    expect(await chosen.textContent()).toBe(text);
  });

  it('gives the details more space with the keyboard, and puts them beside the list', async () => {
    const { page } = await open(snapshotWith({ requests: many(3) }), { screen: 'requests', width: 1_040 });
    await page.getByRole('row').nth(1).click();
    const border = page.getByRole('separator', { name: REQUEST_WORDS.split.border });
    expect(await border.getAttribute('aria-orientation')).toBe('horizontal');
    const before = Number(await border.getAttribute('aria-valuenow'));
    await border.press('ArrowUp');
    expect(Number(await border.getAttribute('aria-valuenow'))).toBe(before + 5);
    await page.getByRole('button', { name: REQUEST_WORDS.split.beside }).click();
    expect(await border.getAttribute('aria-orientation')).toBe('vertical');
    await page.reload();
    await page.getByRole('row').nth(1).click();
    expect(await border.getAttribute('aria-orientation')).toBe('vertical');
  });
});
