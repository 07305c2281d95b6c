// A request opened in a real browser: what is shown of it, and sending it again.

import { describe, expect, it } from 'vitest';
import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import type { FakeWindow } from '../../support/fake-window.ts';
import type { OpenedPage } from '../../support/opened-page.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { NOW, requestDetail, requestRecord, snapshotWith } from '../../support/scenes.ts';

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
    const script = page.getByRole('list', { name: 'Script' });
    expect(await script.getByRole('listitem').nth(3).textContent()).toBe(
      "return forecast(x).tolist()▲ NameError: name 'forecast' is not defined",
    );
    expect(complaints).toEqual([]);
  });

  it('says what Tableau will reject, with data and result side by side', async () => {
    const { page } = await openOn(rejected);
    await page.getByText('39 values for 40 rows.').waitFor();
    await page.getByRole('tab', { name: 'Data and result' }).click();
    const data = page.getByRole('region', { name: 'Data' });
    expect(await data.getByRole('columnheader', { name: '_arg2' }).textContent()).toContain('8 null');
    expect(await data.getByRole('row').nth(5).textContent()).toContain('null');
    await page.getByRole('region', { name: 'Result' }).getByRole('rowheader', { name: '1', exact: true }).waitFor();
  });

  it('is sent again by the letter R, but not while somebody writes', async () => {
    const { page, asked } = await openOn(failed);
    await page.getByRole('button', { name: 'Replay', exact: true }).waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').press('r');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('tab', { name: 'Script' }).click();
    await page.keyboard.press('r');
    await expect.poll(asked).toEqual([{ name: 'replay', values: [1, null] }]);
  });

  it('shows prints, headers and bodies as text', async () => {
    const { page } = await openOn({ ...rejected, prints: '<b>bold</b> & more', printsDropped: 12 });
    await page.getByRole('tab', { name: 'Prints' }).click();
    await page.getByText('<b>bold</b> & more').waitFor();
    await page.getByText('12 more characters were printed.').waitFor();
    await page.getByRole('tab', { name: 'Headers' }).click();
    await page.getByText('Tableau Desktop').last().waitFor();
    await page.getByRole('tab', { name: 'Raw' }).click();
    expect(await page.getByText('"_arg1":[200').count()).toBe(1);
  });

  it('shows one request after another', async () => {
    const { page, complaints } = await openOn(failed, rejected);
    for (const row of [1, 2, 1]) {
      await page.getByRole('row').nth(row).click();
      await page.getByRole('tab', { name: 'Data and result' }).click();
      await page.getByRole('region', { name: 'Data' }).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it('sends it again as it was, and shows what came of it', async () => {
    const { page, asked } = await openOn(failed, rejected);
    await page.getByRole('row').nth(2).click();
    await page.getByRole('list', { name: 'Script' }).waitFor();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByText('39 values for 40 rows.').waitFor();
    expect((await asked()).find(({ name }) => name === 'replay')).toEqual({ name: 'replay', values: [1, null] });
  });

  it('sends it again with another script and the same data', async () => {
    const { page, asked } = await openOn(failed, rejected);
    await page.getByRole('row').nth(2).click();
    await page.getByRole('button', { name: 'Edit and replay' }).click();
    await page.getByRole('textbox', { name: 'Changed script' }).fill('return _arg1');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('39 values for 40 rows.').waitFor();
    const [id, body] = (await asked()).find(({ name }) => name === 'replay')!.values as [number, string];
    expect(id).toBe(1);
    expect(JSON.parse(body)).toMatchObject({ script: 'return _arg1', data: { _arg1: { length: 40 } } });
  });

  it('says why it cannot be sent again', async () => {
    const { page } = await openOn(failed);
    await page.evaluate(() => {
      (globalThis as unknown as FakeWindow).fake.refuse('replay', 'The server is stopped. Start it first.');
    });
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    const alert = page.getByRole('alert').getByText('The server is stopped.');
    await alert.waitFor();
    expect(await alert.count()).toBe(1);
  });

  it('copies it as a command', async () => {
    const { page, asked } = await openOn(failed);
    await page.getByRole('button', { name: 'Copy as cURL' }).click();
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
    await page.getByRole('tab', { name: 'Raw' }).click();
    await page.getByText('data of requests is switched off').waitFor();
    await page.getByText('larger than 1 MB').waitFor();
    expect(await page.getByRole('button', { name: 'Replay', exact: true }).isDisabled()).toBe(true);
  });

  it('draws two hundred thousand rows at once, and only those that are seen', async () => {
    const values = Array.from({ length: 200_000 }, (_, i) => i);
    const text = JSON.stringify({ script: 'return _arg1', data: { _arg1: values } });
    const { page } = await openOn({ ...rejected, request: { kind: 'kept', text } });
    await page.getByRole('tab', { name: 'Data and result' }).click();
    const data = page.getByRole('region', { name: 'Data' });
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
    const list = page.getByRole('grid', { name: 'Requests' });
    expect(await list.getByRole('row').count()).toBe(2);
    await list.getByText('23×').click();
    await page.getByText('23 calls in 0.9 s, one for each partition.').waitFor();
    await page.getByRole('grid', { name: 'Calls of this refresh' }).getByRole('row').nth(2).click();
    await page.getByRole('region', { name: 'POST /evaluate' }).waitFor();
  });

  it('can be shown call by call', async () => {
    const requests = Array.from({ length: 3 }, (_, i) =>
      requestRecord(i + 1, NOW - 9_000 + i * 40, { preview: 'return 1' }),
    );
    const { page } = await open(snapshotWith({ requests }), { screen: 'requests' });
    await page.getByText('Fold refreshes').click();
    expect(await page.getByRole('grid', { name: 'Requests' }).getByRole('row').count()).toBe(4);
  });
});
