// The settings on disk, in a store that conf (headless) or electron-store (tray app, built on conf) opens. A damaged
// file is set aside: it is never lost and never blocks a start.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Conf from 'conf';
import type { Options } from 'conf';
import type { Notice } from '../../src-shared/ipc.ts';
import { faultOf, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';

export type Values = Record<string, unknown>;
export type Store = Pick<Conf<Values>, 'store' | 'set' | 'delete'>;
/** `new Conf(options)`, or electron-store's class with the same options. */
export type OpenStore = (options: Options<Values> & { readonly cwd: string }) => Store;

export interface SettingsFile {
  /** The values in the file; missing names have their defaults. */
  values(): Partial<Settings>;
  /**
   * Writes atomically. A value equal to its default is removed, so that a later default applies. @throws Node's error
   */
  write(changes: Partial<Settings>): void;
  readonly notices: readonly Notice[];
}

export interface SettingsFileDeps {
  /** The folder of `settings.json`; made when it is missing. */
  readonly folder: string;
  readonly open: OpenStore;
  /** The program's version, for migrations. */
  readonly version: string;
  readonly migrations?: Migrations;
  readonly now?: () => Date;
}

type Migrations = NonNullable<Options<Values>['migrations']>;

const NAME = 'settings';
const OWNER_ONLY = 0o600;

/**
 * Migrations from files of older versions: a step for each version that renamed or changed a setting, such as `'0.2.0':
 * (store) => store.set('port', …)`. Nothing was renamed yet.
 */
const MIGRATIONS: Migrations = {};

/** @throws Node's error when the folder cannot be used */
export function openSettingsFile(deps: SettingsFileDeps): SettingsFile {
  const { folder, open, version, migrations = MIGRATIONS, now = () => new Date() } = deps;
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${NAME}.json`);
  const aside = `${file}.damaged-${now().toISOString().replaceAll(':', '-')}`;
  const notices: Notice[] = [];
  const { text, damage } = readText(file);
  if (damage !== null) {
    renameSync(file, aside);
    notices.push({
      id: 'settings-damaged',
      level: 'error',
      text: `The settings file could not be read (${damage}). All settings have their defaults now. The old file is ${aside}.`,
    });
  }
  const store = open({
    cwd: folder,
    configFileMode: OWNER_ONLY,
    projectVersion: version,
    migrations,
    accessPropertiesByDotNotation: false,
  });
  const faults = faultsIn(store.store);
  if (faults.size > 0) {
    writeFileSync(aside, text, { mode: OWNER_ONLY });
    for (const name of faults.keys()) store.delete(name);
    notices.push({
      id: 'settings-repaired',
      level: 'warn',
      text: `Some settings had values that are not valid and have their defaults now: ${[...faults.values()].join('; ')}. The old file is ${aside}.`,
    });
  }
  return {
    values() {
      const all = store.store;
      return Object.fromEntries(SETTING_NAMES.filter((name) => name in all).map((name) => [name, all[name]]));
    },
    write(changes) {
      const entries = Object.entries(changes) as [SettingName, unknown][];
      const isDefault = ([name, value]: [SettingName, unknown]): boolean =>
        JSON.stringify(value) === JSON.stringify(SETTINGS[name].default);
      const kept = entries.filter((entry) => !isDefault(entry));
      if (kept.length > 0) store.set(Object.fromEntries(kept));
      for (const [name] of entries.filter(isDefault)) if (name in store.store) store.delete(name);
    },
    notices,
  };
}

/** A file as it is before it is opened, and why it is not a valid JSON object; null when it is valid, or missing. */
function readText(file: string): { readonly text: string; readonly damage: string | null } {
  let text: string;
  try {
    text = readRegularFileSync(file, MOST_TEXT_FILE_BYTES).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', damage: null };
    if (isRefusal(error, 'file-too-large', 'not-regular-file')) return { text: '', damage: error.message };
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return { text, damage: isObject ? null : 'it contains no settings' };
  } catch (error) {
    return { text, damage: (error as Error).message };
  }
}

/** The faults of values that are not valid for their settings, a phrase each. */
function faultsIn(values: Values): ReadonlyMap<SettingName, string> {
  const names = SETTING_NAMES.filter((name) => name in values);
  return new Map(
    names.flatMap((name) => {
      const fault = faultOf(name, values[name]);
      return fault === null ? [] : [[name, `${name} ${fault}`] as const];
    }),
  );
}
