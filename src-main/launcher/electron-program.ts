// Finds Electron's program, and fetches it where it is missing. The npm package does not contain it; its own installer
// fetches a hundred megabytes at the first start, from a host that many networks do not reach.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** npm's package `electron`. */
export interface ElectronPackage {
  readonly dir: string;
  readonly version: string;
  /** The path of its program, existing or not. */
  readonly distDir: string;
}

/** The installed package; null when there is none (npm ci --omit=dev). */
export function electronPackage(env: NodeJS.ProcessEnv = process.env): ElectronPackage | null {
  try {
    const file = createRequire(import.meta.url).resolve('electron/package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    const dir = path.dirname(file);
    // The names of variables and files are those of Electron's own index.js.
    return { dir, version, distDir: env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(dir, 'dist') };
  } catch {
    return null;
  }
}

/** Electron's program, when it is complete and has the right version. */
export function findElectron({ dir, version, distDir }: ElectronPackage): string | null {
  const name = textOf(path.join(dir, 'path.txt'));
  // Electron's installer writes path.txt last: without it, the unpacking was interrupted.
  if (name === null || textOf(path.join(distDir, 'version'))?.replace(/^v/, '') !== version) return null;
  const program = path.join(distDir, name);
  return existsSync(program) ? program : null;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** A fetch that failed. */
export interface FailedFetch {
  readonly version: string;
  /** ms since 1970. */
  readonly at: number;
  readonly why: string;
}

const REST_MS = 24 * 3_600_000;

/** Whether another fetch may succeed: for another version, or a day later. */
export function isWorthFetching(last: FailedFetch | null, version: string, now: number): boolean {
  return last === null || last.version !== version || now - last.at > REST_MS || last.at > now;
}

/** Reads the note of `fetchElectron`; null when there is none. */
export function lastFailedFetch(memoryFile: string): FailedFetch | null {
  try {
    const { version, at, why } = JSON.parse(readFileSync(memoryFile, 'utf8')) as Partial<FailedFetch>;
    return typeof version === 'string' && typeof at === 'number' && typeof why === 'string'
      ? { version, at, why }
      : null;
  } catch {
    return null;
  }
}

export interface FetchOptions {
  readonly version: string;
  /** The installer and its arguments; run by this Node. */
  readonly installer: readonly string[];
  /** The installer's folder for temporary files: made, watched and removed. */
  readonly workDir: string;
  /** The folder that it unpacks into; watched as well. */
  readonly distDir: string;
  /** Where a failure is noted. */
  readonly memoryFile: string;
  /** Called with the number of fetched bytes, several times a second. */
  readonly progress: (bytes: number) => void;
  /** How long no data may arrive, at first and later. */
  readonly beginMs?: number;
  readonly stallMs?: number;
}

const LOOK_MS = 200;

/**
 * Runs Electron's installer and watches whether anything arrives. A failure is noted in `memoryFile`.
 * @returns null when it succeeded, else why it did not, as a part of a sentence
 */
export async function fetchElectron(options: FetchOptions): Promise<string | null> {
  const { version, memoryFile, workDir } = options;
  let why: string | null;
  try {
    mkdirSync(workDir, { recursive: true });
    why = await runInstaller(options);
  } catch (error) {
    why = (error as Error).message;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
  if (why === null) rmSync(memoryFile, { force: true });
  else noteFailure(memoryFile, { version, at: Date.now(), why });
  return why;
}

function noteFailure(memoryFile: string, failure: FailedFetch): void {
  try {
    mkdirSync(path.dirname(memoryFile), { recursive: true });
    writeFileSync(memoryFile, JSON.stringify(failure));
  } catch {
    // On a read-only disk it is tried at each start: slow, but correct.
  }
}

function runInstaller(options: FetchOptions): Promise<string | null> {
  const { installer, workDir, distDir, progress, beginMs = 10_000, stallMs = 60_000 } = options;
  const child = spawn(process.execPath, installer, {
    // Its download goes to the folder that is watched, and through the proxy that the environment names.
    env: { ...process.env, TMPDIR: workDir, TEMP: workDir, TMP: workDir, NODE_USE_ENV_PROXY: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const complaints: string[] = [];
  child.stderr.on('data', (part: Buffer) => complaints.push(part.toString()));

  const before = bytesBelow(distDir);
  let seen = 0;
  let changedAt = performance.now();
  let gaveUp: string | null = null;
  const look = setInterval(() => {
    const bytes = bytesBelow(workDir) + bytesBelow(distDir) - before;
    const now = performance.now();
    if (bytes !== seen) {
      seen = bytes;
      changedAt = now;
      progress(bytes);
    } else if (now - changedAt > (seen === 0 ? beginMs : stallMs)) {
      const seconds = Math.round((now - changedAt) / 1000);
      gaveUp = seen === 0 ? `nothing arrived within ${seconds} s` : `nothing more arrived for ${seconds} s`;
      child.kill('SIGKILL');
    }
  }, LOOK_MS);
  return new Promise((resolve) => {
    const end = (why: string | null): void => {
      clearInterval(look);
      resolve(why);
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code) => end(gaveUp ?? (code === 0 ? null : firstLine(complaints.join('')))));
  });
}

function firstLine(text: string): string {
  return /\S[^\r\n]*/.exec(text)?.[0].trim() ?? 'its installer failed';
}

/** The size of all files below a folder. */
function bytesBelow(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
      const found = entry.isFile() && statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false });
      return sum + (found ? found.size : 0);
    }, 0);
  } catch {
    return 0;
  }
}
