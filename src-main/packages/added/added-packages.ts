// The packages that the user added to the product's own: planned, fetched, checked, installed, removed. Interpreters
// see a change only when all of it is there. Must not know interpreters.

import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { normalName } from '../../../src-shared/package.ts';
import type { AddedPackage, BundledPackage, PackagePlan } from '../../../src-shared/package.ts';
import { Refusal } from '../../../src-shared/refusal.ts';
import type { IndexAccess } from '../index/index-access.ts';
import type { Progress } from '../progress.ts';
import type { Source } from '../store/source.ts';
import { readStore } from '../store/store.ts';
import { readLock, writeLock } from './added-lock.ts';
import type { AddedLock, LockedPackage } from './added-lock.ts';
import { wheelNameParts, without } from './added-set.ts';
import type { RemovalFault } from './added-set.ts';
import { checkFiles, fetchFiles } from './plan-files.ts';
import { Plans } from './plans.ts';
import type { Control, PlannedFrom, PlansDeps } from './plans.ts';
import { standardModules } from './resolution.ts';

export interface AddedWheelFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

export interface AddedPackagesDeps extends PlansDeps {
  /** A folder of their own. */
  readonly dir: string;
  /** Where the files of a plan are fetched. */
  readonly sources: (index: IndexAccess) => readonly Source[];
  /**
   * Makes the image that interpreters get of these wheels; null for none. Rejects with the reason why they cannot be
   * used together.
   */
  readonly assemble: (wheels: readonly AddedWheelFile[]) => Promise<string | null>;
  /** Imports modules in an interpreter that has them and ends it; returns the errors by module. */
  readonly tryOut: (
    assembled: string,
    modules: readonly string[],
    signal: AbortSignal,
  ) => Promise<Readonly<Record<string, string>>>;
  /** New interpreters get these packages from now on. Resolves when the next request gets such an interpreter. */
  readonly switchTo: (assembled: string | null) => Promise<void>;
  readonly progress: (tell: Control['tell']) => Progress;
  readonly warn: (text: string) => void;
}

export interface AddedPackages {
  /** Reads what was added. */
  read(): Promise<void>;
  /** Leaves out damaged packages. Returns what interpreters get. Never rejects for a single package. */
  open(): Promise<string | null>;
  list(): readonly AddedPackage[];
  bundled(): readonly BundledPackage[];
  /** Whether a top-level module belongs to an added package. */
  brings(module: string): boolean;
  /** The three reject with a Refusal when there is no plan. */
  plan(spec: string, control: Control): Promise<PackagePlan>;
  planFile(fileName: string, bytes: Buffer, control: Control): Promise<PackagePlan>;
  planUpdates(control: Control): Promise<PackagePlan>;
  /** Carries out a plan. */
  carryOut(planId: number, control: Control): Promise<void>;
  remove(name: string, control: Control): Promise<void>;
}

const MOST_MODULES_TRIED = 12;

export function createAddedPackages(deps: AddedPackagesDeps): AddedPackages {
  return new PackagesOfFolder(deps);
}

class PackagesOfFolder implements AddedPackages {
  readonly #deps: AddedPackagesDeps;
  readonly #plans: Plans;
  #locked: AddedLock = [];
  /** Names of the packages whose files are complete. */
  #present: ReadonlySet<string> = new Set();
  #isOpen = false;
  #bundled: readonly BundledPackage[] = [];
  /** Grows with each change, so that an outdated plan is recognised. */
  #revision = 0;
  /** Top-level modules of Python itself; null until they were read. */
  #standard: ReadonlySet<string> | null = null;

  constructor(deps: AddedPackagesDeps) {
    this.#deps = deps;
    this.#plans = new Plans(deps);
  }

  async read(): Promise<void> {
    await mkdir(this.#deps.dir, { recursive: true });
    this.#locked = await readLock(this.#deps.dir, this.#deps.warn);
  }

  async open(): Promise<string | null> {
    const { dir, warn, assemble } = this.#deps;
    const image = await this.#deps.image();
    this.#bundled = image.bundled;
    const isBundled = new Set(image.bundled.map(({ name }) => name));
    this.#locked = this.#locked.filter((one) => !isBundled.has(one.name));
    const fitting = this.#locked.filter((one) => isFor(one.fileName, image.pyodide.abi));
    const store = await readStore(
      dir,
      fitting.map((one) => ({ ...one, need: 'extra', pip: null })),
    );
    this.#present = new Set(store.wheels.map(({ name }) => name));
    this.#isOpen = true;
    const absent = this.#locked.filter(({ name }) => !this.#present.has(name)).map(({ name }) => name);
    if (absent.length > 0)
      warn(
        `Added Python packages are missing, damaged or for another Python: ${absent.join(', ')}. Add them again on the Packages screen.`,
      );
    try {
      return await assemble(this.#filesOf(this.#locked.filter((one) => this.#present.has(one.name))));
    } catch (error) {
      this.#present = new Set();
      warn(
        `The added Python packages cannot be used: ${(error as Error).message} Remove one of them on the Packages screen.`,
      );
      return null;
    }
  }

  list(): readonly AddedPackage[] {
    const missing = 'The file of this package is missing, damaged or for another Python. Add the package again.';
    return this.#locked.map(({ name, version, source, bytes, asked, neededBy, modules, fault }) => {
      const isThere = this.#present.has(name) || !this.#isOpen;
      const imports = publicOf(modules);
      return { name, version, source, bytes, asked, neededBy, imports, fault: isThere ? fault : missing };
    });
  }

  bundled(): readonly BundledPackage[] {
    return this.#bundled;
  }

