// Types of the WebAssembly JavaScript interface that the guest uses; otherwise only the DOM's types would declare them.

declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;

  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  const Module: new (bytes: Uint8Array) => Module;
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    constructor(limits: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
  }
  interface Global {
    readonly [Symbol.toStringTag]: string;
  }
  const Global: new (type: { value: string; mutable: boolean }, value: number) => Global;
  class Table {
    readonly length: number;
    grow(by: number): number;
    set(slot: number, callable: unknown): void;
  }
}
