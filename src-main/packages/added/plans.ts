// Makes plans for added packages with a Python that resolves, and keeps them until they are carried out. Changes
// nothing.

import { createHash } from 'node:crypto';
import { normalName } from '../../../src-shared/package.ts';
import type { BundledPackage, PackagePlan } from '../../../src-shared/package.ts';
import { Refusal } from '../../../src-shared/refusal.ts';
import { MOST_FILE_BYTES } from '../../../src-shared/limits.ts';
import type { IndexAccess } from '../index/index-access.ts';
import type { PyodideBuilds } from '../store/pyodide-builds.ts';
import type { FoundBuilds } from '../store/pyodide-place.ts';
import type { AddedLock } from './added-lock.ts';
import { nameIn, wheelNameParts, writtenName } from './added-set.ts';
import { insteadOf, packageMeantBy } from './known-packages.ts';
import { planOf } from './package-plan.ts';
import { NoPlan, resolve } from './resolution.ts';
import type { AskResolver, KnownWheel, Resolution, ResolvedPackage } from './resolution.ts';
import { checkWheel, metadataIn, readWheel } from './wheel-check.ts';

/** How a long work is told and stopped. */
export interface Control {
  readonly signal: AbortSignal;
  readonly tell: (text: string, fraction: number | null) => void;
}

export interface Resolver {
  readonly ask: AskResolver;
  close(): void;
}

export interface PlansDeps {
  readonly image: () => Promise<{ readonly bundled: readonly BundledPackage[]; readonly pyodide: PyodideBuilds }>;
  /** An interpreter that resolves; the code that opens it must close it. */
  readonly openResolver: (signal: AbortSignal) => Promise<Resolver>;
  /** Is given a Python that resolves. */
  readonly openIndex: (ask: AskResolver) => Promise<IndexAccess>;
  /** Whether these of Pyodide's builds can be reached, and their sizes. */
  readonly findBuilds: (fileNames: readonly string[]) => Promise<FoundBuilds>;
}

/** The added packages at the time of planning. */
export interface PlannedFrom {
  readonly locked: AddedLock;
  /** Names of the packages whose files are there. */
  readonly present: ReadonlySet<string>;
  readonly revision: number;
  readonly pathOf: (wheel: { readonly fileName: string }) => string;
}

export interface KeptPlan {
  readonly plan: PackagePlan;
  readonly packages: readonly ResolvedPackage[];
  /** The requested packages, by name. */
  readonly asked: ReadonlyMap<string, string>;
  /** Files that the user chose, by file name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly index: IndexAccess;
  readonly revision: number;
}

interface Wish {
  readonly asked: ReadonlyMap<string, string>;
  readonly isUpdate?: true;
  readonly files?: ReadonlyMap<string, Buffer>;
  readonly chosen?: readonly KnownWheel[];
  readonly notes?: readonly string[];
}

const PLANS_KEPT = 3;

export class Plans {
  readonly #deps: PlansDeps;
  readonly #kept = new Map<number, KeptPlan>();
  #last = 0;

  constructor(deps: PlansDeps) {
    this.#deps = deps;
  }

  /**
   * A plan for adding `NAME` or `NAME==VERSION`. The name of a module means its package. What is bundled is known
   * without a look at the index. @throws Refusal
   */
  async ofSpec(spec: string, from: PlannedFrom, control: Control): Promise<PackagePlan> {
    const written = writtenName(spec);
    if (written === null)
      throw new Refusal(
        'package-refused',
        `'${spec.trim().slice(0, 100)}' is not the name of a package. Write NAME or NAME==VERSION.`,
      );
    const { bundled, pyodide } = await this.#deps.image();
    const there = [...bundled, ...from.locked.map(({ name, modules }) => ({ name, imports: modules }))];
    const meant = packageMeantBy(written, there, pyodide.builds);
    const isModule = meant !== null && meant.module !== null;
    const wanted = isModule ? spec.trim().replace(written, meant.name) : spec.trim();
    const name = nameIn(wanted)!;
    const notes = isModule ? [`${meant.module} is a module of the package ${meant.name}.`] : [];
    const own = bundled.find((one) => one.name === name);
    if (own && normalName(wanted) === name) return this.#nothingFor(own, notes);
    return this.#make({ asked: askedIn(from).set(name, wanted), notes }, from, control);
  }

  /** What is bundled needs no addition. */
  #nothingFor({ name, version, imports }: BundledPackage, notes: readonly string[]): PackagePlan {
    const how = imports.length > 0 ? ` Scripts can import ${imports.join(', ')}.` : '';
    const note = `${name} ${version} is part of TabPy Tray.${how}`;
    return { id: ++this.#last, packages: [], bundled: [], gone: [], index: '', notes: [...notes, note] };
  }

