// The environments of a data folder: added, made, looked into, changed, removed. An environment that this program did not
// make is only read. Must not know how uv works, nor who runs an environment.

import { stat } from 'node:fs/promises';
import { environmentNameFault, sameEnvironmentName, suggestedEnvironmentName } from '../../src-shared/environment.ts';
import type {
  Environment,
  EnvironmentContents,
  EnvironmentLook,
  FoundPython,
  NewEnvironment,
} from '../../src-shared/environment.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { readEnvironments, writeEnvironments } from './environment-list.ts';
import type { ListedEnvironment } from './environment-list.ts';
import { changesSince } from './environment-changes.ts';
import type { PythonFacts, PythonLook } from './look-into.ts';
import { makeManaged, removeDownloads, removeManaged, tidyManaged, wishesOf } from './managed.ts';
import type { BasePython, Control, ManagedDeps } from './managed.ts';
import { identityOf } from './python-path.ts';
import { changedWishes } from './requirements.ts';

export interface EnvironmentsDeps {
  readonly dataDir: string;
  readonly managed: ManagedDeps;
  readonly lookInto: (python: string, signal?: AbortSignal) => Promise<PythonLook>;
  readonly findPythons: () => Promise<readonly FoundPython[]>;
  /** Whether scripts run in this Python now: its files must stay. */
  readonly isRunning: (python: string) => boolean;
  readonly warn: (text: string) => void;
}

/** Pythons of these kinds can be the base of an environment; others may go with their project. */
const BASES: ReadonlySet<string> = new Set(['system', 'pyenv']);

export class Environments {
  readonly #deps: EnvironmentsDeps;
  #listed: readonly ListedEnvironment[] = [];
  /** Names whose Python is no longer there. */
  #gone: ReadonlySet<string> = new Set();

  constructor(deps: EnvironmentsDeps) {
    this.#deps = deps;
  }

