// The table of settings as text for people: the command line's help, the list of effective settings, the documentation.
// Pure.

import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Kind, Setting } from '../../src-shared/setting-kinds.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import { wrappedText } from '../../src-shared/wrapped-text.ts';

const GROUPS: Readonly<Record<Setting['group'], string>> = {
  connection: 'Connection',
  security: 'Sign-in and HTTPS',
  scripts: 'Scripts and functions',
  python: 'Python',
  packages: 'Packages',
  log: 'Log',
  privacy: 'Privacy',
  general: 'App and appearance',
};
const APPLIES: Readonly<Record<Setting['applies'], string>> = {
  'at once': 'at once',
  listener: 'at once; the port is closed and opened again',
  python: 'at once; Python starts again',
  launch: 'when the program starts the next time',
};
/** Columns of a document. */
const COLUMNS = 100;

const settingOf = (name: SettingName): Setting => SETTINGS[name];

/** The help of a setting's option: its meaning, its values, its default and its variable. */
export function optionText(name: SettingName): string {
  const { kind, label, default: usual, whenEmpty = 'none', env } = settingOf(name);
  return [
    label,
    ...(kind.kind === 'choice' ? [`one of ${kind.choices.join(', ')}`] : []),
    `default: ${textOf(usual) || whenEmpty}`,
    ...(kind.kind === 'list' ? ['may be repeated'] : []),
  ]
    .join('; ')
    .concat(env === undefined ? '' : ` (${env})`);
}

/** The variables that have no option of their own. */
export function variableHelp(): string {
  return SETTING_NAMES.map(settingOf)
    .filter(({ option, env }) => option === undefined && env !== undefined)
    .map(
      ({ env, label, default: usual, whenEmpty = 'none' }) =>
        `  ${env!.padEnd(28)} ${label}; ${textOf(usual) || whenEmpty}\n`,
    )
    .join('');
}

/** `name = value  (source)`, one a line, in the order of the table. */
export function effectiveText(settings: Settings, sources: ReadonlyMap<SettingName, string>): string {
  return SETTING_NAMES.map(
    (name) => `${name} = ${JSON.stringify(settings[name])}  (${sources.get(name) ?? 'default'})\n`,
  ).join('');
}

/** The page docs/settings.md. */
export function settingsPage(): string {
  const groups = [...new Set(SETTING_NAMES.map((name) => settingOf(name).group))];
  const parts = groups.map((group) => {
    const names = SETTING_NAMES.filter((name) => settingOf(name).group === group);
    return [`## ${GROUPS[group]}`, ...names.map(sectionOf)].join('\n\n');
  });
  return `${[INTRODUCTION, ...parts].join('\n\n')}\n`;
}

const INTRODUCTION = `# Settings

Settings say how the program works. You change them on the screen **Settings** of the window. Where
there is no window, you give them as an option of the command line (\`--port 9005\`) or as a variable
of the environment (\`TABPY_PORT=9005\`). Variables that begin with \`TABPY_\` and not with
\`TABPY_TRAY_\` are those of TabPy.

If a setting is given in several places, the first of these applies:

1. a change in the window, until the program ends,
2. the command line,
3. the environment,
4. TabPy's configuration file, if \`--config\` names one,
5. the file \`settings.json\` in the data folder, into which the window writes,
6. the default.

The window shows below each setting where its value comes from, and \`tabpy-tray config\` prints it
for all settings that apply. What is given at the start applies again at the next start, whatever
the window changed: change it where it is given. If \`settings.json\` cannot be read, it is set
aside, and the window and the log say so. If one value in it is impossible, its default applies.

This page is made by \`npm run docs\` from \`src-shared/settings.ts\`.`;

function sectionOf(name: SettingName): string {
  const { label, help, kind, applies, onlyIn, env, option } = settingOf(name);
  const facts = [
    `\`${name}\` in \`settings.json\``,
    ...(option === undefined ? [] : [`\`--${option}\``]),
    ...(env === undefined ? [] : [`\`${env}\``]),
    limitsOf(kind),
    `default: ${codeOf(DEFAULT_SETTINGS[name])}`,
    `applies ${APPLIES[applies]}`,
    ...(onlyIn === undefined ? [] : ['tray app only']),
  ];
  return `### ${label}\n\n${wrappedText(help, COLUMNS)}\n\n${wrappedText(facts.join(' · '), COLUMNS)}`;
}

function limitsOf(kind: Kind): string {
  switch (kind.kind) {
    case 'number':
      return `${kind.isWhole ? 'whole number' : 'number'} from ${kind.least} to ${kind.most}${kind.unit ? ` ${kind.unit}` : ''}`;
    case 'switch':
      return 'true or false';
    case 'choice':
      return kind.choices.map((choice) => `\`${choice}\``).join(', ');
    case 'text':
      return 'text';
    case 'path':
      return `path of a ${kind.of}`;
    case 'list':
      return 'list';
  }
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function codeOf(value: unknown): string {
  return value === '' || (Array.isArray(value) && value.length === 0) ? 'empty' : `\`${textOf(value)}\``;
}
