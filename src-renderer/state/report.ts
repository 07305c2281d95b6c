// A report of the server as text, for a question to somebody else. Pure; must hold no data of requests and no secrets.

import { SETTING_NAMES, DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { SettingName } from '../../src-shared/settings.ts';
import type { SelfTestStep } from '../../src-shared/self-test.ts';
import { titleOf } from '../../src-shared/state-words.ts';
import type { PageState } from './page-state.ts';

const MOST_LINES = 40;
/** Where somebody lives on a disk is nobody's business: only whether there is one is told. */
const PATHS: ReadonlySet<SettingName> = new Set(['passwordFile', 'certificateFile', 'keyFile', 'statePath']);

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
      tested.map(({ outcome, text }) => `${outcome}: ${text}`),
    ),
    section(
      'Settings that are not the usual ones',
      changed.map((name) => `${name}: ${PATHS.has(name) ? '(a path)' : JSON.stringify(settings[name])}`),
    ),
    section(
      'Warnings and errors, the latest last',
      trouble.map(({ at, level, text }) => `${new Date(at).toISOString()} ${level} ${text}`),
    ),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...(lines.length === 0 ? ['(none)'] : lines)].join('\n');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
