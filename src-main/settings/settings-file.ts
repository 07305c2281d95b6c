// The settings on disk, in a store that conf (headless) or electron-store (tray app, built on conf) opens. A damaged file is
// set aside, never lost and never in the way. Must not know who reads the settings.

import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Conf from 'conf';
import type { Options } from 'conf';
import type { Notice } from '../../src-shared/ipc.ts';
import { faultOf, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Kind } from '../../src-shared/setting-kinds.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';
import { MIGRATIONS } from './migrations.ts';

export type Values = Record<string, unknown>;
export type Store = Pick<Conf<Values>, 'store' | 'set' | 'delete'>;
/** `new Conf(options)`, or electron-store's class with the same options. */
export type OpenStore = (options: Options<Values> & { readonly cwd: string }) => Store;

export interface SettingsFile {
  /** What the file says; names that it does not hold have their defaults. */
  values(): Partial<Settings>;
  /** Writes atomically. A value that is the default is taken out, so that a later default counts. @throws Node's error */
  write(changes: Partial<Settings>): void;
  readonly notices: readonly Notice[];
}

export interface SettingsFileDeps {
  /** Where `settings.json` lies; made when it is missing. */
  readonly folder: string;
  readonly open: OpenStore;
  /** The program's version, for migrations. */
  readonly version: string;
  readonly migrations?: typeof MIGRATIONS;
  readonly now?: () => Date;
}

const NAME = 'settings';

/** @throws Node's error when the folder cannot be used */
export function openSettingsFile(deps: SettingsFileDeps): SettingsFile {
  const { folder, open, version, migrations = MIGRATIONS, now = () => new Date() } = deps;
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${NAME}.json`);
  const aside = `${file}.damaged-${now().toISOString().replaceAll(':', '-')}`;
  const options: Options<Values> & { readonly cwd: string } = {
    cwd: folder,
    configFileMode: 0o600,
    schema: schemaOfAll(),
    projectVersion: version,
    migrations,
    accessPropertiesByDotNotation: false,
  };
  const notices: Notice[] = [];
  const damage = unreadable(file);
  if (damage !== null) {
    renameSync(file, aside);
    notices.push({
      id: 'settings-damaged',
      level: 'error',
      text: `The settings file could not be read (${damage}). The settings are back to their defaults; the old file is ${aside}.`,
    });
  }
  let store: Store;
  try {
    store = open(options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    // It is JSON, but a value is none that its setting can have.
    const lost = takeOutFaults(file, aside);
    notices.push({
      id: 'settings-repaired',
      level: 'warn',
      text: `Settings with values that cannot be are back to their defaults: ${lost.join('; ')}. The old file is ${aside}.`,
    });
    store = open(options);
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

/** Why a file cannot be read as an object of JSON; null when it can, or is not there. */
function unreadable(file: string): string | null {
  let text: string;
  try {
    text = readRegularFileSync(file, MOST_TEXT_FILE_BYTES).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (isRefusal(error, 'file-too-large', 'not-regular-file')) return error.message;
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'it holds no settings';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Keeps a copy of the file and takes the faulty values out of it. @returns what was wrong, a phrase each */
function takeOutFaults(file: string, aside: string): string[] {
  const values = JSON.parse(readRegularFileSync(file, MOST_TEXT_FILE_BYTES).toString('utf8')) as Values;
  const faults = SETTING_NAMES.filter((name) => name in values && faultOf(name, values[name]) !== null);
  copyFileSync(file, aside);
  const lost = faults.map((name) => `${name} ${faultOf(name, values[name])}`);
  for (const name of faults) delete values[name];
  writeFileSync(file, JSON.stringify(values));
  return lost;
}

type Schema = NonNullable<Options<Values>['schema']>;

function schemaOfAll(): Schema {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, schemaOf(SETTINGS[name].kind)]));
}

/** The JSON schema of a kind of value, as conf's validator reads it. */
export function schemaOf(kind: Kind): Schema[string] {
  switch (kind.kind) {
    case 'switch':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: [...kind.choices] };
    case 'text':
      return { type: 'string', maxLength: kind.mostCharacters };
    case 'list':
      return {
        type: 'array',
        maxItems: kind.mostEntries,
        items: { type: 'string', minLength: 1, maxLength: kind.mostCharacters },
      };
    case 'number':
      return { type: kind.isWhole ? 'integer' : 'number', minimum: kind.least, maximum: kind.most };
  }
}
