// Shared libraries (.so): which may be linked at all, and how their places are recorded and replayed with a snapshot.
// Must not take code from anywhere but the image.

import type { PyodideModule } from './pyodide-types.ts';

/** One step of linking, in order: a library with its place in memory and table, or a table slot taken between libraries. */
export type LinkStep =
  | {
      readonly kind: 'library';
      readonly name: string;
      readonly handle: number;
      readonly memoryBase: number;
      readonly tableLength: number;
      readonly freeSlots: readonly number[];
      readonly isGlobal: boolean;
      readonly isKept: boolean;
    }
  | { readonly kind: 'slot'; readonly slot: number; readonly library: string; readonly symbol: string };

type RecordedStep = LinkStep | { readonly kind: 'slotOf'; readonly slot: number; readonly callable: unknown };

/** What Pyodide's text, edited by the build, reports and asks while it links. */
export const linkLedger = {
  isRecording: false,
  depth: 0,
  steps: [] as RecordedStep[],
  replaying: null as (LinkStep & { kind: 'library' }) | null,
  /** Symbols that are still without a value: asking all 60,000 after each of 200 libraries took 3 s of a restore. */
  pending: new Set<string>(),

  opened(step: Omit<LinkStep & { kind: 'library' }, 'kind'>): void {
    if (!this.isRecording) return;
    this.depth++;
    this.steps.push({ kind: 'library', ...step });
  },
  closed(): void {
    if (this.isRecording) this.depth--;
  },
  slotTaken(slot: number, callable: unknown): void {
    // Slots taken inside a library come again by themselves when it is linked again.
    if (this.isRecording && this.depth === 0 && this.steps.length > 0)
      this.steps.push({ kind: 'slotOf', slot, callable });
  },
};

const codeByPath = new Map<string, Uint8Array>();

/** Registers a library of the image; its bytes never lie in Python's file system. */
export function registerLibrary(path: string, code: Uint8Array): void {
  codeByPath.set(path, code);
}

/**
 * The code of a library of the image.
 * Stops: a .so that a script writes and loads (`ctypes.CDLL('/tmp/x.so')`), which is machine code of its own making.
 * @param isForeign the linker was handed bytes from Python's memory, which are never the image's
 */
export function libraryCode(path: string, isForeign = false): Uint8Array {
  const code = isForeign ? undefined : codeByPath.get(path);
  if (!code) throw new Error(`${path} is not a library of an installed package`);
  return code;
}

/** The linking steps of the image being made; a slot is named by the exported function that holds it. */
export function recordedSteps(module: PyodideModule): LinkStep[] {
  const names = new Map<unknown, { library: string; symbol: string }>();
  for (const [library, { exports }] of Object.entries(module.LDSO.loadedLibsByName)) {
    if (library === '__main__' || !exports) continue;
    for (const symbol of Object.keys(exports)) names.set(exports[symbol], { library, symbol });
  }
  return linkLedger.steps.map((step) => {
    if (step.kind !== 'slotOf') return step;
    const owner = names.get(step.callable);
    if (!owner)
      throw new Error(`table slot ${step.slot} is held by a function of no library: this set cannot be a snapshot`);
    return { kind: 'slot', slot: step.slot, ...owner };
  });
}

/** Grows the table to a recorded length, so that what follows lands in its recorded place. */
export function restoreTable(module: PyodideModule, length: number, freeSlots: readonly number[]): void {
  const missing = length - module.wasmTable.length;
  if (missing < 0) throw new Error(`the table has ${module.wasmTable.length} entries, the snapshot ${length}`);
  if (missing > 0) module.wasmTable.grow(missing);
  module.freeTableIndexes.splice(0, Infinity, ...freeSlots);
}

/** Links the image's libraries again, each at its recorded place. The heap is restored afterwards and overwrites what they did. */
export function replayLibraries(module: PyodideModule, steps: readonly LinkStep[]): void {
  for (const step of steps) {
    if (step.kind === 'slot') {
      const callable = module.LDSO.loadedLibsByName[step.library]?.exports?.[step.symbol];
      if (!callable || module.addFunction(callable) !== step.slot) throw new Error(`slot ${step.slot}: ${step.symbol}`);
      continue;
    }
    restoreTable(module, step.tableLength, step.freeSlots);
    linkLedger.replaying = step;
    const flags = { global: step.isGlobal, nodelete: step.isKept, loadAsync: false };
    module.loadDynamicLibrary(step.name, flags, step.isGlobal ? null : {}, step.handle);
  }
  linkLedger.replaying = null;
}

/** Frees the code of libraries that are linked: a library is found by its name when it is asked for again. */
export function forgetLibraries(steps: readonly LinkStep[]): void {
  for (const step of steps) if (step.kind === 'library') codeByPath.delete(step.name);
}
