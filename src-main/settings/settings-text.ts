// The table of settings as text for people: the command line's help, the list of effective settings, the documentation. Pure.

import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Kind, Setting } from '../../src-shared/setting-kinds.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';

const GROUPS: Readonly<Record<Setting['group'], string>> = {
  general: 'General',
  server: 'Server',
  log: 'Log',
  python: 'Python',
  privacy: 'Privacy',
};
const APPLIES: Readonly<Record<Setting['applies'], string>> = {
  'at once': 'at once',
  listener: 'at once; the port opens anew',
  python: 'at once; Python starts anew',
  launch: 'at the next start of the app',
};
const settingOf = (name: SettingName): Setting => SETTINGS[name];

/** What the help says of the option of a setting: what it sets, what it may be, its default and its variable. */
export function optionText(name: SettingName): string {
  const { kind, label, default: usual, whenEmpty = 'none', env } = settingOf(name);
  return [
    label,
    ...(kind.kind === 'choice' ? [`one of ${kind.choices.join(', ')}`] : []),
    `${textOf(usual) || whenEmpty} unless given`,
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

/** The page of the documentation: docs/settings.md. */
export function settingsPage(): string {
  const groups = [...new Set(SETTING_NAMES.map((name) => settingOf(name).group))];
  const parts = groups.map((group) => {
    const names = SETTING_NAMES.filter((name) => settingOf(name).group === group);
    return [`## ${GROUPS[group]}`, ...names.map(sectionOf)].join('\n\n');
  });
  return `${[INTRODUCTION, ...parts].join('\n\n')}\n`;
}

const INTRODUCTION = `# Settings

Made from the table in \`src-shared/settings.ts\` by \`npm run docs\`: the window, the command line and the check of the file come from the same table.

The window writes settings to \`settings.json\` in the data folder; only what differs from the default is in it. A file that cannot be read is set aside and told, a value that cannot be is taken back
to its default. For one run, the command line counts before the environment, the environment before TabPy's configuration file (\`--config\`), and that before \`settings.json\`.
\`tabpy-tray config\` prints what counts and where each value comes from.`;

function sectionOf(name: SettingName): string {
  const { label, help, kind, applies, env, option } = settingOf(name);
  const facts = [
    `\`${name}\` in the file`,
    ...(option === undefined ? [] : [`\`--${option}\``]),
    ...(env === undefined ? [] : [`\`${env}\``]),
    limitsOf(kind),
    `default ${codeOf(DEFAULT_SETTINGS[name])}`,
    `counts ${APPLIES[applies]}`,
  ];
  return `### ${label}\n\n${help}\n\n${facts.join(' · ')}`;
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
