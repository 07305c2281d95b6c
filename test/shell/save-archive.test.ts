// Saving an archive: the user says where, and nothing but an archive is written.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { argumentsOf } from '../../src-shared/ipc.ts';
import { saveArchive } from '../../src-main/shell/save-archive.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const ARCHIVE = Buffer.from('PK rest of it').toString('base64');
const dialogThatSays = (filePath: string) => {
  const asked: unknown[] = [];
  return {
    asked,
    dialog: {
      showSaveDialog(options: unknown) {
        asked.push(options);
        return Promise.resolve({ canceled: filePath === '', filePath });
      },
    },
  };
};

describe('saving an archive', () => {
  it('writes it where the user says, and proposes the folder of downloads', async () => {
    const file = path.join(temporaryFolder(), 'mine.zip');
    const { dialog, asked } = dialogThatSays(file);
    expect(await saveArchive(dialog, '/downloads', 'clustering.zip', ARCHIVE)).toBe(true);
    expect(readFileSync(file, 'latin1')).toBe('PK rest of it');
    expect(asked).toMatchObject([{ defaultPath: path.join('/downloads', 'clustering.zip') }]);
  });

  it('proposes the ending of a workbook for a workbook', async () => {
    const { dialog, asked } = dialogThatSays('');
    const name = 'TabPy Tray sample.twbx';
    expect(argumentsOf('saveFile', [name, ARCHIVE])).toEqual([name, ARCHIVE]);
    await saveArchive(dialog, '/downloads', name, ARCHIVE);
    expect(asked).toMatchObject([{ filters: [{ extensions: ['twbx'] }] }]);
  });

  it('writes nothing when the user does not want it', async () => {
    const { dialog } = dialogThatSays('');
    expect(await saveArchive(dialog, '/downloads', 'a.zip', ARCHIVE)).toBe(false);
  });

  it('asks for nothing that is no archive', async () => {
    const file = path.join(temporaryFolder(), 'evil.zip');
    const { dialog, asked } = dialogThatSays(file);
    const script = Buffer.from('#!/bin/sh').toString('base64');
    await expect(saveArchive(dialog, '/', 'a.zip', script)).rejects.toMatchObject({ code: 'refused' });
    expect(asked).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('says why it could not be written', async () => {
    const { dialog } = dialogThatSays(path.join(temporaryFolder(), 'no such folder', 'a.zip'));
    await expect(saveArchive(dialog, '/', 'a.zip', ARCHIVE)).rejects.toThrow('Choose another place.');
  });

  it.each(['../a.zip', '/etc/a.zip', 'a.exe', '.zip', 'a.zip.exe', 'C:a.zip', 'a\nb.zip'])(
    'is refused under the name %j',
    (name) => {
      expect(() => argumentsOf('saveFile', [name, ARCHIVE])).toThrow(
        expect.objectContaining({ code: 'bad-arguments' }),
      );
    },
  );
});
