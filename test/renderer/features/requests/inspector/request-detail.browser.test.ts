// A request opened in a real browser: what is shown of it, and sending it again.

import { describe, expect, it } from 'vitest';
import type { RequestDetail } from '../../../../../src-shared/request-record.ts';
import type { FakeWindow } from '../../../support/fake-window.ts';
import type { OpenedPage } from '../../../support/opened-page.ts';
import { isWithoutChromium, usePageTests } from '../../../support/page-tests.ts';
import { NOW, requestDetail, requestRecord, snapshotWith } from '../../../support/scenes.ts';
import { INSPECTOR_WORDS, REPAIR_WORDS } from '../../../../../src-renderer/features/requests/inspector/words.ts';
import { REQUEST_WORDS, VERDICT_WORDS } from '../../../../../src-renderer/features/requests/words.ts';

const failed = requestDetail(
  requestRecord(1, NOW - 9_000, {
    preview: 'import numpy',
    status: 500,
    failure: "NameError : name 'forecast' is not defined",
  }),
  'failed',
);
const rejected = requestDetail(requestRecord(2, NOW - 5_000, { preview: 'import numpy as np' }), 'rejected');

describe.skipIf(isWithoutChromium)('the inspector', () => {
  const { open } = usePageTests();
  const openOn = async (...details: readonly RequestDetail[]): Promise<OpenedPage> => {
    const opened = await open(snapshotWith({ requests: details.map(({ record }) => record) }), { screen: 'requests' });
    await opened.page.evaluate((text) => {
      const known = JSON.parse(text) as readonly RequestDetail[];
      const { fake } = globalThis as unknown as FakeWindow;
      fake.answer('requestDetail', (id) => known.find(({ record }) => record.id === id) ?? null);
      fake.answer('replay', () => 2);
    }, JSON.stringify(details));
    await opened.page.getByRole('row').nth(1).click();
    return opened;
  };

  it('marks the line that failed, as the analyst wrote it', async () => {
    const { page, complaints } = await openOn(failed);
    const script = page.getByRole('list', { name: INSPECTOR_WORDS.parts.script });
    expect(await script.getByRole('listitem').nth(3).textContent()).toBe(
      "return forecast(x).tolist()▲ NameError: name 'forecast' is not defined",
    );
    expect(complaints).toEqual([]);
  });

  it('says what Tableau will reject, with data and result side by side', async () => {
    const { page } = await openOn(rejected);
    await page.getByText('39 values for 40 rows.').first().waitFor();
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.data }).click();
    const data = page.getByRole('region', { name: INSPECTOR_WORDS.data });
    expect(await data.getByRole('columnheader', { name: '_arg2' }).textContent()).toContain(INSPECTOR_WORDS.nulls('8'));
    expect(await data.getByRole('row').nth(5).textContent()).toContain('null');
    await page
      .getByRole('region', { name: INSPECTOR_WORDS.result })
      .getByRole('rowheader', { name: '1', exact: true })
      .waitFor();
  });

  it.each([
    [760, 520],
    [1_040, 720],
    [1_600, 900],
  ])('is repaired with every button in sight and uncovered in a window of %i by %i', async (width, height) => {
    const { page, answer } = await openOn(failed);
    await page.setViewportSize({ width, height });
    await answer('checkScript', { functions: null, problems: [] });
    await page.getByRole('button', { name: INSPECTOR_WORDS.repair }).click();
    await page.getByRole('textbox', { name: REPAIR_WORDS.script }).waitFor();
    for (const name of [REPAIR_WORDS.run, REPAIR_WORDS.copyFormula, REPAIR_WORDS.close]) {
      const button = page.getByRole('button', { name });
      await button.scrollIntoViewIfNeeded();
      const isOnTop = await button.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const corners = [0.1, 0.9].map((part) => [box.x + box.width * part, box.y + box.height * part] as const);
        const { ownerDocument } = element as unknown as {
          readonly ownerDocument: { elementFromPoint(x: number, y: number): unknown };
        };
        return corners.every(([x, y]) => element.contains(ownerDocument.elementFromPoint(x, y) as never));
      });
      expect({ name, isOnTop }).toEqual({ name, isOnTop: true });
    }
  });

  it('says beside its actions when only its first rows are kept, and not while all of them are', async () => {
    const { text } = failed.request as { readonly text: string };
    const cut = { ...failed, request: { kind: 'head', text, isWholeKept: false } as const };
    const { page } = await openOn(cut);
    await page.getByText(INSPECTOR_WORDS.onlyFirstRows).waitFor();
    const whole = { ...failed, request: { kind: 'head', text, isWholeKept: true } as const };
    const other = (await openOn(whole)).page;
    await other.getByRole('list', { name: INSPECTOR_WORDS.parts.script }).waitFor();
    expect(await other.getByText(INSPECTOR_WORDS.onlyFirstRows).count()).toBe(0);
  });

  it('is sent again by the letter R, but not while somebody writes', async () => {
    const { page, asked } = await openOn(failed);
    await page.getByRole('button', { name: INSPECTOR_WORDS.replay, exact: true }).waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').press('r');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.script }).click();
    await page.keyboard.press('r');
    await expect.poll(asked).toEqual([{ name: 'replay', values: [1, null] }]);
  });

  it('shows prints, headers and bodies as text', async () => {
    const { page } = await openOn({ ...rejected, prints: '<b>bold</b> & more', printsDropped: 12 });
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.prints }).click();
    await page.getByText('<b>bold</b> & more').waitFor();
    await page.getByText(INSPECTOR_WORDS.printsDropped('12')).waitFor();
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.headers }).click();
    await page.getByText('Tableau Desktop').last().waitFor();
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.raw }).click();
    expect(await page.getByText('"_arg1":[200').count()).toBe(1);
  });

  it('shows one request after another', async () => {
    const { page, complaints } = await openOn(failed, rejected);
    for (const row of [1, 2, 1]) {
      await page.getByRole('row').nth(row).click();
      await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.data }).click();
      await page.getByRole('region', { name: INSPECTOR_WORDS.data }).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it('sends it again as it was, and shows what came of it', async () => {
    const { page, asked } = await openOn(failed, rejected);
    await page.getByRole('row').nth(2).click();
    await page.getByRole('list', { name: INSPECTOR_WORDS.parts.script }).waitFor();
    await page.getByRole('button', { name: INSPECTOR_WORDS.replay, exact: true }).click();
    await page.getByText('39 values for 40 rows.').first().waitFor();
    expect((await asked()).find(({ name }) => name === 'replay')).toEqual({ name: 'replay', values: [1, null] });
  });

  it('keeps the focus of the keyboard while it is sent again', async () => {
    const { page } = await openOn(failed, rejected);
    await page.getByRole('row').nth(2).click();
    const replay = page.getByRole('button', { name: INSPECTOR_WORDS.replay, exact: true });
    await replay.focus();
    await page.keyboard.press('Enter');
    await page.getByText('39 values for 40 rows.').first().waitFor();
    await expect.poll(() => replay.evaluate((button) => button.matches(':focus'))).toBe(true);
  });

  it('is repaired: the script runs on the same data, before and after stand side by side', async () => {
    const { page, asked, answer } = await openOn(failed, rejected);
    await answer('checkScript', { functions: null, problems: [] });
    await page.getByRole('row').nth(2).click();
    await page.getByRole('button', { name: INSPECTOR_WORDS.repair }).click();
    const code = page.getByRole('textbox', { name: REPAIR_WORDS.script });
    await code.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('return _arg1');
    await page.keyboard.press('Control+Enter');
    const after = page.getByRole('region', { name: REPAIR_WORDS.after, exact: true });
    await after.getByText('39 values for 40 rows.').first().waitFor();
    await page
      .getByRole('region', { name: REPAIR_WORDS.before, exact: true })
      .getByText(VERDICT_WORDS.failed)
      .waitFor();
    expect((await asked()).findLast(({ name }) => name === 'replay')!.values).toEqual([1, 'return _arg1']);
    await page.getByRole('button', { name: REPAIR_WORDS.copyFormula }).click();
    expect((await asked()).findLast(({ name }) => name === 'copyText')!.values).toEqual([
      'SCRIPT_REAL("return _arg1", SUM([Field 1]), ATTR([Field 2]))',
    ]);
    await page.getByRole('row').nth(1).click();
    await page.getByRole('row').nth(2).click();
    expect(await code.textContent()).toBe('return _arg1');
  });

  it('says why a request was stopped, and not in TabPy’s words that it was', async () => {
    const reason = 'The script was stopped: a user stopped it.';
    const more = { status: 500, failure: 'Error processing script', verdict: 'stopped', reason } as const;
    const { page } = await openOn({ ...failed, record: requestRecord(1, NOW - 9_000, more), error: null });
    await page.locator('.banner').getByText(reason).waitFor();
    expect(await page.getByText(INSPECTOR_WORDS.answered).count()).toBe(0);
  });

  it('says why it cannot be sent again', async () => {
    const { page } = await openOn(failed);
    await page.evaluate(() => {
      (globalThis as unknown as FakeWindow).fake.refuse('replay', 'The server is stopped. Start it first.');
    });
    await page.getByRole('button', { name: INSPECTOR_WORDS.replay, exact: true }).click();
    const alert = page.getByRole('alert').getByText('The server is stopped.');
    await alert.waitFor();
    expect(await alert.count()).toBe(1);
  });

  it('copies it as a command', async () => {
    const { page, asked } = await openOn(failed);
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.raw }).click();
    await page.getByRole('button', { name: INSPECTOR_WORDS.copyCurl }).click();
    const copied = (await asked()).find(({ name }) => name === 'copyText')!;
    expect(copied.values[0]).toMatch(/^curl -H "Content-Type: application\/json" --data-binary '\{"data"/);
  });

  it('says what is not kept', async () => {
    const { page } = await openOn({
      ...rejected,
      headers: null,
      request: { kind: 'not-kept' },
      response: { kind: 'too-large' },
    });
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.raw }).click();
    await page.getByText(INSPECTOR_WORDS.notKept).waitFor();
    await page.getByText(INSPECTOR_WORDS.tooLarge).waitFor();
    expect(
      await page.getByRole('button', { name: INSPECTOR_WORDS.replay, exact: true }).getAttribute('aria-disabled'),
    ).toBe('true');
  });

  it('draws two hundred thousand rows at once, and only those that are seen', async () => {
    const values = Array.from({ length: 200_000 }, (_, i) => i);
    const text = JSON.stringify({ script: 'return _arg1', data: { _arg1: values } });
    const { page } = await openOn({ ...rejected, request: { kind: 'kept', text } });
    await page.getByRole('tab', { name: INSPECTOR_WORDS.parts.data }).click();
    const data = page.getByRole('region', { name: INSPECTOR_WORDS.data });
    await data.getByRole('rowheader', { name: '1', exact: true }).waitFor();
    expect(await data.getByRole('row').count()).toBeLessThan(60);
    await data.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await data.getByRole('rowheader', { name: '200000', exact: true }).waitFor();
  });
});

