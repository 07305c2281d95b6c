// Links shared libraries (.so): which may be linked, how their places are recorded, and how each is linked again at its
// first call. Must take code only from the image.

import type { PyodideModule, SharedLibrary } from './pyodide-types.ts';

/** One step of linking, in order. */
export interface LinkStep {
  readonly name: string;
  readonly handle: number;
  readonly memoryBase: number;
  readonly tableLength: number;
  readonly isGlobal: boolean;
  readonly isKept: boolean;
  /** Libraries that it needs, by name. */
  readonly needed: readonly string[];
}

/** The data from which the build makes the restore table. */
export interface LinkRecord {
  readonly steps: readonly LinkStep[];
  /** Slots of Python's own exported functions, in the order of its exports; 0: none. */
  readonly mainSlots: readonly number[];
  readonly mainTableLength: number;
  readonly tableLength: number;
  readonly freeSlots: readonly number[];
  /** Exported functions of each library with their slots; 0: none. */
  readonly exports: readonly (readonly (readonly [symbol: string, slot: number])[])[];
  /** Every address that libraries look up by name. */
  readonly addresses: Readonly<Record<string, number>>;
}

export interface RestoredLibrary {
  readonly name: string;
  readonly handle: number;
  readonly memoryBase: number;
  readonly tableBase: number;
  readonly isKept: boolean;
  /** Addresses of imported symbols; most are in the library's code. */
  readonly cells: Readonly<Record<string, number>>;
  /** By their places in the list. */
  readonly needed: readonly number[];
  /** Slots of its exported functions, in the order of its exports; 0: none. */
  readonly slots: readonly number[];
}

/** What is stored beside the heap to link the libraries again. */
export interface LinkTable {
  readonly mainSlots: readonly number[];
  readonly mainTableLength: number;
  readonly tableLength: number;
  readonly freeSlots: readonly number[];
  readonly libraries: readonly RestoredLibrary[];
}

type Exports = Record<string, unknown>;

/** The calls that Pyodide's text, as edited by the build, makes while it links. */
export const linkLedger = {
  isRecording: false,
  steps: [] as LinkStep[],
  needed: new Map<string, string[]>(),
  /** Python's own exports, and the length of the table once they have their slots. */
  mainExports: {} as Exports,
  mainTableLength: 0,
  /** Set when a snapshot is restored. */
  table: null as LinkTable | null,
  /** Libraries of the snapshot that are linked by now. */
  linked: [] as Exports[],
  slotOf: new WeakMap<object, number>(),
  /** Symbols that still have no value: checking all 60,000 after each of 200 libraries took 3 s of a restore. */
  pending: new Set<string>(),

  opened(step: Omit<LinkStep, 'needed'>): void {
    if (this.isRecording) this.steps.push({ ...step, needed: this.needed.get(step.name) ?? [] });
  },
  asked(library: string, needed: string): void {
    if (!this.isRecording) return;
    const list = this.needed.get(library) ?? [];
    list.push(needed);
    this.needed.set(library, list);
  },
  /**
   * Python itself is linked. Its exports get their slots: as Emscripten finds them, or as they were recorded. Finding
   * them makes an object of every function in the table, 15 MB in each interpreter.
   */
  mainLinked(
    exports: Exports,
    wasmTable: WebAssembly.Table,
    find: () => void,
    use: (slots: WeakMap<object, number>) => void,
  ): void {
    this.mainExports = exports;
    const { table } = this;
    if (!table) {
      find();
    } else {
      const first = wasmTable.length;
      wasmTable.grow(table.mainTableLength - first);
      let at = 0;
      for (const symbol in exports) {
        const callable = exports[symbol];
        if (typeof callable !== 'function') continue;
        const slot = table.mainSlots[at++]!;
        if (slot === 0) continue;
        if (slot >= first) wasmTable.set(slot, callable);
        this.slotOf.set(callable, slot);
      }
      use(this.slotOf);
    }
    this.mainTableLength = wasmTable.length;
  },
  /** A library looks up the address of a symbol for the first time. */
  addressAsked(symbol: string, cell: { value: unknown }): void {
    if (this.table) {
      for (const exports of [this.mainExports, ...this.linked]) {
        const value = exports[symbol];
        const address =
          typeof value === 'function' ? this.slotOf.get(value) : (value as { value?: unknown } | undefined)?.value;
        if (typeof address !== 'number') continue;
        cell.value = address;
        return;
      }
    }
    this.pending.add(symbol);
  },
};

/** The code of a library: in memory, or behind a function that reads it. */
const codeByPath = new Map<string, () => Uint8Array>();

/** Registers a library of the image; its bytes are never in Python's file system. */
export function registerLibrary(path: string, read: () => Uint8Array): void {
  codeByPath.set(path, read);
}

