// Finds a TabPy: in a place that the user names, or beside the Pythons of this computer. Reads only names of files and
// the configuration file; starts no Python.

import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Refusal } from '../../src-shared/refusal.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { readTabpyConfig } from '../settings/tabpy-config.ts';
import type { TabpyConfig } from '../settings/tabpy-config.ts';

export interface TabpyPlace {
  /** The folder of state.ini and query_objects. */
  readonly stateFolder: string;
  readonly configFile: string | null;
  readonly config: TabpyConfig | null;
}

type Env = Readonly<Record<string, string | undefined>>;

const STATE = 'state.ini';
/** From a folder that the user names, or that contains a Python, to TabPy's state folder. `*`: any name. */
const BELOW = [
  '.',
  'tabpy_server',
  'tabpy/tabpy_server',
  'site-packages/tabpy/tabpy_server',
  'Lib/site-packages/tabpy/tabpy_server',
  'lib/*/site-packages/tabpy/tabpy_server',
  'lib/*/dist-packages/tabpy/tabpy_server',
];

/**
 * @param given a folder, a state.ini or a configuration file; null: look in TabPy's usual places
 * @param system where the system's own Pythons have their `lib`
 * @throws Refusal `no-tabpy`; `bad-setting` for a configuration that cannot be read
 */
export async function tabpyPlaceOf(
  given: string | null,
  env: Env,
  system: readonly string[] = ['/usr', '/usr/local'],
): Promise<TabpyPlace> {
  if (given === null) return { stateFolder: await usualPlace(env, system), configFile: null, config: null };
  const at = path.resolve(given);
  const found = await stat(at).catch(() => null);
  if (!found) throw new Refusal('no-tabpy', `${at} does not exist.`);
  if (found.isDirectory()) {
    const states = await statesBelow(at);
    return { stateFolder: oneOf(states, `${at} contains no state.ini of TabPy.`), configFile: null, config: null };
  }
  if (path.basename(at) === STATE) return { stateFolder: path.dirname(at), configFile: null, config: null };
  const config = readTabpyConfig(await textOf(at), at, env, false);
  return { stateFolder: await stateOf(config, at, env, system), configFile: at, config };
}

/** The state folder that a configuration names, else the usual one. A relative path starts at the file's folder. */
async function stateOf(config: TabpyConfig, file: string, env: Env, system: readonly string[]): Promise<string> {
  const named = config.values.get('TABPY_STATE_PATH')?.text ?? '';
  if (named === '') return usualPlace(env, system);
  const folder = path.resolve(path.dirname(file), named.replace(/^~(?=$|[\\/])/, homedir()));
  if (await isFile(path.join(folder, STATE))) return folder;
  throw new Refusal('no-tabpy', `${file} names ${folder} as TABPY_STATE_PATH, but that folder contains no state.ini.`);
}

async function usualPlace(env: Env, system: readonly string[]): Promise<string> {
  const named = env['TABPY_STATE_PATH'];
  if (named && (await isFile(path.join(named, STATE)))) return path.resolve(named);
  const states = new Set<string>();
  for (const root of [...system, ...(await pythonRoots(env))])
    for (const state of await statesBelow(root)) states.add(state);
  return oneOf(
    await theOnesInUse([...states]),
    'No TabPy was found beside the Pythons on the PATH. Name its folder (the one with state.ini) or its configuration file.',
  );
}

/** Folders that may hold a `lib`: those of the Pythons on the PATH, of pyenv and of the user. */
async function pythonRoots(env: Env): Promise<ReadonlySet<string>> {
  const roots = new Set<string>();
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter(Boolean)) {
    for (const name of ['python3', 'python', 'python.exe']) {
      const program = path.join(folder, name);
      if (!(await isFile(program))) continue;
      // A virtual environment's Python is a link to another one, and both may have a TabPy.
      const folders = [folder, path.dirname(await realpath(program).catch(() => program))];
      for (const one of folders) roots.add(one).add(path.dirname(one));
    }
    if (path.basename(folder) === 'shims')
      for (const root of await expanded(path.dirname(folder), 'versions/*')) roots.add(root);
  }
  const home = env['HOME'] ?? homedir();
  roots.add(path.join(home, '.local'));
  for (const root of await expanded(home, 'Library/Python/*')) roots.add(root).add(path.join(root, 'lib/python'));
  for (const root of await expanded(env['APPDATA'] ?? home, 'Python/*')) roots.add(root);
  return roots;
}

/** Real paths of the folders below a root that hold a state.ini. */
async function statesBelow(root: string): Promise<readonly string[]> {
  const states = new Set<string>();
  for (const pattern of BELOW)
    for (const folder of await expanded(root, pattern))
      if (await isFile(path.join(folder, STATE))) states.add(await realpath(folder));
  return [...states];
}

async function expanded(root: string, pattern: string): Promise<readonly string[]> {
  let folders = [root];
  for (const part of pattern.split('/')) {
    const next = folders.map(async (folder) =>
      part === '*'
        ? (await readdir(folder).catch(() => [])).map((name) => path.join(folder, name))
        : [path.join(folder, part)],
    );
    folders = (await Promise.all(next)).flat();
  }
  return folders;
}

/** Those that have functions, if any has. */
async function theOnesInUse(states: readonly string[]): Promise<readonly string[]> {
  if (states.length < 2) return states;
  const counts = await Promise.all(states.map((state) => readdir(path.join(state, 'query_objects')).catch(() => [])));
  const used = states.filter((_, index) => counts[index]!.length > 0);
  return used.length > 0 ? used : states;
}

function oneOf(states: readonly string[], whenNone: string): string {
  const [first] = states;
  if (first === undefined) throw new Refusal('no-tabpy', whenNone);
  if (states.length > 1)
    throw new Refusal('no-tabpy', `There are several folders of TabPy: ${states.join(', ')}. Name one of them.`);
  return first;
}

/** A pipe, a device or a file of gigabytes is not a configuration. @throws Refusal `no-tabpy` */
async function textOf(file: string): Promise<string> {
  return readTextFile(file).catch((error: Error) => {
    throw new Refusal('no-tabpy', `${file} cannot be read: ${error.message}.`);
  });
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false;
}
