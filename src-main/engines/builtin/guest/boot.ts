// Boots the guest, and defines everything that a host can call in it. The host passes strings and numbers; nothing here
// can call out.

import { blockImports } from './blocked-imports.ts';
import { sleepClock } from './clock.ts';
import {
  allocateFile,
  fileBytes,
  fileJson,
  fileText,
  forgetFiles,
  hasFile,
  leaveInImage,
  placeFiles,
  takeText,
} from './files.ts';
import { clearBetween, stretchesOf } from './heap-image.ts';
import type { Stretch } from './heap-image.ts';
import { isImageOpen, openImage } from './image-reader.ts';
import { linkLedger, recordedLinks, restoreLibraries } from './libraries.ts';
import type { LinkRecord, LinkTable } from './libraries.ts';
import { keepOutput, takeOutput } from './output.ts';
import { createPythonCalls } from './python-calls.ts';
import type { Part, PythonCalls } from './python-calls.ts';
import type { CreateModule, LoadPyodide, Pyodide, PyodideModule } from './pyodide-types.ts';
import { keyRandomness } from './randomness.ts';
import { endShell } from './realm.ts';
import { decodeUtf8, encodeUtf8 } from './text-coders.ts';
import { clearTimer, setTimer, stopTimers } from './timers.ts';
import { closeFiles } from './writable.ts';

// Pyodide's two files, which the build puts between this module's imports and the code below.
declare const createPyodideModule: CreateModule;
declare const loadPyodide: LoadPyodide;

/** The host's options, as JSON. */
export interface BootRequest {
  /** Record a snapshot after the imports (the image build), instead of serving calls. */
  readonly isMaking: boolean;
  /** File images to place, in this order. */
  readonly fileImages: readonly string[];
  /** Modules to import before the first call; a restored snapshot has them already. */
  readonly preimport: readonly string[];
  /** Python's only entry: module and function. */
  readonly entryModule: string;
  readonly entryFunction: string;
}

interface SnapshotHead {
  readonly head: string;
  readonly heapBytes: number;
  readonly stretches: readonly Stretch[];
}

/** What the build gets of a snapshot. */
export interface SnapshotRecord extends SnapshotHead {
  readonly links: LinkRecord;
}

/** What is stored beside the heap to restore it. */
export interface SnapshotTable extends SnapshotHead {
  readonly links: LinkTable;
}

/** The environment that Python sees. Libraries keep their caches where they may write. */
const ENVIRONMENT = {
  HOME: '/home/pyodide',
  LC_ALL: 'C.UTF-8',
  MPLBACKEND: 'agg',
  MPLCONFIGDIR: '/tmp/matplotlib',
  OMP_NUM_THREADS: '1',
  SCIKIT_LEARN_DATA: '/tmp/scikit-learn',
  SEABORN_DATA: '/tmp/seaborn',
  XDG_CACHE_HOME: '/tmp/cache',
  XDG_CONFIG_HOME: '/tmp/config',
};

type Stage =
  | { readonly kind: 'working' }
  | { readonly kind: 'heap'; readonly resume: () => void }
  | { readonly kind: 'made' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly why: string };

let stage: Stage = { kind: 'working' };
let snapshotHeap: Uint8Array | null = null;
let stretches: readonly Stretch[] = [];
let table: SnapshotRecord | null = null;
let module: PyodideModule;
let calls: PythonCalls;
let python = '';

/** Python's memory, read again each time: growing it moves it. */
function memory(): Uint8Array {
  return module.HEAPU8;
}

function instantiateWalled(): PyodideModule['instantiateWasm'] {
  return (imports, done) => {
    const env = imports.env!;
    // Two functions that Pyodide takes from a tiny module of its own, because JavaScript cannot express their types.
    const helper = new WebAssembly.Instance(new WebAssembly.Module(fileBytes('helper.wasm')));
    env.Jsv_GetError_import = helper.exports.Jsv_GetError_import;
    env.JsvError_Check = helper.exports.JsvError_Check;
    blockImports(env);
    env.emscripten_get_now = Object.assign(() => sleepClock(), { sig: 'd' });
    const compiled = new WebAssembly.Module(fileBytes('pyodide.asm.wasm'));
    done(new WebAssembly.Instance(compiled, imports), compiled);
    return {};
  };
}

/** Waits until the host has filled Python's memory through `heapView`. */
function heapFilled(): Promise<void> {
  return new Promise((resume) => {
    stage = { kind: 'heap', resume };
  });
}

async function restoreMemory(snapshot: SnapshotTable): Promise<void> {
  if (module.HEAPU8.length < snapshot.heapBytes) module.growMemory(snapshot.heapBytes);
  if (memory().length !== snapshot.heapBytes)
    throw new Error(`memory has ${memory().length} bytes, not ${snapshot.heapBytes}`);
  restoreLibraries(module, snapshot.links, fileBytes('stubs.wasm'));
  // Memory above the break was never written.
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]!;
  clearBetween(memory(), snapshot.stretches, end);
  stretches = snapshot.stretches;
  await heapFilled();
}