  /** Reads the list, and sees which environments are there. Runs nothing. */
  async open(): Promise<void> {
    this.#listed = await readEnvironments(this.#deps.dataDir, this.#deps.warn);
    await tidyManaged(this.#deps.managed.dir).catch(() => undefined);
    await this.#check();
  }

  list(): readonly Environment[] {
    return this.#listed.map((one) => this.#shown(one));
  }

  /** Null: there is none of this name. */
  find(name: string): Environment | null {
    const found = this.#entry(name);
    return found ? this.#shown(found) : null;
  }

  /** Pythons of this computer that are not in the list. Runs none. */
  async found(): Promise<readonly FoundPython[]> {
    await this.#check();
    const known = new Set(await Promise.all(this.#listed.map(({ python }) => identityOf(python))));
    const all = await this.#deps.findPythons();
    const fresh = await Promise.all(all.map(async (one) => !known.has(await identityOf(one.python))));
    return all.filter((_, index) => fresh[index]);
  }

  /** Adds an existing environment by the path of its Python or folder. @throws Refusal */
  async add(given: string, name: string | null, { signal, tell }: Control): Promise<Environment> {
    if (name !== null) this.#refuseName(name);
    tell('Looking into the Python', null);
    const facts = factsOf(await this.#deps.lookInto(given, signal));
    signal.throwIfAborted();
    const identity = await identityOf(facts.python);
    for (const one of this.#listed) {
      if ((await identityOf(one.python)) === identity)
        throw new Refusal('refused', `${one.python} is in the list already, as ${one.name}.`);
    }
    const names = this.#listed.map((one) => one.name);
    const entry = entryOf(name ?? suggestedEnvironmentName(facts.prefix, names), facts, null);
    await this.#keep([...this.#listed, entry]);
    return this.#shown(entry);
  }

  /** Looks into an environment again. @throws Refusal when there is none of this name */
  async look(name: string, { signal, tell }: Control): Promise<EnvironmentLook> {
    const entry = this.#known(name);
    tell(`Looking into ${entry.name}`, null);
    const seen = await this.#deps.lookInto(entry.python, signal);
    signal.throwIfAborted();
    if (seen.kind === 'fault') {
      await this.#check();
      // A Python that is gone says so by itself, until it is back.
      const now = this.#gone.has(entry.name) ? entry : { ...entry, note: seen.text };
      await this.#replace(now);
      return { environment: this.#shown(now), changes: [] };
    }
    const now = entryOf(entry.name, { ...seen.facts, python: entry.python }, entry.folder);
    await this.#replace(now);
    return { environment: this.#shown(now), changes: changesSince(entry, now) };
  }

  /** Makes a managed environment. @throws Refusal */
  async create({ name, python, contents }: NewEnvironment, control: Control): Promise<Environment> {
    this.#refuseName(name);
    control.tell('Looking for a Python', null);
    const base =
      python === null
        ? await this.#newestBase(control.signal)
        : factsOf(await this.#deps.lookInto(python, control.signal));
    const entry = await this.#make(name, base, contents, control);
    await this.#keep([...this.#listed, entry]);
    return this.#shown(entry);
  }

  /** Adds and removes packages of a managed environment: makes a new lock and a new folder. @throws Refusal */
  async change(
    name: string,
    add: readonly string[],
    remove: readonly string[],
    control: Control,
  ): Promise<Environment> {
    const entry = this.#known(name);
    const { folder } = entry;
    if (folder === null)
      throw new Refusal(
        'refused',
        `${entry.name} was not made by TabPy Tray, so it is only read. Change its packages with the tool that made it, then look into it again.`,
      );
    const { dir } = this.#deps.managed;
    // Of a lock, all its packages stay as they are.
    const wishes = (await wishesOf(dir, folder)) ?? entry.packages.map((one) => `${one.name}==${one.version}`);
    const text = changedWishes(wishes, add, remove).join('\n');
    control.tell('Looking for a Python', null);
    const base = factsOf(await this.#deps.lookInto(await this.#baseOf(entry), control.signal));
    const next = await this.#make(entry.name, base, { kind: 'packages', text }, control);
    await this.#replace(next);
    await this.#release(folder, entry.python);
    return this.#shown(next);
  }

  /** Removes it from the list; a managed one from the disk, too. @throws Refusal when there is none of this name */
  async remove(name: string): Promise<void> {
    const entry = this.#known(name);
    if (this.#deps.isRunning(entry.python))
      throw new Refusal(
        'refused',
        `Scripts run in ${entry.name} now. Choose another Python and start again, then remove it.`,
      );
    await this.#keep(this.#listed.filter((one) => one !== entry));
    if (entry.folder !== null) await this.#release(entry.folder, entry.python);
  }

  async #make(
    name: string,
    base: BasePython,
    contents: EnvironmentContents,
    control: Control,
  ): Promise<ListedEnvironment> {
    const made = await makeManaged(this.#deps.managed, { base, contents }, control);
    control.tell('Looking into the new environment', null);
    try {
      const facts = factsOf(await this.#deps.lookInto(made.python, control.signal));
      control.signal.throwIfAborted();
      return entryOf(name, { ...facts, python: made.python }, made.folder);
    } catch (error) {
      if (!this.#listed.some((one) => one.folder === made.folder))
        await removeManaged(this.#deps.managed.dir, made.folder);
      throw error;
    }
  }

  async #newestBase(signal: AbortSignal): Promise<BasePython> {
    const found = (await this.#deps.findPythons()).filter(({ kind }) => BASES.has(kind));
    const looks = await Promise.all(found.map(({ python }) => this.#deps.lookInto(python, signal)));
    signal.throwIfAborted();
    const usable = looks.flatMap((look) => (look.kind === 'python' && look.facts.note === null ? [look.facts] : []));
    const newest = usable.toSorted((one, other) => minorOf(other.version) - minorOf(one.version))[0];
    if (newest) return newest;
    throw new Refusal(
      'refused',
      'No Python 3.11 to 3.14 was found on this computer, and TabPy Tray downloads none. Install Python (python.org, your system, pyenv), or name the path of one.',
    );
  }

  /** The Python that a managed environment was made from. */
  async #baseOf({ basePrefix, version, python }: ListedEnvironment): Promise<string> {
    const [major, minor] = version.split('.');
    const named = `${basePrefix}/bin/python${major}.${minor}`;
    if ((await stat(named).catch(() => null))?.isFile()) return named;
    return (await stat(basePrefix).catch(() => null)) ? basePrefix : python;
  }

  #refuseName(name: string): void {
    const fault = environmentNameFault(name);
    if (fault !== null) throw new Refusal('refused', fault);
    if (this.#entry(name))
      throw new Refusal('refused', `There is an environment ${name} already. Choose another name.`);
  }

  #entry(name: string): ListedEnvironment | undefined {
    return this.#listed.find((one) => sameEnvironmentName(one.name, name));
  }

  #known(name: string): ListedEnvironment {
    const found = this.#entry(name);
    if (found) return found;
    throw new Refusal('refused', `There is no environment '${name.slice(0, 100)}'.`);
  }

  #shown({ note, folder, ...same }: ListedEnvironment): Environment {
    const again = folder === null ? 'Remove it from the list, or put the Python back.' : 'Remove it and make it again.';
    return { ...same, fault: this.#gone.has(same.name) ? `${same.python} is no longer there. ${again}` : note };
  }

  async #replace(entry: ListedEnvironment): Promise<void> {
    await this.#keep(this.#listed.map((one) => (one.name === entry.name ? entry : one)));
  }

  async #keep(listed: readonly ListedEnvironment[]): Promise<void> {
    await writeEnvironments(this.#deps.dataDir, listed);
    this.#listed = listed;
    await this.#check();
  }

  async #check(): Promise<void> {
    const there = await Promise.all(this.#listed.map(({ python }) => stat(python).catch(() => null)));
    this.#gone = new Set(this.#listed.filter((_, index) => !there[index]?.isFile()).map(({ name }) => name));
  }

  /**
   * Removes the folder of a managed environment that nothing uses. What is left behind costs only space: scripts that
   * run in it go on until the program ends.
   */
  async #release(folder: string, python: string): Promise<void> {
    const { dir } = this.#deps.managed;
    if (this.#listed.some((one) => one.folder === folder) || this.#deps.isRunning(python)) return;
    try {
      await removeManaged(dir, folder);
      if (!this.#listed.some((one) => one.folder !== null)) await removeDownloads(dir);
    } catch (error) {
      this.#deps.warn(`Files of a removed environment could not be removed: ${(error as Error).message}`);
    }
  }
}

function factsOf(look: PythonLook): PythonFacts {
  if (look.kind === 'fault') throw new Refusal('refused', look.text);
  return look.facts;
}

function entryOf(name: string, facts: PythonFacts, folder: string | null): ListedEnvironment {
  const { python, version, prefix, basePrefix, packages, note } = facts;
  return {
    name,
    kind: folder === null ? 'existing' : 'managed',
    python,
    version,
    prefix,
    basePrefix,
    packages: [...packages],
    note,
    folder,
  };
}

function minorOf(version: string): number {
  const [, minor = 0, patch = 0] = version.split('.').map(Number);
  return minor * 1_000 + patch;
}
