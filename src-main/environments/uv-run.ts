// Runs uv: with the index, the proxy and the certificates that packages use, without downloads of Pythons, and without
// code of packages. Must not know environments.

import { Refusal } from '../../src-shared/refusal.ts';
import { runBounded } from './bounded-run.ts';

export interface UvSettings {
  /** With name and password where it needs them; null: uv's own, PyPI. */
  readonly index: string | null;
  /** Empty: none but that of the environment variables. */
  readonly proxy: string;
  /** A file of certificates that are trusted; null: the system's. */
  readonly certificates: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface UvCall {
  readonly uv: string;
  readonly cacheDir: string;
  readonly settings: UvSettings;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

const KEPT = ['HOME', 'USERPROFILE', 'SYSTEMROOT', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'APPDATA', 'LOCALAPPDATA'];
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];
const MOST_BYTES = 20_000_000;
const MOST_SHOWN = 1_500;

/** The whole environment of uv. A user's own settings of uv are left out, so that the same lock means the same. */
export function uvEnvironment(
  { index, proxy, certificates, env }: UvSettings,
  cacheDir: string,
): Record<string, string> {
  const kept = [...KEPT, ...(proxy === '' ? PROXIES.flatMap((name) => [name, name.toLowerCase()]) : [])];
  return {
    ...Object.fromEntries(kept.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    ...(proxy === '' ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }),
    ...(index === null ? {} : { UV_DEFAULT_INDEX: index }),
    ...(certificates === null ? { UV_SYSTEM_CERTS: '1' } : { SSL_CERT_FILE: certificates }),
    UV_CACHE_DIR: cacheDir,
    UV_NO_CONFIG: '1',
    UV_NO_ENV_FILE: '1',
    UV_NO_PROGRESS: '1',
    UV_PYTHON_DOWNLOADS: 'never',
    NO_COLOR: '1',
  };
}

/** @returns what uv prints. @throws Refusal with what uv says when it fails; the signal's reason when it is stopped */
export async function runUv(args: readonly string[], { uv, cacheDir, settings, cwd, signal }: UvCall): Promise<string> {
  const env = uvEnvironment(settings, cacheDir);
  const end = await runBounded(uv, args, { env, cwd, timeoutMs: null, signal, mostBytes: MOST_BYTES });
  signal.throwIfAborted();
  if (end.kind === 'ended' && end.code === 0) return end.out;
  throw new Refusal('refused', end.kind === 'ended' ? complaintIn(end.err) : `uv cannot be run (${end.kind}).`);
}

/** What uv prints when it fails, as one text without its drawing. */
export function complaintIn(printed: string): string {
  const lines = printed
    .split(/\r?\n/)
    .filter((line) => !/^\s*(?:warning:|Using (?:Python|CPython) )/.test(line))
    .map((line) => line.replace(/^[\s×╰─▶│├]+|^error:\s*/g, '').trim())
    .filter((line) => line !== '');
  const text = lines.join(' ') || 'it ended without a word';
  return `uv could not do this: ${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}`;
}
