// Collects the settings of a start: options, environment and TabPy's configuration file. Must not know the settings
// file.

import { Refusal } from '../../src-shared/refusal.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';
import { givenValues } from '../settings/given-settings.ts';
import { readTabpyConfig } from '../settings/tabpy-config.ts';
import type { TabpyConfig } from '../settings/tabpy-config.ts';
import type { GivenOptions } from './given-options.ts';
import { settingsOnLine } from './setting-options.ts';

export interface StartSettings {
  readonly values: Partial<Settings>;
  /** The place of each value, such as `--port`. */
  readonly sources: ReadonlyMap<SettingName, string>;
  /** Sentences about lines of the configuration file that have no effect. */
  readonly warnings: readonly string[];
}

/**
 * @param port given as an argument without a name; an option overrides it
 * @throws Refusal `bad-setting`
 */
export function startSettings(options: GivenOptions, port?: string): StartSettings {
  const config = configIn(options.text('config'));
  const line = settingsOnLine(options);
  const given = givenValues({ ...line, port: line['port'] ?? port }, process.env, config.values);
  const level = levelOf(options);
  return {
    values: { ...level?.values, ...Object.fromEntries(given.map(({ name, value }) => [name, value])) },
    sources: new Map([...(level?.sources ?? []), ...given.map(({ name, source }) => [name, source] as const)]),
    warnings: config.warnings,
  };
}

/** `--log-level` and its variable override it. */
function levelOf(options: GivenOptions): Omit<StartSettings, 'warnings'> | null {
  if (options.has('verbose')) return { values: { logLevel: 'debug' }, sources: new Map([['logLevel', '--verbose']]) };
  if (options.has('quiet')) return { values: { logLevel: 'warn' }, sources: new Map([['logLevel', '--quiet']]) };
  return null;
}

function configIn(file: string | undefined): TabpyConfig {
  if (file === undefined) return { values: new Map(), warnings: [] };
  let text;
  try {
    text = readRegularFileSync(file, MOST_TEXT_FILE_BYTES).toString('utf8');
  } catch (error) {
    throw new Refusal('bad-setting', `The configuration file ${file} cannot be read: ${(error as Error).message}.`);
  }
  return readTabpyConfig(text, file, process.env);
}
