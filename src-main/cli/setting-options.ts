// The options of `serve` and `config`: one for each setting, and a few that are not settings. Must not know what
// settings do.

import { Option } from 'commander';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Kind, Setting } from '../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../src-shared/settings.ts';
import type { LineOptions } from '../settings/given-settings.ts';
import { optionText } from '../settings/settings-text.ts';
import type { GivenOptions } from './given-options.ts';

/** TabPy's own short options, and common ones. */
const SHORT: Readonly<Partial<Record<SettingName, string>>> = { port: '-p, ' };

/** An option for each setting that names one. */
export function settingOptions(): readonly Option[] {
  return optionsWithNames().map(([name, { option, kind }]) => {
    const made = new Option(`${SHORT[name] ?? ''}--${option} <${placeholderOf(kind)}>`, optionText(name));
    return kind.kind === 'list' ? made.argParser(collected) : made;
  });
}

/** The values of those options, as they were written. */
export function settingsOnLine(options: GivenOptions): LineOptions {
  return Object.fromEntries(
    optionsWithNames().map(([, { option, kind }]) => [
      option,
      kind.kind === 'list' ? options.list(option) : options.text(option),
    ]),
  );
}

/** The options of `serve` that are not settings. */
export function startOptions(defaultDataDir: string): readonly Option[] {
  return [
    new Option('-c, --config <FILE>', "TabPy's configuration file; environment variables and options override it"),
    new Option('--data-dir <DIR>', `the folder with deployed functions, packages and settings; ${defaultDataDir}`),
    new Option('-v, --verbose', 'log more (as --log-level debug)'),
    new Option('-q, --quiet', 'log only what needs attention (as --log-level warn)'),
    // An option of TabPy's command line, which skips its question about a start without sign-in; this program does not
    // ask.
    new Option('--disable-auth-warning').hideHelp(),
  ];
}

function optionsWithNames(): readonly (readonly [SettingName, Setting & { readonly option: string }])[] {
  return SETTING_NAMES.flatMap((name) => {
    const setting: Setting = SETTINGS[name];
    return setting.option === undefined ? [] : [[name, { ...setting, option: setting.option }] as const];
  });
}

function collected(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function placeholderOf(kind: Kind): string {
  switch (kind.kind) {
    case 'number':
      return 'N';
    case 'choice':
      return 'WORD';
    case 'path':
      return kind.of === 'file' ? 'FILE' : 'FOLDER';
    case 'switch':
    case 'text':
    case 'list':
      return 'TEXT';
  }
}
