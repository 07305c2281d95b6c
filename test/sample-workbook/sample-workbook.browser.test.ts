// The sample workbook as an XML parser and a zip reader see it: whole, and with nothing that is named and not there.

import { fromBufferPromise } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { FIELDS } from '../../src-main/sample-workbook/sample-fields.ts';
import { sampleWorkbook } from '../../src-main/sample-workbook/sample-workbook.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';

const program = findChromium();
if (program === null) console.warn('SKIPPED: the XML of the sample workbook; no Chromium found.');

/** The names on a sheet. */
interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly captions: readonly string[];
  readonly of: readonly string[];
  readonly instances: readonly string[];
  readonly formula: string;
  readonly used: readonly string[];
  readonly hasWindow: boolean;
}

async function filesOf(archive: Buffer): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const zip = await fromBufferPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    files.set(entry.fileName, Buffer.concat(await stream.toArray()).toString('utf8'));
  }
  return files;
}

describe('the archive of the sample workbook', () => {
  it('has the workbook and its data at the place that the workbook names, and is the same each time', async () => {
    const archive = await sampleWorkbook();
    expect((await sampleWorkbook()).equals(archive)).toBe(true);
    const files = await filesOf(archive);
    const data = 'Data/TabPy Tray sample/sample.csv';
    expect([...files.keys()]).toEqual(['TabPy Tray sample.twb', data]);
    expect(files.get(data)?.split('\r\n')[1]).toBe('"Ada Mill",1240.5,810,"Fast delivery and friendly people"');
    const xml = files.get('TabPy Tray sample.twb') ?? '';
    expect(xml).toContain(`directory='Data/TabPy Tray sample' filename='sample.csv'`);
  });
});

describe.skipIf(program === null)('the sample workbook', () => {
  let browser: Browser;
  let page: Page;
  let xml: string;
  beforeAll(async () => {
    browser = await launchChromium(program!);
    page = await browser.newPage();
    xml = (await filesOf(await sampleWorkbook())).get('TabPy Tray sample.twb') ?? '';
  });
  afterAll(() => browser?.close());
  const inBrowser = <Answer>(expression: string): Promise<Answer> =>
    page.evaluate(
      `(() => { const tree = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'text/xml'); return ${expression}; })()`,
    );

  it('is well-formed, and has the formulas letter by letter', async () => {
    const read = await inBrowser<{ readonly faults: number; readonly formulas: readonly string[] }>(`({
      faults: tree.querySelectorAll('parsererror').length,
      formulas: [...tree.querySelectorAll('datasources > datasource > column > calculation')].map((one) =>
        one.getAttribute('formula'),
      ),
    })`);
    expect(read).toEqual({ faults: 0, formulas: FIELDS.map(({ formula }) => formula) });
  });

  it('shows each field on a sheet of its own, whose fields are all there', async () => {
    const sheets = await inBrowser<readonly Sheet[]>(`(() => {
      const names = (of, what, attribute) => [...of.querySelectorAll(what)].map((one) => one.getAttribute(attribute));
      return [...tree.querySelectorAll('worksheets > worksheet')].map((sheet) => ({
        name: sheet.getAttribute('name'),
        columns: names(sheet, 'datasource-dependencies > column', 'name'),
        captions: names(sheet, 'datasource-dependencies > column', 'caption').filter(Boolean),
        of: names(sheet, 'column-instance', 'column'),
        instances: names(sheet, 'column-instance', 'name'),
        formula: sheet.querySelector('calculation').getAttribute('formula'),
        used: [
          sheet.querySelector('rows').textContent,
          sheet.querySelector('cols').textContent,
          sheet.querySelector('encodings > text').getAttribute('column'),
        ].filter(Boolean),
        hasWindow: names(tree, 'windows > window', 'name').includes(sheet.getAttribute('name')),
      }));
    })()`);
    expect(sheets.map(({ name }) => name)).toEqual(FIELDS.map(({ sheet }) => sheet));
    for (const [index, sheet] of sheets.entries()) {
      expect(sheet.captions).toEqual([FIELDS[index]!.caption]);
      expect(sheet.hasWindow).toBe(true);
      expect(sheet.columns).toEqual(expect.arrayContaining([...sheet.of]));
      const read = [...sheet.formula.matchAll(/\((\[\w+\])\)/g)].map(([, name]) => name);
      expect(sheet.columns).toEqual(expect.arrayContaining(read));
      const instances = sheet.used.map((name) => name.replace(/^\[federated\.tabpytraysample\]\./, ''));
      expect(sheet.instances).toEqual(expect.arrayContaining(instances));
    }
  });
});
