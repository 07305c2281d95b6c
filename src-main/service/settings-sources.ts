// Where settings come from when there is no window: defaults, TabPy's environment variables, the command line. Pure.

import { isIPv6 } from 'node:net';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';

/** A value that cannot be used; the message names it, its source and what would do. */
export class BadSetting extends Error {}

/** What the command line may say, as text. */
export interface CommandLineSettings {
  readonly port?: string | undefined;
  readonly host?: readonly string[] | undefined;
  readonly workers?: string | undefined;
  readonly isolation?: string | undefined;
  readonly 'allow-host'?: readonly string[] | undefined;
  readonly 'allow-origin'?: readonly string[] | undefined;
}

/**
 * The effective settings: command line over environment over defaults.
 * TABPY_* names and meanings are TabPy's (docs/server-config.md of TabPy 2.16).
 * @throws BadSetting
 */
export function settingsFrom(line: CommandLineSettings, env: Readonly<Record<string, string | undefined>>): Settings {
  const port = pick('--port', line.port, 'TABPY_PORT', env);
  const workers = pick('--workers', line.workers, 'TABPY_TRAY_WORKERS', env);
  const isolation = pick('--isolation', line.isolation, 'TABPY_TRAY_ISOLATION', env);
  const timeout = pick(null, undefined, 'TABPY_EVALUATE_TIMEOUT', env);
  const size = pick(null, undefined, 'TABPY_MAX_REQUEST_SIZE_MB', env);
  const memory = pick(null, undefined, 'TABPY_TRAY_MEMORY_MB', env);
  const evaluate = pick(null, undefined, 'TABPY_EVALUATE_ENABLE', env);
  const gzip = pick(null, undefined, 'TABPY_GZIP_ENABLE', env);
  const hosts = line.host?.length ? line.host : DEFAULT_SETTINGS.hosts;
  return {
    ...DEFAULT_SETTINGS,
    port: port ? numberIn(port, 0, 65_535, true) : DEFAULT_SETTINGS.port,
    hosts,
    // An address that was opened on purpose is also a name under which the server may be called.
    allowedHosts: [...(line['allow-host'] ?? []), ...hosts.filter((host) => !isWildcard(host))].map(asInUrl),
    allowedOrigins: line['allow-origin'] ?? [],
    workers: workers ? numberIn(workers, 1, 64, true) : DEFAULT_SETTINGS.workers,
    isolation: isolation ? oneOf(isolation, ['caller', 'shared', 'request']) : DEFAULT_SETTINGS.isolation,
    evaluateTimeoutSeconds: timeout ? numberIn(timeout, 0.1, 86_400, false) : DEFAULT_SETTINGS.evaluateTimeoutSeconds,
    maxRequestMegabytes: size ? numberIn(size, 1, 1_024, false) : DEFAULT_SETTINGS.maxRequestMegabytes,
    interpreterMegabytes: memory ? numberIn(memory, 300, 16_384, true) : DEFAULT_SETTINGS.interpreterMegabytes,
    evaluateEnabled: evaluate ? truthOf(evaluate) : DEFAULT_SETTINGS.evaluateEnabled,
    gzipEnabled: gzip ? truthOf(gzip) : DEFAULT_SETTINGS.gzipEnabled,
  };
}

interface Given {
  readonly source: string;
  readonly value: string;
}

function pick(
  option: string | null,
  fromLine: string | undefined,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): Given | null {
  if (option !== null && fromLine !== undefined) return { source: option, value: fromLine };
  const fromEnv = env[variable];
  return fromEnv === undefined || fromEnv === '' ? null : { source: variable, value: fromEnv };
}

function numberIn({ source, value }: Given, least: number, most: number, isWhole: boolean): number {
  const number = Number(value);
  if (
    value.trim() === '' ||
    !Number.isFinite(number) ||
    number < least ||
    number > most ||
    (isWhole && !Number.isInteger(number))
  ) {
    throw new BadSetting(
      `${source} is '${value}'; it must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}.`,
    );
  }
  return number;
}

function oneOf<T extends string>({ source, value }: Given, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new BadSetting(`${source} is '${value}'; it must be one of ${choices.join(', ')}.`);
  return choice;
}

/** TabPy reads its switches with ConfigParser's words. */
function truthOf({ source, value }: Given): boolean {
  const word = value.trim().toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  if (['0', 'false', 'no', 'off'].includes(word)) return false;
  throw new BadSetting(`${source} is '${value}'; it must be true or false.`);
}

/** A name or address as the Host header has it: lower case, IPv6 in brackets. */
function asInUrl(host: string): string {
  return (isIPv6(host) ? `[${host}]` : host).toLowerCase();
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