describe.skipIf(isWithoutChromium)('a refresh of Tableau’s', () => {
  const { open } = usePageTests();
  it('is one row, which opens to its calls and tells what would be faster', async () => {
    const requests = Array.from({ length: 23 }, (_, i) =>
      requestRecord(i + 1, NOW - 9_000 + i * 40, { preview: 'return 1' }),
    );
    const { page } = await open(snapshotWith({ requests }), { screen: 'requests' });
    const list = page.getByRole('grid', { name: REQUEST_WORDS.list });
    expect(await list.getByRole('row').count()).toBe(2);
    await list.getByText('23×').click();
    await page.getByText('23 calls in 0.9 s, one for each partition.').waitFor();
    await page.getByRole('grid', { name: REQUEST_WORDS.calls }).getByRole('row').nth(2).click();
    await page.getByText(INSPECTOR_WORDS.facts.rowsSent).waitFor();
  });

  it('can be shown call by call', async () => {
    const requests = Array.from({ length: 3 }, (_, i) =>
      requestRecord(i + 1, NOW - 9_000 + i * 40, { preview: 'return 1' }),
    );
    const { page } = await open(snapshotWith({ requests }), { screen: 'requests' });
    await page.getByText(REQUEST_WORDS.fold).click();
    expect(await page.getByRole('grid', { name: REQUEST_WORDS.list }).getByRole('row').count()).toBe(4);
  });
});
