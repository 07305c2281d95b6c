// The sample workbook as a file that Tableau opens (.twbx): a zip of the workbook and its data.

import { ZipFile } from 'yazl';
import { csvText } from './sample-data.ts';
import { DATA_FILE, DATA_FOLDER, workbookXml } from './workbook-xml.ts';

/** The same bytes each time. */
export async function sampleWorkbook(): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (file: string, text: string): void => zip.addBuffer(Buffer.from(text), file, { mtime: MADE });
  add('TabPy Tray sample.twb', workbookXml());
  add(`${DATA_FOLDER}/${DATA_FILE}`, csvText());
  zip.end();
  return Buffer.concat(await (zip.outputStream as NodeJS.ReadableStream & { toArray(): Promise<Buffer[]> }).toArray());
}

const MADE = new Date(2026, 0, 1);
