// Report of the server as text, for somebody who helps. Pure; must hold no data of requests and no secrets.

import { SETTING_NAMES, DEFAULT_SETTINGS, SETTINGS } from '../../../src-shared/settings.ts';
import type { Setting } from '../../../src-shared/setting-kinds.ts';
import type { SettingName, Settings } from '../../../src-shared/settings.ts';
import { VERDICTS } from '../../../src-shared/verdict.ts';
import type { SelfTestStep } from '../../../src-shared/self-test.ts';
import { titleOf } from '../../../src-shared/state-words.ts';
import type { PageState } from '../../store/page-state.ts';
import { REPORT_WORDS as words } from './words.ts';

const MOST_LINES = 40;
/**
 * A path of Linux, macOS or Windows that starts with a folder for people's files, with or without quotes. In quotes it
 * may hold spaces.
 */
const ROOT = String.raw`(?:/(?:home|Users|root|tmp|var|opt|srv|mnt|media|data|etc|usr|private|Volumes|run)/|[A-Za-z]:[\\/]|\\\\)`;
const PATH = new RegExp(`'${ROOT}[^']*'|"${ROOT}[^"]*"|(?<![\\w:/])${ROOT}[^\\s'",;)]*`, 'g');
/** URLs of an index can hold a name and a password. */
const ADDRESSES: ReadonlySet<SettingName> = new Set(['packageIndex', 'packageProxy']);

export function reportOf(page: PageState, tested: readonly SelfTestStep[]): string {
  const { program, service, settings, functions, requests, log } = page;
  const failed = functions.filter(({ status }) => status === 'LoadFailed').length;
  const changed = SETTING_NAMES.filter((name) => !isSame(settings[name], DEFAULT_SETTINGS[name]));
  const trouble = log.filter(({ level }) => level === 'warn' || level === 'error').slice(-MOST_LINES);
  return [
    words.program(program),
    words.state(titleOf(service)),
    words.counts(functions.length, failed, requests.length),
    words.verdicts(VERDICTS.map((one) => [one, requests.filter(({ verdict }) => verdict === one).length])),
    section(
      words.connection,
      tested.map(({ outcome, text }) => `${outcome}: ${withoutPaths(text)}`),
    ),
    section(
      words.changed,
      changed.map((name) => `${name}: ${valueOf(name, settings)}`),
    ),
    section(
      words.trouble,
      trouble.map(({ at, level, text }) => `${new Date(at).toISOString()} ${level} ${withoutPaths(text)}`),
    ),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...(lines.length === 0 ? [words.none] : lines)].join('\n');
}

function valueOf(name: SettingName, settings: Settings): string {
  // Paths are private: the report says only whether one is set.
  if ((SETTINGS[name] as Setting).kind.kind === 'path') return words.path;
  if (ADDRESSES.has(name)) return words.address;
  return JSON.stringify(settings[name]);
}

/** Replaces paths of this computer in messages of the program. Routes of the server stay. */
function withoutPaths(text: string): string {
  return text.replace(PATH, words.path);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
