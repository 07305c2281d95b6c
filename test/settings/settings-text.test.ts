import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Setting } from '../../src-shared/setting-kinds.ts';
import { effectiveText, optionText, settingsPage, variableHelp } from '../../src-main/settings/settings-text.ts';

describe('the texts of the settings', () => {
  it('of the documentation are those of the table (npm run docs)', () => {
    expect(readFileSync(path.resolve(import.meta.dirname, '../../docs/settings.md'), 'utf8')).toBe(settingsPage());
  });

  it('name every option and every variable once', () => {
    const options = SETTING_NAMES.filter((name) => (SETTINGS[name] as Setting).option !== undefined);
    const optionHelp = options.map((name) => `--${(SETTINGS[name] as Setting).option} ${optionText(name)}\n`).join('');
    const help = optionHelp + variableHelp();
    const named = SETTING_NAMES.map((name): Setting => SETTINGS[name]).flatMap(({ env, option }) => [
      ...(option === undefined ? [] : [new RegExp(`--${option} `)]),
      // One name may begin as another one does.
      ...(env === undefined ? [] : [new RegExp(`${env}(?!\\w)`)]),
    ]);
    expect(named.filter((name) => help.split(name).length !== 2)).toEqual([]);
  });

  it('say what an empty value means', () => {
    expect(optionText('logFolder')).toContain('Folder of the log; default: log in the data folder');
    expect(optionText('isolation')).toContain('one of caller, address, shared, request');
    expect(optionText('hosts')).toContain('may be repeated');
    expect(variableHelp()).toMatch(/TABPY_QUERY_OBJECT_PATH +Folder of functions; in the data folder\n/);
  });

  it('say of the effective settings where each comes from', () => {
    const text = effectiveText({ ...DEFAULT_SETTINGS, port: 9_005 }, new Map([['port', 'TABPY_PORT']]));
    expect(text).toContain('port = 9005  (TABPY_PORT)\n');
    expect(text).toContain('workers = 2  (default)\n');
  });
});
