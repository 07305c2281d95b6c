// The calls about packages, for page and command line: plan, add, remove, update, stop, and list what scripts tried
// to import. Must not know how packages are fetched or kept.

import type { Calls } from '../../src-shared/ipc.ts';
import type {
  AddedPackage,
  BundledPackage,
  MissingModule,
  PackagePlan,
  PackagesAdded,
  PackagesState,
  PackageWork,
  Remedy,
} from '../../src-shared/package.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';

export type PackageCalls = Pick<
  Calls,
  'planPackage' | 'planWheel' | 'planUpdates' | 'addPackages' | 'removePackage' | 'cancelPackageWork'
>;

export interface PackagesForPage {
  readonly calls: PackageCalls;
  state(): PackagesState;
  /** A request tried to import this missing module; the name is text of the script. */
  noteMissing(module: string, request: number): void;
  /** The set of packages may have changed. */
  noteChange(): void;
}

/** Progress and cancelling of a long work. */
interface Control {
  readonly signal: AbortSignal;
  readonly tell: (text: string, fraction: number | null) => void;
}

/** The packages themselves. */
export interface PackageSet {
  list(): readonly AddedPackage[];
  bundled(): readonly BundledPackage[];
  brings(module: string): boolean;
  plan(spec: string, control: Control): Promise<PackagePlan>;
  planFile(fileName: string, bytes: Buffer, control: Control): Promise<PackagePlan>;
  planUpdates(control: Control): Promise<PackagePlan>;
  carryOut(planId: number, control: Control): Promise<void>;
  remove(name: string, control: Control): Promise<void>;
}

export interface PackageCallsDeps {
  readonly packages: PackageSet;
  readonly remedyFor: (module: string) => Remedy;
  /** Called when `state()` may have changed. */
  readonly onChange: (state: PackagesState) => void;
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly now?: () => number;
  readonly planMs?: number;
}

/** Names come from scripts, which can make up any number of them. */
const MOST_MISSING = 100;
const MODULE = /^[A-Za-z_]\w{0,99}$/;
const TELL_MS = 200;
/** Planning ends within a minute; an index that has not answered by then will not answer. */
const PLAN_MS = 50_000;

export function createPackageCalls(deps: PackageCallsDeps): PackagesForPage {
  const { packages, remedyFor, log, now = Date.now, planMs = PLAN_MS } = deps;
  // In the order of their last time, the oldest first.
  const missing = new Map<string, Omit<MissingModule, 'module' | 'remedy'>>();
  let work: PackageWork | null = null;
  let stop: AbortController | null = null;
  let toldAt = 0;
  let timer: NodeJS.Timeout | null = null;

  const state = (): PackagesState => ({
    bundled: packages.bundled(),
    added: packages.list(),
    missing: [...missing]
      .toReversed()
      .map(([module, facts]): MissingModule => ({ module, remedy: remedyFor(module), ...facts })),
    work,
  });
  const announce = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    toldAt = now();
    deps.onChange(state());
  };
  /** Downloads report every piece, and scripts may try a missing import a thousand times a second. */
  const announceSoon = (): void => {
    timer ??= setTimeout(announce, Math.max(0, toldAt + TELL_MS - now())).unref();
  };

  /** One work at a time; a refusal goes to the user who started the work. */
  const working = async <Answer>(
    kind: PackageWork['kind'],
    run: (control: Control) => Promise<Answer>,
  ): Promise<Answer> => {
    if (stop !== null)
      throw new Refusal('refused', 'Another change of packages is running. Wait until it ends, or cancel it.');
    const mine = new AbortController();
    stop = mine;
    const late = kind === 'planning' ? AbortSignal.timeout(planMs) : null;
    const signal = late === null ? mine.signal : AbortSignal.any([mine.signal, late]);
    const tell = (text: string, fraction: number | null): void => {
      if (stop !== mine) return;
      work = { kind, text, fraction };
      announceSoon();
    };
    try {
      const running = run({ signal, tell });
      // A plan changes nothing, so nobody waits until a cancelled plan has ended.
      return await (kind === 'planning' ? orAborted(running, signal) : running);
    } catch (error) {
      if (late?.aborted && !mine.signal.aborted)
        throw new Refusal(
          'refused',
          `There was no answer within ${Math.ceil(planMs / 1000)} s: the package index cannot be reached or is too slow. Check the proxy and the index under Settings, then try again. Nothing was changed.`,
        );
      if (mine.signal.aborted) throw new Refusal('refused', 'The change was cancelled. Nothing was changed.');
      if (isRefusal(error) && !isRefusal(error, 'file-too-large', 'not-regular-file')) throw error;
      log.warn(`packages: ${(error as Error).stack ?? String(error)}`);
      throw new Refusal('refused', `The packages could not be changed: ${(error as Error).message}.`);
    } finally {
      [stop, work] = [null, null];
      announce();
    }
  };

  const noteChange = (): void => {
    for (const module of missing.keys()) if (packages.brings(module)) missing.delete(module);
    announce();
  };

  return {
    state,
    noteChange,
    noteMissing(module, request) {
      if (!MODULE.test(module) || packages.brings(module)) return;
      const count = (missing.get(module)?.count ?? 0) + 1;
      missing.delete(module);
      missing.set(module, { count, lastAt: now(), request });
      const [oldest] = missing.keys();
      if (missing.size > MOST_MISSING) missing.delete(oldest!);
      announceSoon();
    },
    calls: {
      planPackage: (spec) => working('planning', (control) => packages.plan(spec, control)),
      planWheel: (fileName, base64) =>
        working('planning', (control) => packages.planFile(fileName, Buffer.from(base64, 'base64'), control)),
      planUpdates: () => working('planning', (control) => packages.planUpdates(control)),
      async addPackages(planId) {
        const before = packages.list();
        await working('changing', (control) => packages.carryOut(planId, control));
        const added = changedSince(before, packages.list());
        log.info(`added Python packages: ${listOf(added)}`);
        const found = [...missing].filter(([module]) => packages.brings(module));
        noteChange();
        return { packages: added, found: found.map(([module, { request }]) => ({ module, request })) };
      },
      async removePackage(name) {
        await working('changing', (control) => packages.remove(name, control));
        log.info(`the Python package ${name} was removed`);
        noteChange();
        return null;
      },
      cancelPackageWork() {
        stop?.abort();
        return Promise.resolve(null);
      },
    },
  };
}

/** The result of a promise, or the signal's reason once that is aborted; the promise may continue unobserved. */
async function orAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = Promise.withResolvers<never>();
  const abort = (): void => over.reject(signal.reason as Error);
  running.catch(() => undefined);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([running, over.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** New packages, and those with another version. */
function changedSince(before: readonly AddedPackage[], after: readonly AddedPackage[]): PackagesAdded['packages'] {
  return after.filter((one) => !before.some(({ name, version }) => name === one.name && version === one.version));
}

function listOf(packages: readonly AddedPackage[]): string {
  return packages.map(({ name, version }) => `${name} ${version}`).join(', ') || 'none';
}