  brings(module: string): boolean {
    return this.#locked.some((one) => this.#present.has(one.name) && one.modules.includes(module));
  }

  async plan(spec: string, control: Control): Promise<PackagePlan> {
    return this.#plans.ofSpec(spec, this.#now(), control);
  }

  planFile(fileName: string, bytes: Buffer, control: Control): Promise<PackagePlan> {
    return this.#plans.ofFile(fileName, bytes, this.#now(), control);
  }

  async planUpdates(control: Control): Promise<PackagePlan> {
    return this.#plans.ofUpdates(this.#now(), control);
  }

  async carryOut(planId: number, control: Control): Promise<void> {
    const { dir, sources, progress } = this.#deps;
    const kept = this.#plans.take(planId, this.#revision);
    await fetchFiles(kept, { dir, sources: sources(kept.index), progress: progress(control.tell) }, control.signal);
    const standard = await this.#pythonsOwn(control.signal);
    const next = await checkFiles(kept, { dir, locked: this.#locked, present: this.#present, standard }, control);
    await this.#put(next, new Set(next.map((one) => one.name)), control);
    this.#plans.clear();
  }

  async remove(name: string, control: Control): Promise<void> {
    const next = without(this.#locked, normalName(name));
    if ('kind' in next) throw new Refusal('package-refused', wordsOf(name, next));
    const usable = next.map((one) => one.name).filter((one) => this.#present.has(one));
    await this.#put(next, new Set(usable), control);
  }

  #now(): PlannedFrom {
    return {
      locked: this.#locked,
      present: this.#present,
      revision: this.#revision,
      pathOf: (wheel) => this.#pathOf(wheel),
    };
  }

  /** Installs a set: makes its image, tries it, records it, then gives it to interpreters. */
  async #put(next: AddedLock, usable: ReadonlySet<string>, { signal, tell }: Control): Promise<void> {
    const { dir, warn, assemble, switchTo } = this.#deps;
    tell('Storing packages', null);
    const assembled = await assemble(this.#filesOf(next.filter((one) => usable.has(one.name))));
    const result = await this.#tried(next, usable, assembled, { signal, tell });
    signal.throwIfAborted();
    tell('Giving them to Python', null);
    const [before, presentBefore] = [this.#locked, this.#present];
    await writeLock(dir, result);
    [this.#locked, this.#present, this.#revision] = [result, usable, this.#revision + 1];
    try {
      await switchTo(assembled);
    } catch (error) {
      [this.#locked, this.#present] = [before, presentBefore];
      await writeLock(dir, before);
      throw error;
    }
    await removeUnused(path.join(dir, 'wheels'), result).catch((error: unknown) =>
      warn(`files of removed packages could not be deleted: ${(error as Error).message}`),
    );
  }

  /** The set with the results of importing its new packages. */
  async #tried(
    next: AddedLock,
    usable: ReadonlySet<string>,
    assembled: string | null,
    { signal, tell }: Control,
  ): Promise<AddedLock> {
    const isNew = (one: LockedPackage): boolean =>
      !this.#locked.some((old) => old.sha256 === one.sha256 && this.#present.has(old.name));
    const tried = next.filter((one) => one.asked !== null && usable.has(one.name) && isNew(one));
    if (assembled === null || tried.length === 0) return next;
    tell('Trying to import them', null);
    const faults = await this.#deps.tryOut(assembled, tried.flatMap(triedModules), signal);
    return next.map((one) => (tried.includes(one) ? { ...one, fault: faultOf(triedModules(one), faults) } : one));
  }

  /** Read once: it is the same in every Python of this image. */
  async #pythonsOwn(signal: AbortSignal): Promise<ReadonlySet<string>> {
    if (this.#standard !== null) return this.#standard;
    const resolver = await this.#deps.openResolver(signal);
    try {
      this.#standard = await standardModules(resolver.ask);
      return this.#standard;
    } finally {
      resolver.close();
    }
  }

  #filesOf(packages: AddedLock): readonly AddedWheelFile[] {
    return packages.map((one) => ({ name: one.name, path: this.#pathOf(one), sha256: one.sha256 }));
  }

  #pathOf({ fileName }: { readonly fileName: string }): string {
    return path.join(this.#deps.dir, 'wheels', fileName);
  }
}

function wordsOf(name: string, fault: RemovalFault): string {
  return fault.kind === 'not-there'
    ? `${name} is not among the added packages.`
    : `${fault.by.join(', ')} needs ${name}. Remove ${fault.by.join(', ')} first.`;
}

/** A package of many modules is not imported as a whole. */
function triedModules({ modules }: LockedPackage): readonly string[] {
  return publicOf(modules).slice(0, MOST_MODULES_TRIED);
}

function publicOf(modules: readonly string[]): readonly string[] {
  return modules.filter((module) => !module.startsWith('_'));
}

/** One importable module is enough: packages contain examples, and plug-ins for others. */
function faultOf(modules: readonly string[], faults: Readonly<Record<string, string>>): string | null {
  const failed = modules.filter((module) => module in faults);
  return failed.length > 0 && failed.length === modules.length
    ? `Python cannot import it: ${faults[failed[0]!]!.slice(0, 1_000)}`
    : null;
}

function isFor(fileName: string, abi: string): boolean {
  const tag = wheelNameParts(fileName)?.tag ?? '';
  return tag.endsWith('-none-any') || tag.includes(`_${abi}_wasm32`);
}

async function removeUnused(wheels: string, used: AddedLock): Promise<void> {
  const names = new Set(used.map((one) => one.fileName));
  const unused = (await readdir(wheels)).filter((name) => !names.has(name));
  for (const name of unused) await rm(path.join(wheels, name), { force: true });
}
