// Writes an archive to a place that the user chooses in the system's dialog, because the page itself may download
// nothing.
// Threat: an attacker who controls the page could request it too. So the user chooses the place, the name is a plain
// file name, and only archives are written.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Dialog } from 'electron';
import { Refusal } from '../../src-shared/refusal.ts';

/** How every zip file begins. */
const ZIP = 'PK';
const ARCHIVE = { name: 'Archive', extensions: ['zip'] };
const WORKBOOK = { name: 'Tableau workbook', extensions: ['twbx'] };

/** `archive` in base64. Resolves with whether a file was written; rejects with Refusal when it cannot be written. */
export async function saveArchive(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  folder: string,
  name: string,
  archive: string,
): Promise<boolean> {
  const bytes = Buffer.from(archive, 'base64');
  if (bytes.toString('latin1', 0, ZIP.length) !== ZIP) throw new Refusal('refused', 'This is not an archive.');
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: path.join(folder, name),
    filters: [name.endsWith('.twbx') ? WORKBOOK : ARCHIVE],
  });
  if (canceled || filePath === '') return false;
  try {
    await writeFile(filePath, bytes);
  } catch (error) {
    throw new Refusal('refused', `The file could not be written: ${(error as Error).message}. Choose another place.`);
  }
  return true;
}