  /** A plan for adding a wheel file. @throws Refusal */
  async ofFile(fileName: string, bytes: Buffer, from: PlannedFrom, control: Control): Promise<PackagePlan> {
    const named = wheelNameParts(fileName);
    if (!named)
      throw new Refusal(
        'package-refused',
        `${fileName.slice(0, 100)} is not the name of a wheel (NAME-VERSION-PYTHON-ABI-PLATFORM.whl).`,
      );
    if (bytes.length > MOST_FILE_BYTES)
      throw new Refusal('package-refused', `${fileName} is larger than ${MOST_FILE_BYTES / 1e6} MB.`);
    const { metadata } = await checkWheel(bytes, { fileName, standard: new Set() });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const chosen = { ...named, fileName, sha256, bytes: bytes.length, source: 'file', metadata } as const;
    const asked = askedIn(from).set(named.name, `${named.name}==${named.version}`);
    return this.#make({ asked, files: new Map([[fileName, bytes]]), chosen: [chosen] }, from, control);
  }

  /** Newer versions of all packages that were added by name. @throws Refusal */
  ofUpdates(from: PlannedFrom, control: Control): Promise<PackagePlan> {
    if (from.locked.length === 0)
      throw new Refusal('package-refused', 'No packages were added, so there is nothing to update.');
    return this.#make({ asked: askedIn(from), isUpdate: true }, from, control);
  }

  /** A plan that still fits the added packages. @throws Refusal */
  take(id: number, revision: number): KeptPlan {
    const kept = this.#kept.get(id);
    if (!kept || kept.revision !== revision)
      throw new Refusal('package-refused', 'The packages have changed since you looked. Look again.');
    return kept;
  }

  clear(): void {
    this.#kept.clear();
  }

  async #make(wish: Wish, from: PlannedFrom, { signal, tell }: Control): Promise<PackagePlan> {
    const { asked, files = new Map<string, Buffer>(), notes = [] } = wish;
    const { locked, present, revision } = from;
    tell('Looking for packages', null);
    const { index, resolution } = await this.#resolve(wish, from, { signal, tell });
    const { packages } = resolution;
    const wanted = packages.filter((one) => one.source === 'pyodide' && !present.has(one.name));
    const builds = await this.#deps.findBuilds(wanted.map((one) => one.fileName));
    signal.throwIfAborted();
    const made = planOf({ id: ++this.#last, resolution, locked, present, asked, builds, index: index.host });
    const plan = { ...made, notes: [...notes, ...made.notes] };
    this.#kept.set(plan.id, { plan, packages, asked, files, index, revision });
    for (const id of this.#kept.keys()) if (id <= plan.id - PLANS_KEPT) this.#kept.delete(id);
    return plan;
  }

  async #resolve(
    { asked, isUpdate, chosen = [] }: Wish,
    { locked, present, pathOf }: PlannedFrom,
    { signal, tell }: Control,
  ): Promise<{ readonly index: IndexAccess; readonly resolution: Resolution }> {
    const { pyodide } = await this.#deps.image();
    const kept = isUpdate ? locked.filter((one) => one.source === 'file') : locked;
    const wheels = await knownWheels(
      kept.filter((one) => present.has(one.name) && !chosen.some(({ name }) => name === one.name)),
      pathOf,
    );
    const resolver = await this.#deps.openResolver(signal);
    try {
      const index = await this.#deps.openIndex(resolver.ask);
      const resolution = await resolve(
        { asked: [...asked.values()], wheels: [...wheels, ...chosen], builds: pyodide.builds },
        { ask: resolver.ask, index, signal, tell: (text) => tell(text, null) },
      );
      return { index, resolution };
    } catch (error) {
      throw error instanceof NoPlan ? withAdvice(error) : error;
    } finally {
      resolver.close();
    }
  }
}

/** The obstacle, with what to use instead where that is known. */
function withAdvice(error: NoPlan): Refusal {
  const instead = error.package === null ? null : insteadOf(error.package);
  return new Refusal('package-refused', instead === null ? error.message : `${error.message} ${instead}`, {
    cause: error,
  });
}

function askedIn({ locked }: PlannedFrom): Map<string, string> {
  return new Map(locked.flatMap((one) => (one.asked === null ? [] : [[one.name, one.asked] as const])));
}

function knownWheels(packages: AddedLock, pathOf: PlannedFrom['pathOf']): Promise<readonly KnownWheel[]> {
  return Promise.all(
    packages.map(async (one) => ({ ...one, metadata: await metadataIn(await readWheel(pathOf(one)), one.fileName) })),
  );
}
