// Finds the Pythons of this computer: virtual environments, conda, pixi, pyenv, the system's. Reads names of files and
// small files beside them; runs nothing.

import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FoundKind, FoundPython } from '../../src-shared/environment.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { OLDEST_MINOR } from './look-into.ts';
import { identityOf, pythonIn } from './python-path.ts';

export interface ComputerFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Folders in which projects may lie, beside the usual ones of the user. */
  readonly folders: readonly string[];
}

/** A folder of an environment, or the path of an executable. */
interface Place {
  readonly kind: FoundKind;
  readonly at: string;
}

const MOST_FOUND = 200;
const MOST_NAMES = 500;
const MOST_BYTES = 1_000_000;
const VENV_NAMES = ['.venv', 'venv', 'env', '.env'];
const PROJECT_FOLDERS = ['', 'projects', 'Projects', 'src', 'code', 'dev', 'work', 'repos'];
/** On a Mac, reading these makes the system ask the user whether it may. */
const ASKED_FOR = ['Documents', 'Desktop'];
const CONDA_ROOTS = [
  'miniconda3',
  'anaconda3',
  'miniforge3',
  'mambaforge',
  'micromamba',
  '.conda',
  '.local/share/mamba',
];

/** Each Python once, those of projects first, without those that are known to be too old. Never rejects: what cannot be read is left out. */
export async function findPythons(facts: ComputerFacts): Promise<readonly FoundPython[]> {
  const places = (
    await Promise.all([
      venvPlaces(facts),
      pixiPlaces(facts),
      condaPlaces(facts),
      pyenvPlaces(facts),
      systemPlaces(facts),
    ])
  ).flat();
  const found = new Map<string, FoundPython>();
  for (const { kind, at } of places) {
    if (found.size >= MOST_FOUND) break;
    const python = await executableOf(at, facts.platform);
    if (python === null) continue;
    const identity = await identityOf(python);
    if (!found.has(identity)) found.set(identity, { kind, python, version: await versionBeside(python) });
  }
  return [...found.values()].filter(({ version }) => version === null || isNewEnough(version));
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= OLDEST_MINOR);
}

async function executableOf(at: string, platform: NodeJS.Platform): Promise<string | null> {
  const found = await stat(at).catch(() => null);
  if (found?.isDirectory()) return pythonIn(at, platform);
  return found?.isFile() ? at : null;
}

