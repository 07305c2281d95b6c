// The packages that were added to those that the product brings: planned, fetched, checked, put in place, taken out.
// Nothing of a change is seen by interpreters before all of it is there. Must not know interpreters, nor who asks.

import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AddedPackage, BundledPackage, PackagePlan } from '../../../src-shared/package.ts';
import { isRefusal, Refusal } from '../../../src-shared/refusal.ts';
import { readLock, writeLock } from './added-lock.ts';
import type { AddedLock, LockedPackage } from './added-lock.ts';
import { nameIn, normalName, wheelNameParts, without } from './added-set.ts';
import type { RemovalFault } from './added-set.ts';
import type { IndexAccess } from '../index/index-access.ts';
import { insteadOf } from './known-packages.ts';
import type { WantedFile } from '../store/package-list.ts';
import { planOf } from './package-plan.ts';
import type { Progress } from '../progress.ts';
import type { PyodideBuilds } from '../store/pyodide-builds.ts';
import type { FoundBuilds } from '../store/pyodide-place.ts';
import { NoPlan, resolve, standardModules } from './resolution.ts';
import type { AskResolver, KnownWheel, ResolvedPackage } from './resolution.ts';
import type { Source } from '../store/source.ts';
import { fillStore, readStore } from '../store/store.ts';
import { checkWheel, metadataIn, readWheel } from './wheel-check.ts';

/** How a long work is told and stopped. */
export interface Control {
  readonly signal: AbortSignal;
  readonly tell: (text: string, fraction: number | null) => void;
}

export interface AddedWheelFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

export interface AddedPackagesDeps {
  /** A folder of their own. */
  readonly dir: string;
  readonly image: () => Promise<{ readonly bundled: readonly BundledPackage[]; readonly pyodide: PyodideBuilds }>;
  /** A Python that resolves; whoever asks for it closes it. */
  readonly openResolver: (signal: AbortSignal) => Promise<{ readonly ask: AskResolver; close(): void }>;
  /** Is given a Python that resolves. */
  readonly openIndex: (ask: AskResolver) => Promise<IndexAccess>;
  /** Whether these of Pyodide's builds can be had, and their sizes. */
  readonly findBuilds: (fileNames: readonly string[]) => Promise<FoundBuilds>;
  /** Where the files of a plan are fetched. */
  readonly sources: (index: IndexAccess) => readonly Source[];
  /** Makes what interpreters get of these wheels; null for none. Rejects with why they cannot be there at once. */
  readonly assemble: (wheels: readonly AddedWheelFile[]) => Promise<string | null>;
  /** Imports modules in a Python that has them and ends it; answers the faults by module. */
  readonly tryOut: (
    assembled: string,
    modules: readonly string[],
    signal: AbortSignal,
  ) => Promise<Readonly<Record<string, string>>>;
  /** Interpreters that start from now on have these. Resolves when the next request gets one that does. */
  readonly switchTo: (assembled: string | null) => Promise<void>;
  readonly progress: (tell: Control['tell']) => Progress;
  readonly warn: (text: string) => void;
}

export interface AddedPackages {
  /** Reads what was added. */
  read(): Promise<void>;
  /** Leaves out what is damaged. Answers what interpreters get of it. Never rejects for one package. */
  open(): Promise<string | null>;
  list(): readonly AddedPackage[];
  bundled(): readonly BundledPackage[];
  /** Whether a top-level module is of an added package. */
  brings(module: string): boolean;
  /** The three reject with Refusal `package-refused` when there is no plan. */
  plan(spec: string, control: Control): Promise<PackagePlan>;
  planFile(fileName: string, bytes: Buffer, control: Control): Promise<PackagePlan>;
  planUpdates(control: Control): Promise<PackagePlan>;
  /** Does what a plan says. */
  carryOut(planId: number, control: Control): Promise<void>;
  remove(name: string, control: Control): Promise<void>;
}

