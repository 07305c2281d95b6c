// Reads TabPy's configuration file (`tabpy --config=FILE`): its [TabPy] section as variables of the same names. Must
// not know files.

import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Setting } from '../../src-shared/setting-kinds.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { IniFault, interpolated, parseIni } from '../disk/ini-file.ts';
import type { GivenText } from './given-settings.ts';

export interface TabpyConfig {
  /** By TabPy's name, such as TABPY_PORT; the source names the file and the line. */
  readonly values: ReadonlyMap<string, GivenText>;
  /** Sentences about keys that have no effect here. */
  readonly warnings: readonly string[];
}

const SECTION = 'TabPy';
/** TabPy hands its file to Python's logging.config.fileConfig. */
const LOGGERS = 'loggers';

/** Settings of TabPy 2.16 that this program does not need, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  TABPY_STATIC_PATH: 'the page at / cannot be replaced',
  TABPY_ARROW_ENABLE: 'this server does not offer Arrow Flight; Tableau Prep sends JSON instead',
  TABPY_ARROWFLIGHT_PORT: 'this server does not offer Arrow Flight; Tableau Prep sends JSON instead',
};

/**
 * Reads a configuration. `env` holds the variables that `%(NAME)s` may name, as in TabPy.
 * @param isAuthors whether faults may quote lines of the file: the user who starts the program named it
 * @throws Refusal `bad-setting` that names file, line and fault
 */
export function readTabpyConfig(
  text: string,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  isAuthors = true,
): TabpyConfig {
  try {
    return configOf(text, file, env);
  } catch (error) {
    if (!(error instanceof IniFault)) throw error;
    throw new Refusal('bad-setting', `${file}, line ${error.line}: ${isAuthors ? error.quoted : error.message}.`);
  }
}

function configOf(text: string, file: string, env: Readonly<Record<string, string | undefined>>): TabpyConfig {
  const sections = parseIni(text);
  const section = sections.get(SECTION) ?? new Map();
  const defaults = new Map(Object.entries(env).map(([name, value]) => [name.toLowerCase(), value ?? '']));
  const known = new Set(SETTING_NAMES.map((name) => (SETTINGS[name] as Setting).env));
  const values = new Map<string, GivenText>();
  const warnings: string[] = [];
  for (const [key, value] of section) {
    const name = key.toUpperCase();
    const where = `${file}, line ${value.line}`;
    if (known.has(name)) {
      const given = { text: interpolated(value, section, defaults), source: `${name} (${where})` };
      if (name === 'TABPY_MINIMUM_TLS_VERSION' && !/^TLSv1_[23]$/i.test(given.text)) {
        // TabPy starts all the same, with this version (app.py).
        warnings.push(`${name} (${where}) is '${given.text}', which is not available. TLSv1_2 applies.`);
      } else {
        values.set(name, given);
      }
    } else if (name in WITHOUT) {
      warnings.push(`${name} (${where}) has no effect: ${WITHOUT[name]}.`);
    } else if (name.startsWith('TABPY_OAUTH_')) {
      warnings.push(`${name} (${where}) has no effect: sign-in works with a password file only.`);
    } else {
      warnings.push(`${name} (${where}) is not known and has no effect. Is it spelt right?`);
    }
  }
  if (sections.has(LOGGERS)) {
    warnings.push(
      `[${LOGGERS}] (${file}) and its sections have no effect: the log has other settings, such as --log-level and --log-folder.`,
    );
  }
  return { values, warnings };
}
