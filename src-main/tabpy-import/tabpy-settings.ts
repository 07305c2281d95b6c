// Maps TabPy's configuration and state.ini to our settings. Pure, except that it checks whether a file exists. Must not
// know how settings are kept.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Setting } from '../../src-shared/setting-kinds.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { givenValues } from '../settings/given-settings.ts';
import type { GivenText } from '../settings/given-settings.ts';

/** A value of TabPy's, or why it is not valid here. */
export type WantedSetting =
  | { readonly name: SettingName; readonly value: Settings[SettingName]; readonly fault: null }
  | { readonly name: SettingName; readonly value: string; readonly fault: string };

/** These are places of TabPy's own files. */
const PLACES: ReadonlySet<SettingName> = new Set(['statePath', 'functionsPath']);
const FILES: ReadonlySet<SettingName> = new Set(['passwordFile', 'certificateFile', 'keyFile']);
/** The values in an unedited state.ini. */
const TABPYS_NAME = 'TabPy Server';

/** From a configuration file; relative paths start at its folder. */
export function settingsOfConfig(values: ReadonlyMap<string, GivenText>, file: string): readonly WantedSetting[] {
  return SETTING_NAMES.flatMap((name): readonly WantedSetting[] => {
    const given = values.get((SETTINGS[name] as Setting).env ?? '');
    if (!given || given.text === '' || PLACES.has(name)) return [];
    if (FILES.has(name)) return [fileOf(name, given.text, path.dirname(file))];
    try {
      const [one] = givenValues({}, {}, new Map([[(SETTINGS[name] as Setting).env ?? '', given]]));
      return [{ name, value: one!.value as Settings[SettingName], fault: null }];
    } catch (error) {
      if (isRefusal(error, 'bad-setting')) return [{ name, value: given.text, fault: error.message }];
      throw error;
    }
  });
}

/** From [Service Info] of a state.ini: the texts about the server that people see. */
export function settingsOfState(info: ReadonlyMap<string, string>): readonly WantedSetting[] {
  const name = info.get('Name') ?? '';
  const description = info.get('Description') ?? '';
  return [
    ...(name === '' || name === TABPYS_NAME ? [] : [{ name: 'name', value: name, fault: null } as const]),
    ...(description === '' ? [] : [{ name: 'description', value: description, fault: null } as const]),
  ];
}

/**
 * The part of a state.ini that has no setting of ours (CORS, creation time, a path before all others) as a file of its
 * own; null when nobody ever edited it.
 */
export function stateFileOf(info: ReadonlyMap<string, string>): string | null {
  const isEdited = [...info].some(
    ([key, value]) =>
      !['Name', 'Description'].includes(key) && value !== '' && !(key === 'Creation Time' && value === '0'),
  );
  if (!isEdited) return null;
  const lines = [...info].map(([key, value]) => `${key} = ${value.replaceAll('\n', '\n\t')}`);
  return `[Service Info]\n${lines.join('\n')}\n`;
}

function fileOf(name: SettingName, text: string, folder: string): WantedSetting {
  const file = path.resolve(folder, text.replace(/^~(?=$|[\\/])/, homedir()));
  if (existsSync(file)) return { name, value: file, fault: null };
  return { name, value: text, fault: `There is no file ${file}. Choose the file in Settings.` };
}
