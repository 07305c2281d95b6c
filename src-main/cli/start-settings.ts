// Collects the settings of a start: options, environment and TabPy's configuration file. Must not know the settings
// file.

import { Refusal } from '../../src-shared/refusal.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';
import { givenValues, startValuesOf } from '../settings/given-settings.ts';
import type { StartValues } from '../settings/given-settings.ts';
import { readTabpyConfig } from '../settings/tabpy-config.ts';
import type { TabpyConfig } from '../settings/tabpy-config.ts';
import type { GivenOptions } from './given-options.ts';
import { settingsOnLine } from './setting-options.ts';

export interface StartSettings extends StartValues {
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
  const given = startValuesOf(givenValues({ ...line, port: line['port'] ?? port }, process.env, config.values));
  const level = levelOf(options);
  return {
    values: { ...level?.values, ...given.values },
    places: new Map([...(level?.places ?? []), ...given.places]),
    warnings: config.warnings,
  };
}

/** `--log-level` and its variable override it. */
function levelOf(options: GivenOptions): StartValues | null {
  if (options.has('verbose')) return levelBy('debug', '--verbose');
  return options.has('quiet') ? levelBy('warn', '--quiet') : null;
}

function levelBy(logLevel: Settings['logLevel'], place: string): StartValues {
  return { values: { logLevel }, places: new Map([['logLevel', { kind: 'line', place }]]) };
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