async function bootPyodide(request: BootRequest, snapshot: SnapshotTable | null): Promise<Pyodide> {
  // The few constructors that the bridge needs; Python must not see the rest of the realm.
  const globals: Record<string, unknown> = Object.create(null);
  Object.assign(globals, {
    Object,
    Array,
    Map,
    Set,
    Promise,
    Uint8Array,
    Error,
    setTimeout: setTimer,
    clearTimeout: clearTimer,
  });
  const standardOutput = {
    write: (bytes: Uint8Array) => {
      keepOutput(decodeUtf8(bytes));
      return bytes.length;
    },
    isatty: false,
  };
  const pyodide = await loadPyodide({
    indexURL: '/pyodide',
    stdLibURL: 'python_stdlib.zip',
    lockFileContents: fileText('pyodide-lock.json'),
    packageBaseUrl: '/nowhere/',
    checkAPIVersion: true,
    jsglobals: globals,
    env: ENVIRONMENT,
    stdin: () => null,
    stdout: keepOutput,
    stderr: keepOutput,
    fsInit: async (fs: PyodideModule['FS']) => placeFiles(fs, request.fileImages),
    createPyodideModule: async (settings: PyodideModule) => {
      settings.instantiateWasm = instantiateWalled();
      module = await createPyodideModule(settings);
      if (snapshot) await restoreMemory(snapshot);
      return module;
    },
    _makeSnapshot: request.isMaking,
    _loadSnapshot: snapshot ? encodeSnapshotHead(snapshot.head) : undefined,
  });
  pyodide._api.config._loadSnapshot = undefined;
  pyodide.setStdin({ stdin: () => null });
  pyodide.setStdout(standardOutput);
  pyodide.setStderr(standardOutput);
  return pyodide;
}

/** Pyodide's snapshot begins with a head of its own (references, build id); the heap behind it is filled here. */
function encodeSnapshotHead(characters: string): Uint8Array {
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

function recordSnapshot(pyodide: Pyodide): void {
  // Pyodide refuses to store what its package loader holds; our packages did not come through it.
  for (const name of Object.keys(pyodide.loadedPackages)) delete pyodide.loadedPackages[name];
  const whole = pyodide.makeMemorySnapshot();
  const headBytes = new Uint32Array(whole.buffer, 0, 2)[1]!;
  snapshotHeap = whole.subarray(headBytes);
  stretches = stretchesOf(snapshotHeap);
  table = {
    head: String.fromCharCode(...whole.subarray(0, headBytes)),
    heapBytes: snapshotHeap.length,
    stretches,
    links: recordedLinks(module),
  };
  stage = { kind: 'made' };
}

async function run(request: BootRequest): Promise<void> {
  keyRandomness(fileBytes('seed'));
  linkLedger.isRecording = request.isMaking;
  const snapshot = hasFile('snapshot.json') ? (fileJson('snapshot.json') as SnapshotTable) : null;
  linkLedger.table = snapshot?.links ?? null;
  const pyodide = await bootPyodide(request, snapshot);
  if (isImageOpen()) leaveInImage(module.FS, '/lib/python314.zip', request.fileImages.length);

  if (!snapshot) {
    pyodide.runPython('import tabpy_tray_guest; tabpy_tray_guest.prepare()');
    pyodide.runPython(`tabpy_tray_guest.preimport(${JSON.stringify(request.preimport)})`);
  }
  if (request.isMaking) {
    pyodide.runPython('import tabpy_tray_guest; tabpy_tray_guest.settle()');
    recordSnapshot(pyodide);
    return;
  }
  forgetFiles();
  closeFiles(module.FS);
  endShell();
  pyodide.runPython('import tabpy_tray_guest; tabpy_tray_guest.begin()');
  const { entryModule, entryFunction } = request;
  const entry = pyodide.runPython(`import ${entryModule}; id(${entryModule}.${entryFunction})`) as number;
  python = pyodide.runPython('import sys; sys.version.split()[0]') as string;
  calls = createPythonCalls(module, entry);
  stopTimers();
  stage = { kind: 'ready' };
}

/**
 * All functions that the host may call. Each takes and returns only strings, numbers, booleans, and views of memory
 * that was made here.
 */
export const guest = {
  allocate: allocateFile,
  takeText,
  openImage,
  boot(request: string): void {
    run(JSON.parse(request) as BootRequest).catch((error: unknown) => {
      stage = { kind: 'failed', why: `${String(error)}\n${String((error as Error).stack)}\n${takeOutput()}` };
    });
  },
  stage: (): string => stage.kind,
  why: (): string => (stage.kind === 'failed' ? stage.why : ''),
  /** The stretch of memory to fill (restoring) or to store (making); null after the last. */
  heapView(index: number): Uint8Array | null {
    const stretch = stretches[index];
    if (!stretch) return null;
    return (snapshotHeap ?? memory()).subarray(stretch[0], stretch[0] + stretch[1]);
  },
  heapDone(): void {
    if (stage.kind !== 'heap') return;
    const { resume } = stage;
    stage = { kind: 'working' };
    resume();
  },
  snapshotTable: (): Uint8Array => encodeUtf8(JSON.stringify(table)),
  python: (): string => python,
  heapBytes: (): number => memory().length,
  takeOutput,
  reserve: (metaBytes: number, bodyBytes: number): boolean => calls.reserve(metaBytes, bodyBytes),
  view: (part: Part): Uint8Array => calls.view(part),
  run: (): boolean => calls.run(),
  release: (): void => calls.release(),
};

export type Guest = typeof guest;