/**
 * The code of a library of the image.
 * Stops: a .so that a script writes and loads (`ctypes.CDLL('/tmp/x.so')`), which is machine code of its own making.
 * @param isForeign the linker was handed bytes from Python's memory, which are never the image's
 */
export function libraryCode(path: string, isForeign = false): Uint8Array {
  const read = isForeign ? undefined : codeByPath.get(path);
  if (!read) throw new Error(`${path} is not a library of an installed package`);
  return read();
}

/** The linking of the image being made. */
export function recordedLinks(module: PyodideModule): LinkRecord {
  const slotOf = (callable: unknown): number => module.getFunctionAddress(callable);
  const functionsOf = (exports: Exports): [string, number][] =>
    Object.entries(exports).flatMap(([symbol, value]) =>
      typeof value === 'function' ? [[symbol, slotOf(value)]] : [],
    );
  return {
    steps: linkLedger.steps,
    mainSlots: functionsOf(linkLedger.mainExports).map(([, slot]) => slot),
    mainTableLength: linkLedger.mainTableLength,
    tableLength: module.wasmTable.length,
    freeSlots: module.freeTableIndexes.slice(),
    exports: linkLedger.steps.map(({ name }) => functionsOf(module.LDSO.loadedLibsByName[name]!.exports!)),
    addresses: Object.fromEntries(Object.entries(module.GOT).map(([symbol, cell]) => [symbol, cell.value])),
  };
}

/** Puts the image's libraries in their recorded places; each is linked at the first call of one of its functions. */
export function restoreLibraries(module: PyodideModule, table: LinkTable, stubs: Uint8Array): void {
  const { wasmTable, LDSO } = module;
  const missing = table.tableLength - wasmTable.length;
  if (missing < 0) throw new Error(`the table has ${wasmTable.length} entries, the snapshot ${table.tableLength}`);
  wasmTable.grow(missing);
  module.freeTableIndexes.splice(0, Infinity, ...table.freeSlots);
  const imports = LDSO.loadedLibsByName.__main__!.exports!;
  const linked: (Exports | null)[] = table.libraries.map(() => null);

  const link = (index: number): Exports => {
    const before = linked[index];
    if (before) return before;
    const { name, memoryBase, tableBase, cells, needed, slots } = table.libraries[index]!;
    const scope: Exports = Object.assign({}, ...needed.map(link));
    let own: Exports = scope;
    const env: Exports = new Proxy<Exports>(
      {},
      {
        get(stubs, symbol: string) {
          if (symbol === '__memory_base') return memoryBase;
          if (symbol === '__table_base') return tableBase;
          const value = imports[symbol] as { stub?: boolean } | undefined;
          if (value && !value.stub) return value;
          const resolve = (): unknown => scope[symbol] ?? own[symbol];
          return (stubs[symbol] ??=
            resolve() ??
            ((...values: unknown[]) => {
              const callable = resolve();
              if (!callable) throw new Error(`${name} needs ${symbol}, which nobody has`);
              return (callable as (...given: unknown[]) => unknown)(...values);
            }));
        },
      },
    );
    const compiled = new WebAssembly.Module(libraryCode(name));
    const addresses: Exports = {};
    for (const symbol of Object.keys(cells))
      addresses[symbol] = new WebAssembly.Global({ value: 'i32', mutable: true }, cells[symbol]!);
    const instance = new WebAssembly.Instance(compiled, {
      env,
      wasi_snapshot_preview1: env,
      'GOT.mem': addresses,
      'GOT.func': addresses,
    });
    own = module.relocateExports(instance.exports, memoryBase);
    linked[index] = own;
    let at = 0;
    for (const symbol in own) {
      const callable = own[symbol];
      if (typeof callable !== 'function') continue;
      const slot = slots[at++]!;
      if (slot === 0 || linkLedger.slotOf.has(callable)) continue;
      linkLedger.slotOf.set(callable, slot);
      wasmTable.set(slot, callable);
    }
    linkLedger.linked.push(own);
    return own;
  };

  table.libraries.forEach(({ name, handle, isKept }, index) => {
    const library = { name, refcount: isKept ? Infinity : 1, global: false } as SharedLibrary & Record<string, unknown>;
    Object.defineProperty(library, 'exports', { get: () => link(index), enumerable: true, configurable: true });
    LDSO.loadedLibsByName[name] = library;
    if (handle) LDSO.loadedLibsByHandle[handle] = library;
  });
  const { Module, Instance } = WebAssembly;
  void new Instance(new Module(stubs), { l: { k: (index: number) => void link(index) }, e: { t: wasmTable } });
}
