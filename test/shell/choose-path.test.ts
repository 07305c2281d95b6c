// Choosing a path: the page names a purpose, and the user chooses in the system's dialog.

import path from 'node:path';
import type { OpenDialogOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { argumentsOf } from '../../src-shared/ipc.ts';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Kind } from '../../src-shared/setting-kinds.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { createChoosePath } from '../../src-main/shell/choose-path.ts';

function choosing(filePaths: readonly string[], settings: Partial<Settings> = {}) {
  const asked: OpenDialogOptions[] = [];
  const dialog = {
    showOpenDialog(options: unknown) {
      asked.push(options as OpenDialogOptions);
      return Promise.resolve({ canceled: filePaths.length === 0, filePaths: [...filePaths] });
    },
  };
  return { asked, choose: createChoosePath(dialog, () => ({ ...DEFAULT_SETTINGS, ...settings })) };
}

describe('choosing a path', () => {
  it('returns the file that the user chose, from where the setting is now', async () => {
    const now = path.resolve('/etc/tls/old.crt');
    const { choose, asked } = choosing(['/etc/tls/server.crt'], { certificateFile: now });
    expect(await choose('certificateFile')).toBe('/etc/tls/server.crt');
    expect(asked).toMatchObject([
      { title: SETTINGS.certificateFile.label, defaultPath: now, properties: ['openFile'] },
    ]);
    expect(asked[0]!.filters?.map(({ extensions }) => extensions[0])).toEqual(['pem', '*']);
  });

  it('returns a folder where a folder is wanted', async () => {
    const { choose, asked } = choosing(['/data'], { filesForScripts: 'not absolute' });
    expect(await choose('filesForScripts')).toBe('/data');
    expect(await choose('tabpy')).toBe('/data');
    expect(asked.map(({ properties }) => properties![0])).toEqual(['openDirectory', 'openDirectory']);
    expect(asked[0]).not.toHaveProperty('defaultPath');
  });

  it('returns nothing when the user cancels', async () => {
    expect(await choosing([]).choose('python-file')).toBeNull();
  });

  it('opens one dialog at a time', async () => {
    const { choose, asked } = choosing(['/a']);
    const first = choose('keyFile');
    await expect(choose('keyFile')).rejects.toMatchObject({ code: 'refused' });
    await first;
    expect(await choose('keyFile')).toBe('/a');
    expect(asked).toHaveLength(2);
  });

  it('is possible for every setting that holds a path, and for nothing else', () => {
    const kindOf = (name: keyof Settings): Kind => SETTINGS[name].kind;
    for (const name of SETTING_NAMES) {
      const asked = (): unknown => argumentsOf('choosePath', [name]);
      if (kindOf(name).kind === 'path') expect(asked()).toEqual([name]);
      else expect(asked).toThrow(expect.objectContaining({ code: 'bad-arguments' }));
    }
    for (const purpose of ['/etc/passwd', '', null, {}, ['keyFile'], '__proto__'])
      expect(() => argumentsOf('choosePath', [purpose])).toThrow(expect.objectContaining({ code: 'bad-arguments' }));
  });
});
