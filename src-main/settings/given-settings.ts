// Reads settings from the command line and the environment, by the table of settings. Pure.

import { faultOf, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Kind, Setting } from '../../src-shared/setting-kinds.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import type { StartPlace } from '../../src-shared/setting-source.ts';
import { Refusal } from '../../src-shared/refusal.ts';

/** The values of the command line, by option; lists are given by repeating an option. */
export type LineOptions = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** A value as it was written, and where. */
export interface GivenText {
  readonly text: string;
  readonly source: string;
}

/**
 * The settings given at the start: command line over environment over TabPy's configuration file. TABPY_* names and
 * meanings are TabPy's (docs/server-config.md of TabPy 2.16).
 * @throws Refusal `bad-setting`
 */
export function givenSettings(
  line: LineOptions,
  env: Readonly<Record<string, string | undefined>>,
  config: ReadonlyMap<string, GivenText> = new Map(),
): Partial<Settings> {
  return startValuesOf(givenValues(line, env, config)).values;
}

/** A setting that was given at the start, and where. */
export interface GivenValue {
  readonly name: SettingName;
  readonly value: unknown;
  readonly start: StartPlace;
}

/** The same with the place of each value, such as `--port` or `TABPY_PORT`. */
export function givenValues(
  line: LineOptions,
  env: Readonly<Record<string, string | undefined>>,
  config: ReadonlyMap<string, GivenText> = new Map(),
): readonly GivenValue[] {
  return SETTING_NAMES.flatMap((name) => {
    const { kind, option, env: variable } = SETTINGS[name] as Setting;
    const said = saidOf(option, variable, line, env, config);
    if (said === null) return [];
    const { text, start } = said;
    return [{ name, start, value: valueOf(name, kind, start.place, text) }];
  });
}

/** Values by name, and the place of each. */
export interface StartValues {
  readonly values: Partial<Settings>;
  readonly places: ReadonlyMap<SettingName, StartPlace>;
}

export function startValuesOf(given: readonly GivenValue[]): StartValues {
  return {
    values: Object.fromEntries(given.map(({ name, value }) => [name, value])),
    places: new Map(given.map(({ name, start }) => [name, start] as const)),
  };
}

function saidOf(
  option: string | undefined,
  variable: string | undefined,
  line: LineOptions,
  env: Readonly<Record<string, string | undefined>>,
  config: ReadonlyMap<string, GivenText>,
): { readonly text: string | readonly string[]; readonly start: StartPlace } | null {
  const fromLine = option === undefined ? undefined : line[option];
  if (fromLine !== undefined && typeof fromLine !== 'boolean')
    return { text: fromLine, start: { kind: 'line', place: `--${option}` } };
  if (variable === undefined) return null;
  const fromEnv = env[variable];
  if (fromEnv !== undefined && fromEnv !== '')
    return { text: fromEnv, start: { kind: 'environment', place: variable } };
  const fromConfig = config.get(variable);
  if (!fromConfig || fromConfig.text === '') return null;
  return { text: fromConfig.text, start: { kind: 'config', place: fromConfig.source } };
}

function valueOf(name: SettingName, kind: Kind, source: string, text: string | readonly string[]): unknown {
  const value = parse(kind, text);
  const fault = faultOf(name, value);
  if (fault !== null) throw new Refusal('bad-setting', `${source} is '${String(text)}'; it ${fault}.`);
  return value;
}

function parse(kind: Kind, text: string | readonly string[]): unknown {
  if (kind.kind === 'list') return typeof text === 'string' ? [text] : text;
  const word = String(text).trim();
  switch (kind.kind) {
    case 'number':
      return word === '' ? Number.NaN : Number(word);
    case 'switch':
      // TabPy reads its switches with ConfigParser's words.
      return ['1', 'true', 'yes', 'on'].includes(word.toLowerCase())
        ? true
        : ['0', 'false', 'no', 'off'].includes(word.toLowerCase())
          ? false
          : null;
    case 'choice':
      // TabPy accepts `HTTPS` for https.
      return kind.choices.find((choice) => choice.toLowerCase() === word.toLowerCase()) ?? word;
    case 'text':
    case 'path':
      return String(text);
  }
}
