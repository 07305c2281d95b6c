import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Conf from 'conf';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, faultOf, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import { openSettingsFile } from '../../src-main/settings/settings-file.ts';
import type { SettingsFileDeps } from '../../src-main/settings/settings-file.ts';
import { createSettings } from '../../src-main/settings/settings.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function openIn(folder: string, more: Partial<SettingsFileDeps> = {}) {
  return openSettingsFile({
    folder,
    open: (options) => new Conf({ ...options, configName: 'settings' }),
    version: '0.1.0',
    ...more,
  });
}

const fileIn = (folder: string): string => path.join(folder, 'settings.json');
const asideIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes('damaged'));

describe('the settings file', () => {
  it('is not needed', () => {
    const file = openIn(path.join(temporaryFolder(), 'new', 'folder'));
    expect(file.values()).toEqual({});
    expect(file.notices).toEqual([]);
  });

  it('remembers what was changed, and nothing that is the default', () => {
    const folder = temporaryFolder();
    openIn(folder).write({ port: 9005, name: 'Mine', gzipEnabled: true });
    expect(openIn(folder).values()).toEqual({ port: 9005, name: 'Mine' });
    openIn(folder).write({ port: 9004 });
    expect(openIn(folder).values()).toEqual({ name: 'Mine' });
  });

  it.skipIf(process.platform === 'win32')('is its owner’s alone: the address of a proxy may hold a password', () => {
    const folder = temporaryFolder();
    writeFileSync(fileIn(folder), '{"port": 9005}', { mode: 0o644 });
    openIn(folder).write({ packageProxy: 'http://ana:secret@proxy.example.com:8080' });
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
  });

  it('of a folder that cannot be written is an error that says so', () => {
    const fault = Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES' });
    const open = (): never => {
      throw fault;
    };
    expect(() => openIn(temporaryFolder(), { open })).toThrow(fault);
  });

  it('that is no JSON is set aside, defaults count, and the user is told', () => {
    const folder = temporaryFolder();
    writeFileSync(fileIn(folder), '{"port": 90');
    const file = openIn(folder);
    expect(file.values()).toEqual({});
    expect(file.notices).toMatchObject([{ id: 'settings-damaged', level: 'error' }]);
    const [aside] = asideIn(folder);
    expect(readFileSync(path.join(folder, aside!), 'utf8')).toBe('{"port": 90');
    expect(file.notices[0]!.text).toContain(aside);
    file.write({ port: 9005 });
    expect(openIn(folder)).toMatchObject({ notices: [] });
  });

  it.each(['[]', 'null', '7', ''])('that holds %j is set aside as well', (text) => {
    const folder = temporaryFolder();
    writeFileSync(fileIn(folder), text);
    expect(openIn(folder).notices).toHaveLength(1);
    expect(asideIn(folder)).toHaveLength(1);
  });

  it('loses only the values that cannot be', () => {
    const folder = temporaryFolder();
    const text = JSON.stringify({ port: 99_999, name: 'Mine', workers: 'two', someday: true });
    writeFileSync(fileIn(folder), text);
    const file = openIn(folder);
    expect(file.values()).toEqual({ name: 'Mine' });
    expect(file.notices[0]).toMatchObject({ level: 'warn' });
    expect(file.notices[0]!.text).toContain('port must be a whole number from 0 to 65535');
    expect(file.notices[0]!.text).toContain('workers must be a whole number from 1 to 64');
    expect(readFileSync(path.join(folder, asideIn(folder)[0]!), 'utf8')).toBe(text);
    // What a newer version wrote stays for when it comes back.
    expect(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).toMatchObject({ someday: true });
  });

  it('of an older version is brought up to date', () => {
    const folder = temporaryFolder();
    writeFileSync(fileIn(folder), JSON.stringify({ tcpPort: 9005 }));
    const migrations: NonNullable<SettingsFileDeps['migrations']> = {
      '0.2.0': (store) => {
        store.set('port', store.get('tcpPort'));
        store.delete('tcpPort');
      },
    };
    expect(openIn(folder, { version: '0.2.0', migrations }).values()).toEqual({ port: 9005 });
    expect(existsSync(fileIn(folder))).toBe(true);
    expect(openIn(folder, { version: '0.2.0', migrations }).values()).toEqual({ port: 9005 });
  });
});

describe('the table of settings', () => {
  const VALUES = [
    true,
    false,
    null,
    '',
    'x',
    'caller',
    'dark',
    0,
    1,
    1.5,
    64,
    300,
    65_535,
    65_536,
    -1,
    [],
    ['a'],
    [''],
    {},
  ];

  it.each(SETTING_NAMES)('says of %s the same to the window and to the file', (name) => {
    const folder = temporaryFolder();
    const check = (value: unknown): boolean => {
      writeFileSync(fileIn(folder), JSON.stringify({ [name]: value }));
      return name in openIn(folder).values();
    };
    for (const value of VALUES) expect([value, check(value)]).toEqual([value, faultOf(name, value) === null]);
    expect(faultOf(name, SETTINGS[name].default)).toBeNull();
  });

  it('gives every option and variable once', () => {
    const said = SETTING_NAMES.flatMap((name) => {
      const { env, option } = SETTINGS[name] as { env?: string; option?: string };
      return [env, option].filter((one) => one !== undefined);
    });
    expect(new Set(said).size).toBe(said.length);
  });
});

describe('the effective settings', () => {
  it('are the start-up’s over the file’s over the defaults', () => {
    const folder = temporaryFolder();
    openIn(folder).write({ port: 9005, name: 'Mine' });
    const settings = createSettings(openIn(folder), { port: 9006 });
    expect(settings.read()).toMatchObject({ port: 9006, name: 'Mine', workers: 2 });
  });

  it('change at once and for everybody, and are kept when told to', () => {
    const folder = temporaryFolder();
    const settings = createSettings(openIn(folder), { port: 9006 });
    const seen: number[] = [];
    settings.onChange((now) => void seen.push(now.port));
    settings.change({ port: 9007 });
    expect(settings.read().port).toBe(9007);
    expect(seen).toEqual([9007]);
    settings.keep({ port: 9007 });
    expect(createSettings(openIn(folder), {}).read().port).toBe(9007);
  });

  it('say where each value comes from, also after a change in the window', () => {
    const folder = temporaryFolder();
    openIn(folder).write({ name: 'Mine' });
    const start = { kind: 'line', place: '--port' } as const;
    const settings = createSettings(openIn(folder), { port: 9006 }, new Map([['port', start]]));
    expect(settings.sources()).toEqual({ port: { kind: 'start', start }, name: { kind: 'file' } });
    settings.change({ port: 9007, name: DEFAULT_SETTINGS.name, workers: 3 });
    expect(settings.sources()).toEqual({ port: { kind: 'until-end', start }, workers: { kind: 'file' } });
    settings.change({ port: 9006 });
    expect(settings.sources().port).toEqual({ kind: 'start', start });
  });
});
