// Which index pip would use.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pipFiles, pipSettings } from '../../../src-main/packages/index/pip-config.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const home = '/home/ana';

describe('the settings of pip', () => {
  const settingsOf = (content: string, env: Readonly<Record<string, string>> = {}) => {
    const file = path.join(temporaryFolder(), 'pip.conf');
    writeFileSync(file, content);
    // Of Windows, whose other files are all named by variables: this computer's own must not count.
    const nowhere = { ProgramData: '/nowhere', APPDATA: '/nowhere' };
    return pipSettings({ env: { PIP_CONFIG_FILE: file, ...nowhere, ...env }, platform: 'win32', home: '/nowhere' });
  };

  it('are read from its file, those of one command after those of all', async () => {
    const content =
      '[global]\nindex_url = https://all.example/simple\nproxy=http://p:1\n[install]\nindex-url: https://one.example/simple/\n';
    expect(await settingsOf(content)).toMatchObject({ index: 'https://one.example/simple/', proxy: 'http://p:1' });
  });

  it('are overruled by the environment', async () => {
    const found = await settingsOf('[global]\nindex-url = https://a.example/', { PIP_INDEX_URL: 'https://b.example/' });
    expect(found.index).toBe('https://b.example/');
  });

  it('are read as Python reads them, over several lines and with percent signs as they are', async () => {
    const found = await settingsOf(
      '\uFEFF[global]\n; index-url = https://no.example/\nindex-url =\n    https://ana:p%40ss@all.example/simple\ncert: /a.pem\n',
    );
    expect(found).toMatchObject({ index: 'https://ana:p%40ss@all.example/simple', certificates: '/a.pem' });
    expect((await settingsOf('[Global]\nindex-url = https://a.example/')).index).toBe(null);
  });

  it('name certificates: of pip itself, else those of the library that pip is built on', async () => {
    const libraries = { REQUESTS_CA_BUNDLE: '/r.pem', CURL_CA_BUNDLE: '/c.pem' };
    expect((await settingsOf('[global]\ncert = /a.pem', libraries)).certificates).toBe('/a.pem');
    expect((await settingsOf('', { ...libraries, PIP_CERT: '/p.pem' })).certificates).toBe('/p.pem');
    expect((await settingsOf('', libraries)).certificates).toBe('/r.pem');
    expect((await settingsOf('', { CURL_CA_BUNDLE: '/c.pem' })).certificates).toBe('/c.pem');
  });

  it('take no other section, and nothing from a file that is none', async () => {
    expect((await settingsOf('[freeze]\nindex-url = https://a.example/')).index).toBe(null);
    expect((await settingsOf('\0\0 index')).index).toBe(null);
  });

  it('are those of the user before those of the computer', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, '.config/pip'), { recursive: true });
    writeFileSync(path.join(folder, '.config/pip/pip.conf'), '[global]\nindex-url = https://user.example/');
    expect((await pipSettings({ env: {}, platform: 'linux', home: folder })).index).toBe('https://user.example/');
    expect(pipFiles({ env: {}, platform: 'linux', home }).at(-1)).toBe('/home/ana/.config/pip/pip.conf');
    expect(pipFiles({ env: { APPDATA: 'C:\\A' }, platform: 'win32', home: 'C:\\U' }).at(-1)).toBe(
      'C:\\A\\pip\\pip.ini',
    );
    expect(pipFiles({ env: {}, platform: 'darwin', home }).at(-1)).toContain('Library/Application Support/pip');
    expect(pipFiles({ env: { PIP_CONFIG_FILE: '/dev/null' }, platform: 'linux', home })).toEqual([]);
  });
});