/** In and below the folders of projects, one level deep, and where tools keep them. */
async function venvPlaces(facts: ComputerFacts): Promise<readonly Place[]> {
  const { env, home, platform } = facts;
  const kept = [
    env['WORKON_HOME'] ?? path.join(home, '.virtualenvs'),
    path.join(home, '.local/share/virtualenvs'),
    platform === 'darwin'
      ? path.join(home, 'Library/Caches/pypoetry/virtualenvs')
      : path.join(env['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'pypoetry/virtualenvs'),
  ];
  const active = env['VIRTUAL_ENV'] ? [env['VIRTUAL_ENV']] : [];
  const projects = await projectsOf(facts);
  const candidates = [
    ...active,
    ...projects.flatMap((project) => VENV_NAMES.map((name) => path.join(project, name))),
    ...(await Promise.all(kept.map(below))).flat(),
  ];
  return those(candidates, 'virtual environment', (folder) => isFile(path.join(folder, 'pyvenv.cfg')));
}

/** Folders of projects, and what lies in them. */
async function projectsOf({ home, folders, platform }: ComputerFacts): Promise<readonly string[]> {
  const usual = platform === 'darwin' ? PROJECT_FOLDERS : [...PROJECT_FOLDERS, ...ASKED_FOR];
  const parents = [...folders, ...usual.map((name) => path.join(home, name))];
  return (await Promise.all(parents.map(async (one) => [one, ...(await below(one))]))).flat();
}

async function pixiPlaces(facts: ComputerFacts): Promise<readonly Place[]> {
  const { env, home } = facts;
  const projects = await projectsOf(facts);
  const roots = [
    ...projects.map((project) => path.join(project, '.pixi/envs')),
    path.join(env['PIXI_HOME'] ?? path.join(home, '.pixi'), 'envs'),
  ];
  return those((await Promise.all(roots.map(below))).flat(), 'pixi', isConda);
}

async function condaPlaces({ env, home, platform }: ComputerFacts): Promise<readonly Place[]> {
  const listed = await linesOf(path.join(home, '.conda/environments.txt'));
  const usual =
    platform === 'win32'
      ? [env['ProgramData'], env['LOCALAPPDATA']].flatMap((one) =>
          one ? CONDA_ROOTS.map((name) => path.join(one, name)) : [],
        )
      : CONDA_ROOTS.map((name) => path.posix.join('/opt', name));
  const roots = [
    ...[env['CONDA_PREFIX'], env['MAMBA_ROOT_PREFIX']].filter((one) => one !== undefined && one !== ''),
    ...CONDA_ROOTS.map((name) => path.join(home, name)),
    ...usual,
  ] as readonly string[];
  const inRoots = await Promise.all(roots.map(async (root) => [root, ...(await below(path.join(root, 'envs')))]));
  return those([...inRoots.flat(), ...listed], 'conda', isConda);
}

async function pyenvPlaces({ env, home, platform }: ComputerFacts): Promise<readonly Place[]> {
  const usual = platform === 'win32' ? path.join(home, '.pyenv/pyenv-win') : path.join(home, '.pyenv');
  const versions = await below(path.join(env['PYENV_ROOT'] || usual, 'versions'));
  return versions.map((at) => ({ kind: 'pyenv', at }));
}

/** On the PATH, and where installers put them. Windows' registry names the same folders as the last of these. */
async function systemPlaces({ env, platform }: ComputerFacts): Promise<readonly Place[]> {
  const isWindows = platform === 'win32';
  const onPath = (env['PATH'] ?? env['Path'] ?? '')
    .split(isWindows ? ';' : ':')
    .filter((one) => path.isAbsolute(one) && isOfPython(one));
  const names = isWindows
    ? ['python.exe']
    : ['python3', ...['14', '13', '12', '11'].map((minor) => `python3.${minor}`)];
  const programs = onPath.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...programs, ...(await installed(env, platform))].map((at) => ({ kind: 'system', at }));
}

/** Starters of pyenv are scripts, and Windows' shop puts a Python there that only opens the shop. */
function isOfPython(folder: string): boolean {
  return path.basename(folder) !== 'shims' && !/[\\/]Microsoft[\\/]WindowsApps[\\/]?$/i.test(folder);
}

async function installed(env: ComputerFacts['env'], platform: NodeJS.Platform): Promise<readonly string[]> {
  if (platform === 'darwin') return below('/Library/Frameworks/Python.framework/Versions');
  if (platform !== 'win32') return [];
  const local = env['LOCALAPPDATA'];
  const roots = [
    ...(local ? [path.join(local, 'Programs/Python'), path.join(local, 'Python')] : []),
    ...[env['ProgramFiles'], env['SystemDrive'] && `${env['SystemDrive']}\\`].filter(
      (one) => one !== undefined && one !== '',
    ),
  ] as readonly string[];
  const folders = (await Promise.all(roots.map(below))).flat();
  return folders.filter((folder) => /^(?:Python3\d+|pythoncore-3\.\d+).*$/i.test(path.basename(folder)));
}

/** The version that files tell; null: none does. */
async function versionBeside(python: string): Promise<string | null> {
  const folder = path.dirname(python);
  for (const root of [path.dirname(folder), folder]) {
    const said = (await linesOf(path.join(root, 'pyvenv.cfg'))).flatMap(
      (line) => /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/.exec(line)?.[1] ?? [],
    );
    if (said[0] !== undefined) return said[0];
    for (const name of await names(path.join(root, 'conda-meta'))) {
      const version = /^python-(\d+\.\d+(?:\.\d+)?)-[^-]+\.json$/.exec(name)?.[1];
      if (version !== undefined) return version;
    }
    const named = /^(\d+\.\d+\.\d+)$/.exec(path.basename(root))?.[1];
    if (named !== undefined) return named;
  }
  // A link such as python3 often leads to python3.12.
  return /python(\d\.\d+)$/.exec(path.basename(await realpath(python).catch(() => '')))?.[1] ?? null;
}

async function those(
  folders: readonly string[],
  kind: FoundKind,
  fits: (folder: string) => Promise<boolean>,
): Promise<readonly Place[]> {
  const fitting = await Promise.all(folders.map(async (at) => ((await fits(at)) ? [{ kind, at }] : [])));
  return fitting.flat();
}

const isConda = async (folder: string): Promise<boolean> =>
  (await stat(path.join(folder, 'conda-meta')).catch(() => null))?.isDirectory() ?? false;

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false;
}

async function below(folder: string): Promise<readonly string[]> {
  return (await names(folder)).map((name) => path.join(folder, name));
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).toSorted().slice(0, MOST_NAMES);
}

/** The lines of a small file; none where it cannot be read. */
async function linesOf(file: string): Promise<readonly string[]> {
  const content = await readTextFile(file, MOST_BYTES).catch(() => '');
  return content
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
