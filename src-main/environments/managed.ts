// Makes managed environments: first a lock of all packages with their checksums, then a folder that is named by it.
// The same lock gives the same folder. Must not know names of environments.

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { EnvironmentContents } from '../../src-shared/environment.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { pythonIn } from './python-path.ts';
import { projectOfUvLock, requirementsIn } from './requirements.ts';
import { runUv } from './uv-run.ts';
import type { UvCall, UvSettings } from './uv-run.ts';

/** How a long work is told and stopped. */
export interface Control {
  readonly signal: AbortSignal;
  readonly tell: (text: string, fraction: number | null) => void;
}

export interface ManagedDeps {
  /** The folder of all managed environments. */
  readonly dir: string;
  /** The path of uv, which is fetched where it is missing. */
  readonly uv: (control: Control) => Promise<string>;
  readonly settings: () => Promise<UvSettings>;
  /** Packages of every list: what the engine itself is faster or more able with. */
  readonly always: readonly string[];
}

export interface BasePython {
  readonly python: string;
  readonly version: string;
  readonly machine: string;
}

export interface MadeEnvironment {
  /** Its name below the folder of all. */
  readonly folder: string;
  readonly python: string;
}

interface Lock {
  readonly fileName: 'lock.txt' | 'pylock.toml';
  readonly text: string;
  /** Null: it was made from a lock. */
  readonly wishes: readonly string[] | null;
}

const kept = v.object({ format: v.literal(1), wishes: v.nullable(v.array(v.string())) });
/** Written last: a folder without it is not complete. */
const MARK = 'complete.json';
const VENV = 'venv';
const WORK = 'work-';
const CACHE = 'cache';

/** Makes an environment, or finds the one that the same lock gave. @throws Refusal; the signal's reason */
export async function makeManaged(
  deps: ManagedDeps,
  { base, contents }: { readonly base: BasePython; readonly contents: EnvironmentContents },
  control: Control,
): Promise<MadeEnvironment> {
  const uv = await deps.uv(control);
  const work = path.join(deps.dir, `${WORK}${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    const call = {
      uv,
      cacheDir: path.join(deps.dir, CACHE),
      settings: await deps.settings(),
      cwd: work,
      signal: control.signal,
    };
    control.tell('Choosing versions', null);
    const lock = await lockOf(contents, { base, call, always: deps.always });
    const folder = folderOf(lock.text, base);
    const target = path.join(deps.dir, folder);
    if ((await readMark(target)) === null) await fill(target, { lock, base, call }, control);
    // The same packages may have been asked for in other words.
    await writeFileAtomic(path.join(target, MARK), JSON.stringify({ format: 1, wishes: lock.wishes }));
    const python = await pythonIn(path.join(target, VENV), process.platform);
    if (python === null) throw new Refusal('refused', 'The environment was made without a Python. Try again.');
    return { folder, python };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What a managed environment was asked for; null: it was made from a lock, or is not there. */
export async function wishesOf(dir: string, folder: string): Promise<readonly string[] | null> {
  return (await readMark(path.join(dir, folder)))?.wishes ?? null;
}

/** Removes a managed environment. */
export async function removeManaged(dir: string, folder: string): Promise<void> {
  await rm(path.join(dir, folder), { recursive: true, force: true });
}

/** Removes what works that ended early left. */
export async function tidyManaged(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(WORK)))
    await rm(path.join(dir, name), { recursive: true, force: true });
}

/** Removes all downloads. */
export async function removeDownloads(dir: string): Promise<void> {
  await rm(path.join(dir, CACHE), { recursive: true, force: true });
}

function folderOf(lock: string, { python, version, machine }: BasePython): string {
  return createHash('sha256').update(JSON.stringify({ lock, python, version, machine })).digest('hex').slice(0, 32);
}

async function lockOf(
  { kind, text }: EnvironmentContents,
  { base, call, always }: { readonly base: BasePython; readonly call: UvCall; readonly always: readonly string[] },
): Promise<Lock> {
  switch (kind) {
    case 'pylock.toml':
      if (!/^lock-version = "1\.\d+"$/m.test(text)) throw new Refusal('refused', 'This is not a pylock.toml.');
      return { fileName: 'pylock.toml', text, wishes: null };
    case 'uv.lock':
      return { fileName: 'lock.txt', text: await exported(text, base, call), wishes: null };
    case 'packages':
    case 'requirements': {
      const { wishes, lock } = requirementsIn(text);
      if (lock !== null) return { fileName: 'lock.txt', text: lock, wishes: null };
      const all = [...wishes, ...always.filter((name) => !wishes.includes(name))];
      return { fileName: 'lock.txt', text: await compiled(all, base, call), wishes };
    }
  }
}

async function compiled(wishes: readonly string[], { python }: BasePython, call: UvCall): Promise<string> {
  const [given, lock] = [path.join(call.cwd, 'wishes.txt'), path.join(call.cwd, 'lock.txt')];
  await writeFile(given, `${wishes.join('\n')}\n`);
  const how = ['--no-build', '--generate-hashes', '--no-header', '--no-annotate', '--quiet', '--python', python];
  await runUv(['pip', 'compile', ...how, '--output-file', lock, given], call);
  return readFile(lock, 'utf8');
}

/** uv exports the lock of a project only beside the project, of which the lock itself tells all that matters. */
async function exported(text: string, { python }: BasePython, call: UvCall): Promise<string> {
  const project = projectOfUvLock(text);
  await writeFile(path.join(call.cwd, 'uv.lock'), text);
  await writeFile(path.join(call.cwd, 'pyproject.toml'), `[project]\nname = "${project}"\nversion = "0"\n`);
  const how = [
    '--frozen',
    '--no-emit-project',
    '--no-dev',
    '--no-header',
    '--no-annotate',
    '--quiet',
    '--python',
    python,
  ];
  return runUv(['export', ...how, '--format', 'requirements-txt'], call);
}

/** Fills the folder of an environment from its start; what an earlier try left is removed. */
async function fill(
  target: string,
  { lock, base, call }: { readonly lock: Lock; readonly base: BasePython; readonly call: UvCall },
  { tell }: Control,
): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const [file, venv] = [path.join(target, lock.fileName), path.join(target, VENV)];
  try {
    await writeFile(file, lock.text);
    await runUv(['venv', '--quiet', '--no-project', '--python', base.python, venv], call);
    const count = lock.text.match(/^(?:[A-Za-z0-9][^\s=]*==|\[\[packages\]\])/gm)?.length ?? 0;
    tell(`Downloading and installing ${count === 1 ? '1 package' : `${count} packages`}`, null);
    await runUv(['pip', 'sync', '--quiet', '--no-build', '--require-hashes', '--python', venv, file], call);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
}

async function readMark(target: string): Promise<v.InferOutput<typeof kept> | null> {
  const content = await readTextFile(path.join(target, MARK)).catch(() => null);
  if (content === null) return null;
  try {
    const parsed = v.safeParse(kept, JSON.parse(content));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
