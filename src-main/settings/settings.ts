// The effective settings. Changes in the window override the command line, then the environment, the file and the
// defaults. Must not know files, windows or what the settings do.

import { DEFAULT_SETTINGS, SETTING_NAMES } from '../../src-shared/settings.ts';
import type { SettingSource, SettingSources, StartPlace } from '../../src-shared/setting-source.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import type { SettingsFile } from './settings-file.ts';

export interface LiveSettings {
  read(): Settings;
  /** Where each value comes from that is not its default. */
  sources(): SettingSources;
  /** Applies new values at once; `keep` writes them to the file. They override the values given at the start. */
  change(changes: Partial<Settings>): Settings;
  /** Writes the changed values to the file. @throws Node's error when it cannot be written */
  keep(changes: Partial<Settings>): void;
  /** @returns a function that stops listening */
  onChange(listener: (settings: Settings) => void): () => void;
}

/**
 * @param given values of the command line and the environment for this run; never written to the file
 * @param places where each of them was given
 */
export function createSettings(
  file: SettingsFile | null,
  given: Partial<Settings>,
  places: ReadonlyMap<SettingName, StartPlace> = new Map(),
): LiveSettings {
  const listeners = new Set<(settings: Settings) => void>();
  let settings: Settings = { ...DEFAULT_SETTINGS, ...file?.values(), ...given };
  return {
    read: () => settings,
    sources: () => sourcesOf(settings, given, places),
    change(changes) {
      const known = SETTING_NAMES.filter((name) => name in changes);
      const news = Object.fromEntries(known.map((name: SettingName) => [name, changes[name]])) as Partial<Settings>;
      settings = { ...settings, ...news };
      for (const tell of listeners) tell(settings);
      return settings;
    },
    keep: (changes) => file?.write(changes),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function sourcesOf(
  settings: Settings,
  given: Partial<Settings>,
  places: ReadonlyMap<SettingName, StartPlace>,
): SettingSources {
  const entries = SETTING_NAMES.flatMap((name): readonly (readonly [SettingName, SettingSource])[] => {
    const start = places.get(name);
    if (start !== undefined)
      return [[name, { kind: isSame(settings[name], given[name]) ? 'start' : 'until-end', start }]];
    return isSame(settings[name], DEFAULT_SETTINGS[name]) ? [] : [[name, { kind: 'file' }]];
  });
  return Object.fromEntries(entries);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
