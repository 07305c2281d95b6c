// A report of the server as text, for a question to somebody else. Pure; must hold no data of requests and no secrets.

import { SETTING_NAMES, DEFAULT_SETTINGS } from '../../../src-shared/settings.ts';
import type { SettingName, Settings } from '../../../src-shared/settings.ts';
import type { SelfTestStep } from '../../../src-shared/self-test.ts';
import { titleOf } from '../../../src-shared/state-words.ts';
import type { PageState } from '../../store/page-state.ts';

const MOST_LINES = 40;
/**
 * As Linux, macOS and Windows write one, in quotes or without, where it begins with a folder that people's files lie in. What
 * stands in quotes may hold spaces.
 */
const ROOT = String.raw`(?:/(?:home|Users|root|tmp|var|opt|srv|mnt|media|data|etc|usr|private|Volumes|run)/|[A-Za-z]:[\\/]|\\\\)`;
const PATH = new RegExp(`'${ROOT}[^']*'|"${ROOT}[^"]*"|(?<![\\w:/])${ROOT}[^\\s'",;)]*`, 'g');
/** Where somebody lives on a disk is nobody's business: only whether there is one is told. */
const PATHS: ReadonlySet<SettingName> = new Set([
  'passwordFile',
  'certificateFile',
  'keyFile',
  'statePath',
  'functionsPath',
  'logFolder',
  'filesForScripts',
]);
/** Whoever needs a name and password for one writes them into it. */
const ADDRESSES: ReadonlySet<SettingName> = new Set(['packageIndex', 'packageProxy']);

export function reportOf(page: PageState, tested: readonly SelfTestStep[]): string {
  const { program, service, settings, functions, requests, log } = page;
  const failed = functions.filter(({ status }) => status === 'LoadFailed').length;
  const changed = SETTING_NAMES.filter((name) => !isSame(settings[name], DEFAULT_SETTINGS[name]));
  const trouble = log.filter(({ level }) => level === 'warn' || level === 'error').slice(-MOST_LINES);
  return [
    `TabPy Tray ${program.version} (${program.surface}, ${program.platform}), Python ${program.python ?? 'not ready'}`,
    `State: ${titleOf(service)}`,
    `Functions: ${functions.length}, ${failed} failed. Requests kept: ${requests.length}.`,
    section(
      'Connection',
      tested.map(({ outcome, text }) => `${outcome}: ${withoutPaths(text)}`),
    ),
    section(
      'Settings that are not the usual ones',
      changed.map((name) => `${name}: ${valueOf(name, settings)}`),
    ),
    section(
      'Warnings and errors, the latest last',
      trouble.map(({ at, level, text }) => `${new Date(at).toISOString()} ${level} ${withoutPaths(text)}`),
    ),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...(lines.length === 0 ? ['(none)'] : lines)].join('\n');
}

function valueOf(name: SettingName, settings: Settings): string {
  if (PATHS.has(name)) return '(a path)';
  if (ADDRESSES.has(name)) return '(an address)';
  return JSON.stringify(settings[name]);
}

/** Paths of this computer in what the program says. Routes of the server are none of them. */
function withoutPaths(text: string): string {
  return text.replace(PATH, '(a path)');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
