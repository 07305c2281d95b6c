// PyPI through the computer's own pip, for networks that reach only package registries. Must not need a pip of ours.

import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';
import type { Progress } from '../progress.ts';
import { fetchEach, reasonOf, rejectWith } from './source.ts';
import type { FetchRequest, Source } from './source.ts';

const run = promisify(execFile);

const LOOK_MS = 500;

/** A package on PyPI whose wheel carries Pyodide's official files. */
export interface Carrier {
  readonly requirement: string;
  /** The folder inside the wheel. */
  readonly folder: string;
  readonly bytes: number;
}

const CARRIER: Carrier = {
  requirement: 'open-webui==0.12.4',
  folder: 'open_webui/frontend/pyodide/',
  bytes: 106_000_000,
};

/** A program and its first arguments. */
export type PipCommand = readonly [string, ...string[]];

const PIPS: readonly PipCommand[] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['py', '-3', '-m', 'pip'],
];

/** Pure wheels from PyPI itself, all others out of the carrier. The first of `pips` that works is used, with its settings. */
export function pipSource(pips: readonly PipCommand[] = PIPS, carrier: Carrier = CARRIER): Source {
  return {
    name: 'PyPI',
    offers: (file) => file.need !== 'optional' && file.url === undefined,
    async fetch(request) {
      const { files, workDir, accept, progress, signal } = request;
      const pip = await workingPip(pips);
      const carried = files.filter((file) => file.pip === null);
      const jobs = files
        .filter((file) => file.pip !== null)
        .map((file) => async (): Promise<void> => {
          progress.file(file.fileName);
          await withDownload(
            { pip, requirement: file.pip!, tags: tagsOf(file.fileName), workDir, progress, signal },
            (dir) => accept(file, path.join(dir, file.fileName)),
          );
        });
      if (carried.length > 0) {
        jobs.push(async () => {
          progress.note(
            `Downloading ${carrier.requirement} (${carrier.bytes / 1e6} MB), which carries Pyodide's packages`,
          );
          progress.file(carrier.requirement, carried.length);
          progress.expect(carrier.bytes);
          await withDownload(
            { pip, requirement: carrier.requirement, tags: ANY_PYTHON, workDir, progress, signal },
            async (dir) => {
              const [wheel] = await readdir(dir);
              if (!wheel) throw new Error(`pip downloaded no ${carrier.requirement}`);
              await unpack(path.join(dir, wheel), carrier.folder, { ...request, files: carried });
            },
          );
        });
      }
      await fetchEach(jobs, { signal, goesOn: (fetched, failed) => fetched > 0 || failed < 2 }, (job) => job());
    },
  };
}

async function workingPip(pips: readonly PipCommand[]): Promise<PipCommand> {
  for (const [command, ...args] of pips) {
    try {
      await run(command, [...args, '--version'], { windowsHide: true });
      return [command, ...args];
    } catch {
      // The next program may be the right one.
    }
  }
  throw new Error('no Python with pip was found on this computer');
}

interface PipDownload {
  readonly pip: PipCommand;
  readonly requirement: string;
  readonly tags: WheelTags;
  readonly workDir: string;
  readonly progress: Progress;
  readonly signal: AbortSignal | null;
}

/** Runs `use` with the folder into which pip downloaded one wheel, and removes the folder. */
async function withDownload(
  { pip: [command, ...args], requirement, tags, workDir, progress, signal }: PipDownload,
  use: (dir: string) => Promise<void>,
): Promise<void> {
  const scratch = path.join(workDir, 'pip');
  const [dir, temporary] = [path.join(scratch, 'wheel'), path.join(scratch, 'temporary')];
  await mkdir(dir, { recursive: true });
  await mkdir(temporary);
  const watch = watchGrowth(temporary, progress);
  try {
    const pip = run(command, [...args, ...optionsOf(dir, tags), requirement], {
      // pip keeps its partial download where its growth is visible, and on the disk with space for the store.
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      maxBuffer: 1 << 24,
      windowsHide: true,
      ...(signal ? { signal } : {}),
    });
    const ended = new Promise<void>((resolve) => pip.child.once('close', () => resolve()));
    await pip.catch(async (error: unknown) => {
      // When pip is stopped, the answer comes before its end, and it may still write.
      if (pip.child.pid !== undefined) await ended;
      throw new Error(`pip could not download ${requirement}: ${complaintOf(error)}`, { cause: error });
    });
    await use(dir);
  } finally {
    clearInterval(watch);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** pip's options for the Python that a wheel is for. */
interface WheelTags {
  readonly version: string;
  readonly implementation: string;
  readonly abi: string;
  readonly platform: string;
}

const ANY_PYTHON: WheelTags = { version: '3.12', implementation: 'py', abi: 'none', platform: 'any' };

/** Of a wheel of compiled code, as its name has them: `…-cp314-cp314-pyemscripten_2026_0_wasm32.whl`. */
function tagsOf(wheelFile: string): WheelTags {
  const [python = '', abi = '', platform = ''] = path.basename(wheelFile, '.whl').split('-').slice(-3);
  const compiled = /^cp(\d)(\d+)$/.exec(python);
  return compiled ? { version: `${compiled[1]}.${compiled[2]}`, implementation: 'cp', abi, platform } : ANY_PYTHON;
}

function optionsOf(dest: string, { version, implementation, abi, platform }: WheelTags): readonly string[] {
  const options = [
    'download',
    '--no-deps',
    '--no-input',
    '--disable-pip-version-check',
    '--quiet',
    '--retries',
    '1',
    '--dest',
    dest,
  ];
  // The wheels are for another Python than the one that runs pip.
  const otherPython = [
    '--only-binary=:all:',
    '--platform',
    platform,
    '--python-version',
    version,
    '--implementation',
    implementation,
    '--abi',
    abi,
  ];
  return [...options, ...otherPython];
}

function complaintOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = (stderr?.trim() || message).split('\n');
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1)!;
}

/** Reports how much a folder grows. */
function watchGrowth(folder: string, progress: Progress): NodeJS.Timeout {
  let seen = 0;
  const look = async (): Promise<void> => {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const files = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => null)));
    const size = files.reduce((sum, file) => sum + (file?.isFile() ? file.size : 0), 0);
    if (size > seen) progress.bytes(size - seen);
    seen = Math.max(seen, size);
  };
  return setInterval(() => void look(), LOOK_MS).unref();
}

/** Streams the wanted files out of a wheel of any size. */
async function unpack(wheel: string, folder: string, { files, workDir, accept, signal }: FetchRequest): Promise<void> {
  const wanted = new Map(files.map((file) => [`${folder}${file.fileName}`, file]));
  const reasons: string[] = [];
  const zip = await openPromise(wheel);
  try {
    for await (const entry of zip.eachEntry()) {
      const file = wanted.get(entry.fileName);
      if (!file || !wanted.delete(entry.fileName)) continue;
      const copy = path.join(workDir, file.fileName);
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(copy), signal ? { signal } : {});
      await accept(file, copy).catch((error: unknown) => reasons.push(reasonOf(error)));
    }
  } finally {
    zip.close();
  }
  rejectWith([...reasons, ...[...wanted.values()].map((file) => `it does not carry ${file.fileName}`)]);
}