interface KeptPlan {
  readonly plan: PackagePlan;
  readonly packages: readonly ResolvedPackage[];
  /** What was asked for, by name. */
  readonly asked: ReadonlyMap<string, string>;
  /** Files that were chosen, by file name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly index: IndexAccess;
  readonly revision: number;
}

const PLANS_KEPT = 3;
const MOST_FILE_BYTES = 200_000_000;
const MOST_MODULES_TRIED = 12;

export function createAddedPackages(deps: AddedPackagesDeps): AddedPackages {
  const { dir, warn } = deps;
  const plans = new Map<number, KeptPlan>();
  let locked: AddedLock = [];
  let present: ReadonlySet<string> = new Set();
  let isOpen = false;
  let bundled: readonly BundledPackage[] = [];
  let revision = 0;
  let lastPlan = 0;
  let standard: ReadonlySet<string> | null = null;

  const pathOf = ({ fileName }: { readonly fileName: string }): string => path.join(dir, 'wheels', fileName);
  const filesOf = (packages: AddedLock): readonly AddedWheelFile[] =>
    packages.map((one) => ({ name: one.name, path: pathOf(one), sha256: one.sha256 }));

  const plan = async (
    asked: ReadonlyMap<string, string>,
    how: Control & {
      readonly isUpdate: boolean;
      readonly files: ReadonlyMap<string, Buffer>;
      readonly chosen: readonly KnownWheel[];
    },
  ): Promise<PackagePlan> => {
    const { signal, tell, files } = how;
    tell('Looking up', null);
    const { pyodide } = await deps.image();
    const kept = how.isUpdate ? locked.filter((one) => one.source === 'file') : locked;
    const wheels = await knownWheels(
      kept.filter((one) => present.has(one.name) && !how.chosen.some(({ name }) => name === one.name)),
    );
    const resolver = await deps.openResolver(signal);
    let index: IndexAccess;
    let resolution;
    try {
      index = await deps.openIndex(resolver.ask);
      resolution = await resolve(
        { asked: [...asked.values()], wheels: [...wheels, ...how.chosen], builds: pyodide.builds },
        { ask: resolver.ask, index, signal, tell: (text) => tell(text, null) },
      );
    } catch (error) {
      if (!(error instanceof NoPlan)) throw error;
      const instead = error.package === null ? null : insteadOf(error.package);
      throw new Refusal('package-refused', instead === null ? error.message : `${error.message} ${instead}`, {
        cause: error,
      });
    } finally {
      resolver.close();
    }
    const { packages } = resolution;
    const wanted = packages.filter((one) => one.source === 'pyodide' && !present.has(one.name));
    const builds = await deps.findBuilds(wanted.map((one) => one.fileName));
    signal.throwIfAborted();
    const made = planOf({ id: ++lastPlan, resolution, locked, present, asked, builds, index: index.host });
    plans.set(made.id, { plan: made, packages, asked, files, index, revision });
    for (const id of plans.keys()) if (id <= made.id - PLANS_KEPT) plans.delete(id);
    return made;
  };

  const knownWheels = (packages: AddedLock): Promise<readonly KnownWheel[]> =>
    Promise.all(
      packages.map(async (one) => ({
        ...one,
        metadata: await metadataIn(await readWheel(pathOf(one)), one.fileName),
      })),
    );

  const askedNow = (): Map<string, string> =>
    new Map(locked.flatMap((one) => (one.asked === null ? [] : [[one.name, one.asked] as const])));

  /** Puts a set in place: assembled, tried, written down, then given to interpreters. */
  const put = async (next: AddedLock, usable: ReadonlySet<string>, { signal, tell }: Control): Promise<void> => {
    tell('Putting packages in place', null);
    const assembled = await deps.assemble(filesOf(next.filter((one) => usable.has(one.name))));
    const isNew = (one: LockedPackage): boolean =>
      !locked.some((old) => old.sha256 === one.sha256 && present.has(old.name));
    const tried = next.filter((one) => one.asked !== null && usable.has(one.name) && isNew(one));
    let result = next;
    if (assembled !== null && tried.length > 0) {
      tell('Trying to import them', null);
      const modules = tried.flatMap((one) => triedModules(one));
      const faults = await deps.tryOut(assembled, modules, signal);
      result = next.map((one) => (tried.includes(one) ? { ...one, fault: faultOf(triedModules(one), faults) } : one));
    }
    signal.throwIfAborted();
    tell('Giving them to Python', null);
    const [before, presentBefore] = [locked, present];
    await writeLock(dir, result);
    [locked, present, revision] = [result, usable, revision + 1];
    try {
      await deps.switchTo(assembled);
    } catch (error) {
      [locked, present] = [before, presentBefore];
      await writeLock(dir, before);
      throw error;
    }
    await removeUnused(path.join(dir, 'wheels'), result).catch((error: unknown) =>
      warn(`files of packages that went could not be removed: ${(error as Error).message}`),
    );
  };

