// Types of the parts of Pyodide and Emscripten that the guest uses. Must hold no code: the build drops this file.

export type WasmCallable = (...values: unknown[]) => unknown;

export interface SharedLibrary {
  readonly exports?: Record<string, unknown>;
}

export interface FileNode {
  contents: unknown;
  usedBytes: number;
  mode: number;
  readonly name: string;
  /** The root is its own parent. */
  readonly parent: FileNode;
  node_ops: {
    mknod(folder: FileNode, name: string, mode: number, device: number): FileNode;
    setattr: (node: FileNode, change: NodeChange) => void;
  };
  stream_ops: {
    [name: string]: unknown;
    write: (
      file: OpenFile,
      buffer: Uint8Array,
      offset: number,
      length: number,
      position: number,
      canOwn?: boolean,
    ) => number;
  };
}

export interface OpenFile {
  readonly node: FileNode;
}

/** The fields that chmod and truncate change. */
export interface NodeChange {
  readonly mode?: number;
  readonly size?: number;
}

export interface GuestFileSystem {
  FSNode: { readonly prototype: object };
  ErrnoError: new (errno: number) => Error;
  lookupPath(path: string): { readonly node: FileNode };
  createNode(folder: FileNode, name: string, mode: number, device: number): FileNode;
  mkdirTree(path: string): void;
  writeFile(path: string, data: Uint8Array | string, options?: { canOwn?: boolean }): void;
  unlink(path: string): void;
}

/** Emscripten's module object, before (settings) and after its creation. */
export interface PyodideModule {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  FS: GuestFileSystem;
  wasmTable: WebAssembly.Table;
  freeTableIndexes: number[];
  LDSO: { loadedLibsByName: Record<string, SharedLibrary>; loadedLibsByHandle: Record<number, SharedLibrary> };
  /** Addresses by symbol. */
  GOT: Record<string, { readonly value: number }>;
  getFunctionAddress(callable: unknown): number;
  relocateExports(exports: Record<string, unknown>, memoryBase: number): Record<string, unknown>;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => object;
  growMemory(bytes: number): number | undefined;
  _emscripten_get_sbrk_ptr(): number;
  _Py_IncRef(object: number): void;
  _Py_DecRef(object: number): void;
  _PyBytes_FromStringAndSize(text: number, size: number): number;
  _PyBytes_AsString(bytes: number): number;
  _PyBytes_Size(bytes: number): number;
  _PyErr_Clear(): void;
  _PyErr_Occurred(): number;
  _PyTuple_New(size: number): number;
  _PyTuple_SetItem(tuple: number, index: number, item: number): number;
  _PyTuple_GetItem(tuple: number, index: number): number;
  _PyTuple_Size(tuple: number): number;
  _PyObject_Call(callable: number, values: number, named: number): number;
}

export interface Pyodide {
  runPython(source: string): unknown;
  setStdin(options: object): void;
  setStdout(options: object): void;
  setStderr(options: object): void;
  makeMemorySnapshot(): Uint8Array;
  readonly loadedPackages: Record<string, unknown>;
  readonly version: string;
  readonly _api: { config: Record<string, unknown> };
}

export type CreateModule = (settings: PyodideModule) => Promise<PyodideModule>;
export type LoadPyodide = (options: Record<string, unknown>) => Promise<Pyodide>;