  const fetched = async (kept: KeptPlan, { signal, tell }: Control): Promise<void> => {
    await mkdir(path.join(dir, 'wheels'), { recursive: true });
    for (const [fileName, bytes] of kept.files) {
      const temporary = path.join(dir, `chosen-${process.pid}`);
      await writeFile(temporary, bytes);
      await rename(temporary, path.join(dir, 'wheels', fileName));
    }
    const wanted = kept.packages.map((one): WantedFile => {
      const { name, version, fileName, sha256, url } = one;
      return { name, version, fileName, sha256, need: 'extra', pip: null, ...(url === null ? {} : { url }) };
    });
    const filled = await fillStore({
      storeDir: dir,
      wanted,
      sources: deps.sources(kept.index),
      progress: deps.progress(tell),
      signal,
    });
    signal.throwIfAborted();
    if (filled.missing.length > 0) {
      const names = filled.missing.map((one) => one.name).join(', ');
      throw new Refusal(
        'package-refused',
        `${names} could not be fetched (${filled.failures.join('; ')}). Nothing was changed.`,
      );
    }
  };

  /** Asked once: it is the same in every Python of this image. */
  const pythonsOwn = async (signal: AbortSignal): Promise<ReadonlySet<string>> => {
    if (standard !== null) return standard;
    const resolver = await deps.openResolver(signal);
    try {
      standard = await standardModules(resolver.ask);
      return standard;
    } finally {
      resolver.close();
    }
  };

  const checked = async (kept: KeptPlan, { signal, tell }: Control): Promise<AddedLock> => {
    const standard = await pythonsOwn(signal);
    const next: LockedPackage[] = [];
    for (const one of kept.packages) {
      signal.throwIfAborted();
      tell(`Checking ${one.name}`, null);
      const { name, version, fileName, sha256, source, neededBy } = one;
      const asked = kept.asked.get(name) ?? null;
      const known = locked.find((old) => old.sha256 === sha256 && old.name === name);
      if (known && present.has(name)) {
        next.push({ ...known, asked, neededBy });
        continue;
      }
      const bytes = await readWheel(path.join(dir, 'wheels', fileName));
      const facts = await checkWheel(bytes, { fileName, standard });
      if (facts.name !== name) throw new Refusal('bad-wheel', `${fileName} is not a file of ${name}.`);
      next.push({
        name,
        version,
        fileName,
        sha256,
        bytes: bytes.length,
        source,
        asked,
        neededBy,
        modules: facts.modules,
        fault: null,
      });
    }
    return next;
  };

  const refusedFor = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error, 'bad-wheel')) throw new Refusal('package-refused', error.message, { cause: error });
      throw error;
    }
  };

  return {
    async read() {
      await mkdir(dir, { recursive: true });
      locked = await readLock(dir, warn);
    },
    async open() {
      const image = await deps.image();
      bundled = image.bundled;
      const isBundled = new Set(bundled.map(({ name }) => name));
      locked = locked.filter((one) => !isBundled.has(one.name));
      const fitting = locked.filter((one) => isFor(one.fileName, image.pyodide.abi));
      const store = await readStore(
        dir,
        fitting.map((one) => ({ ...one, need: 'extra', pip: null })),
      );
      present = new Set(store.wheels.map(({ name }) => name));
      isOpen = true;
      const absent = locked.filter(({ name }) => !present.has(name)).map(({ name }) => name);
      if (absent.length > 0)
        warn(
          `Added Python packages are missing, damaged or for another Python: ${absent.join(', ')}. Add them again on the Packages screen.`,
        );
      try {
        return await deps.assemble(filesOf(locked.filter((one) => present.has(one.name))));
      } catch (error) {
        present = new Set();
        warn(
          `The added Python packages cannot be used: ${(error as Error).message} Remove one of them on the Packages screen.`,
        );
        return null;
      }
    },
    list: () =>
      locked.map(({ name, version, source, bytes, asked, neededBy, fault }) => ({
        name,
        version,
        source,
        bytes,
        asked,
        neededBy,
        fault:
          present.has(name) || !isOpen ? fault : 'Its file is missing, damaged or for another Python. Add it again.',
      })),
    bundled: () => bundled,
    brings: (module) => locked.some((one) => present.has(one.name) && one.modules.includes(module)),
    plan: (spec, control) =>
      refusedFor(() => {
        const name = nameIn(spec);
        if (name === null)
          throw new Refusal(
            'package-refused',
            `'${spec.trim().slice(0, 100)}' is not the name of a package. Write NAME or NAME==VERSION.`,
          );
        return plan(askedNow().set(name, spec.trim()), { ...control, isUpdate: false, files: new Map(), chosen: [] });
      }),
    planFile: (fileName, bytes, control) =>
      refusedFor(async () => {
        const named = wheelNameParts(fileName);
        if (!named)
          throw new Refusal(
            'package-refused',
            `${fileName.slice(0, 100)} is not named as wheels are (NAME-VERSION-PYTHON-ABI-PLATFORM.whl).`,
          );
        if (bytes.length > MOST_FILE_BYTES)
          throw new Refusal('package-refused', `${fileName} is larger than ${MOST_FILE_BYTES / 1e6} MB.`);
        const { metadata } = await checkWheel(bytes, { fileName, standard: new Set() });
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const chosen = { ...named, fileName, sha256, bytes: bytes.length, source: 'file', metadata } as const;
        return plan(askedNow().set(named.name, `${named.name}==${named.version}`), {
          ...control,
          isUpdate: false,
          files: new Map([[fileName, bytes]]),
          chosen: [chosen],
        });
      }),
    planUpdates: (control) =>
      refusedFor(() => {
        if (locked.length === 0)
          throw new Refusal('package-refused', 'No packages were added, so there is nothing to update.');
        return plan(askedNow(), { ...control, isUpdate: true, files: new Map(), chosen: [] });
      }),
    carryOut: (planId, control) =>
      refusedFor(async () => {
        const kept = plans.get(planId);
        if (!kept || kept.revision !== revision)
          throw new Refusal('package-refused', 'Packages were changed since this was looked up. Look it up again.');
        await fetched(kept, control);
        const next = await checked(kept, control);
        await put(next, new Set(next.map((one) => one.name)), control);
        plans.clear();
      }),
    remove: (name, control) =>
      refusedFor(async () => {
        const next = without(locked, normalName(name));
        if ('kind' in next) throw new Refusal('package-refused', wordsOf(name, next));
        await put(next, new Set(next.map((one) => one.name).filter((one) => present.has(one))), control);
      }),
  };
}

function wordsOf(name: string, fault: RemovalFault): string {
  return fault.kind === 'not-there'
    ? `${name} is not among the added packages.`
    : `${name} is needed by ${fault.by.join(', ')}. Remove that first.`;
}

/** Public names first; a package of many modules is not imported as a whole. */
function triedModules({ modules }: LockedPackage): readonly string[] {
  return modules.filter((module) => !module.startsWith('_')).slice(0, MOST_MODULES_TRIED);
}

/** One module that can be imported is enough: packages carry examples and plug-ins of others. */
function faultOf(modules: readonly string[], faults: Readonly<Record<string, string>>): string | null {
  const failed = modules.filter((module) => module in faults);
  return failed.length > 0 && failed.length === modules.length
    ? `It cannot be imported: ${faults[failed[0]!]!.slice(0, 1_000)}`
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
