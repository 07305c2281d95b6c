// Rewrites a linked library for an image with a snapshot: the same code, bound to its recorded places, without the
// parts that would write to memory that is already filled. Makes the stubs that stand in the table until a library is
// called. Knows only the file format.

import { numberBytes, readNumber, signedBytes } from './leb128.ts';

/** The place of a library, and the values of its open symbols. */
export interface LibraryPlace {
  readonly memoryBase: number;
  readonly tableBase: number;
  readonly valueOf: (symbol: string) => number;
}

export interface BoundLibrary {
  readonly code: Uint8Array;
  /** Addresses that it still imports, because they come before the only global that must stay an import. */
  readonly cells: Readonly<Record<string, number>>;
  /** Types (as bytes) of the functions that its element segment puts into the table, from `tableBase` on. */
  readonly slotTypes: readonly string[];
  /** The type of an exported function. */
  readonly typeOf: (symbol: string) => string | undefined;
}

const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  tag: 13,
};
const I32 = 0x7f;

class Reader {
  readonly bytes: Uint8Array;
  at: number;
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte(): number {
    return this.bytes[this.at++]!;
  }
  number(): number {
    const { value, next } = readNumber(this.bytes, this.at);
    this.at = next;
    return value;
  }
  skipNumber(): void {
    while (this.byte() > 127);
  }
  text(): string {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at - length, length).toString('utf8');
  }
  slice(start: number): Uint8Array {
    return this.bytes.subarray(start, this.at);
  }
}

function section(id: number, parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const body = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  return Buffer.concat([Uint8Array.from([id, ...numberBytes(body.length)]), body]);
}

interface Section {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

function sectionsOf(code: Uint8Array): Section[] {
  const reader = new Reader(code, 8);
  const sections: Section[] = [];
  while (reader.at < code.length) {
    const id = reader.byte();
    const length = reader.number();
    sections.push({ id, start: reader.at, end: reader.at + length });
    reader.at += length;
  }
  return sections;
}

/** Types as bytes; recursion groups and the like do not come from C and are refused. */
function readTypes(reader: Reader): string[] {
  const types: string[] = [];
  for (let count = reader.number(); count > 0; count--) {
    const start = reader.at;
    if (reader.byte() !== 0x60) throw new Error('a type that is no function');
    for (let list = 0; list < 2; list++) for (let left = reader.number(); left > 0; left--) reader.byte();
    types.push(Buffer.from(reader.slice(start)).toString('latin1'));
  }
  return types;
}

function skipLimits(reader: Reader): void {
  const flags = reader.byte();
  reader.number();
  if (flags & 1) reader.number();
}

const DROP = 0x1a;
const NOTHING = 0x01;

/**
 * A start function that writes to no memory: what it wrote there (zeros) is in the heap already, or was since replaced.
 * Values are dropped instead, in as many bytes. Only instructions that a linker writes into start functions are known.
 */
function withoutWrites(code: Uint8Array, start: number, end: number, onCall: (target: number) => void): Uint8Array {
  const reader = new Reader(code, start);
  const patched = code.slice(start, end);
  const drop = (from: number, values: number): void => {
    patched.fill(NOTHING, from - start, reader.at - start);
    patched.fill(DROP, from - start, from - start + values);
  };
  if (reader.number() !== 0) throw new Error('a start function with locals');
  while (reader.at < end) {
    const from = reader.at;
    const opcode = reader.byte();
    if (opcode === 0x23 || opcode === 0x24) reader.number();
    else if (opcode === 0x41 || opcode === 0x42) reader.skipNumber();
    else if (opcode === 0x10) onCall(reader.number());
    else if (opcode === 0x36 || opcode === 0x37) {
      reader.number();
      reader.number();
      drop(from, 2);
    } else if (opcode === 0xfc) {
      if (reader.number() !== 11 || reader.byte() !== 0) throw new Error('a start function that does more than fill');
      drop(from, 3);
    } else if (opcode !== 0x6a && opcode !== 0x0b) {
      throw new Error(`a start function with instruction ${opcode.toString(16)}`);
    }
  }
  return patched;
}

/** @throws Error when the library has another form than Emscripten's: then there is no snapshot with it */
export function bindLibrary(code: Uint8Array, place: LibraryPlace): BoundLibrary {
  const sections = sectionsOf(code);
  const content = contentOf(code, sections, place);
  const { types, functionTypes, exported, cells, slotFunctions } = content;
  const typeOfFunction = (index: number): string => types[functionTypes[index]!]!;
  return {
    code: boundCode(code, sections, content),
    cells,
    slotTypes: slotFunctions.map(typeOfFunction),
    typeOf: (symbol) => {
      const index = exported.get(symbol);
      return index === undefined ? undefined : typeOfFunction(index);
    },
  };
}

/** The contents of a library's sections, as far as binding needs them. */
interface LibraryContent {
  types: string[];
  /** The type of each function, imported ones first. */
  readonly functionTypes: number[];
  importedFunctions: number;
  readonly exported: Map<string, number>;
  /** -1: none. */
  startFunction: number;
  readonly slotFunctions: number[];
  /** Globals that were imported and are constants now, as bytes. */
  readonly boundGlobals: number[][];
  /** The imports that stay, as bytes. */
  readonly imports: Uint8Array[];
  readonly cells: Record<string, number>;
}

function contentOf(code: Uint8Array, sections: readonly Section[], place: LibraryPlace): LibraryContent {
  const content: LibraryContent = {
    types: [],
    functionTypes: [],
    importedFunctions: 0,
    exported: new Map(),
    startFunction: -1,
    slotFunctions: [],
    boundGlobals: [],
    imports: [],
    cells: {},
  };
  for (const { id, start } of sections) {
    const reader = new Reader(code, start);
    if (id === SECTION.type) content.types = readTypes(reader);
    if (id === SECTION.import) readImports(reader, place, content);
    if (id === SECTION.function)
      for (let count = reader.number(); count > 0; count--) content.functionTypes.push(reader.number());
    if (id === SECTION.export)
      for (let count = reader.number(); count > 0; count--) {
        const name = reader.text();
        const kind = reader.byte();
        const index = reader.number();
        if (kind === 0) content.exported.set(name, index);
      }
    if (id === SECTION.start) content.startFunction = reader.number();
    if (id === SECTION.element)
      for (let count = reader.number(); count > 0; count--) {
        if (count !== 1 || reader.byte() !== 0) throw new Error('an element segment of another kind');
        while (reader.byte() !== 0x0b) reader.number();
        for (let left = reader.number(); left > 0; left--) content.slotFunctions.push(reader.number());
      }
  }
  return content;
}

/** Addresses that are imported after the stack pointer become constants; the other imports stay. */
function readImports(reader: Reader, place: LibraryPlace, content: LibraryContent): void {
  let isPastStack = false;
  for (let count = reader.number(); count > 0; count--) {
    const from = reader.at;
    const module = reader.text();
    const name = reader.text();
    const kind = reader.byte();
    let isKept = true;
    if (kind === 0) {
      content.functionTypes.push(reader.number());
      content.importedFunctions++;
    } else if (kind === 1) {
      reader.byte();
      skipLimits(reader);
    } else if (kind === 2) skipLimits(reader);
    else if (kind === 3) {
      const type = reader.byte();
      const isMutable = reader.byte();
      if (name === '__stack_pointer') isPastStack = true;
      else if (isPastStack) {
        if (type !== I32) throw new Error(`${name} is no address`);
        content.boundGlobals.push([I32, isMutable, 0x41, ...signedBytes(addressOf(name, place)), 0x0b]);
        isKept = false;
      } else if (module !== 'env') content.cells[name] = place.valueOf(name);
    } else if (kind === 4) {
      reader.byte();
      reader.number();
    } else throw new Error(`an import of kind ${kind}`);
    if (isKept) content.imports.push(reader.slice(from));
  }
}

function addressOf(name: string, place: LibraryPlace): number {
  if (name === '__memory_base') return place.memoryBase;
  return name === '__table_base' ? place.tableBase : place.valueOf(name);
}

function boundCode(code: Uint8Array, sections: readonly Section[], content: LibraryContent): Uint8Array {
  const { boundGlobals, imports } = content;
  const globals = boundGlobals.flat();
  const parts: Uint8Array[] = [code.subarray(0, 8)];
  let hasGlobals = sections.some(({ id }) => id === SECTION.global);
  for (const { id, start, end } of sections) {
    const reader = new Reader(code, start);
    if (id === SECTION.custom) continue;
    if (!hasGlobals && id >= SECTION.export && id !== SECTION.tag) {
      hasGlobals = true;
      parts.push(section(SECTION.global, [numberBytes(boundGlobals.length), globals]));
    }
    if (id === SECTION.import) parts.push(section(id, [numberBytes(imports.length), ...imports]));
    else if (id === SECTION.global) {
      const count = reader.number();
      parts.push(section(id, [numberBytes(boundGlobals.length + count), globals, code.subarray(reader.at, end)]));
    } else if (id === SECTION.code) parts.push(section(id, cleanedBodies(code, reader, content)));
    else if (id === SECTION.data) {
      // Passive and empty: the memory has all the data, and there are as many segments as the code may name.
      const count = reader.number();
      parts.push(section(id, [numberBytes(count), ...Array.from({ length: count }, () => [1, 0])]));
    } else parts.push(section(id, [code.subarray(start, end)]));
  }
  return Buffer.concat(parts);
}

/** The functions of the code section, without the start functions that only wrote to memory. */
function cleanedBodies(code: Uint8Array, reader: Reader, content: LibraryContent): (Uint8Array | number[])[] {
  const { startFunction, importedFunctions } = content;
  const cleaned = new Set<number>(startFunction >= 0 ? [startFunction] : []);
  const count = reader.number();
  const places = Array.from({ length: count }, () => {
    const from = reader.at;
    const length = reader.number();
    const body = reader.at;
    reader.at += length;
    return { from, body, end: reader.at };
  });
  const patches = new Map<number, Uint8Array>();
  // The set grows while it is walked: functions called by a cleaned function are cleaned as well.
  for (const index of cleaned) {
    const { body, end } = places[index - importedFunctions]!;
    patches.set(
      index,
      withoutWrites(code, body, end, (target) => cleaned.add(target)),
    );
  }
  const bodies = places.map((one, index) => {
    const patch = patches.get(index + importedFunctions);
    return patch ? Buffer.concat([code.subarray(one.from, one.body), patch]) : code.subarray(one.from, one.end);
  });
  return [numberBytes(count), ...bodies];
}

/** One slot of the table that a library will fill when it is linked. */
export interface Stub {
  readonly slot: number;
  readonly library: number;
  /** A function type, as bytes. */
  readonly type: string;
}

/**
 * A binary that fills the slots with stubs: each stub has its library linked (`link` of module `l`) and then calls the
 * function in the slot. @param stubs in the order of their slots
 */
export function stubsCode(stubs: readonly Stub[]): Uint8Array {
  const types = [...new Set(stubs.map(({ type }) => type))];
  const typeIndex = new Map(types.map((type, index) => [type, index + 1]));
  const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
  const paramsOf = (type: string): number => new Reader(Buffer.from(type, 'latin1'), 1).number();
  const bodies = stubs.map(({ slot, library, type }) => {
    const body = [0, 0x41, ...signedBytes(library), 0x10, 0];
    for (let param = 0; param < paramsOf(type); param++) body.push(0x20, ...numberBytes(param));
    // return_call_indirect: no frame of the stub stays on the stack.
    body.push(0x41, ...signedBytes(slot), 0x13, ...numberBytes(typeIndex.get(type)!), 0, 0x0b);
    return Uint8Array.from([...numberBytes(body.length), ...body]);
  });
  const segments: Uint8Array[] = [];
  for (let at = 0; at < stubs.length;) {
    let to = at + 1;
    while (to < stubs.length && stubs[to]!.slot === stubs[to - 1]!.slot + 1) to++;
    const functions = Array.from({ length: to - at }, (_none, index) => numberBytes(at + index + 1)).flat();
    segments.push(
      Uint8Array.from([0, 0x41, ...signedBytes(stubs[at]!.slot), 0x0b, ...numberBytes(to - at), ...functions]),
    );
    at = to;
  }
  return Buffer.concat([
    Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    section(SECTION.type, [
      numberBytes(types.length + 1),
      [0x60, 1, I32, 0],
      ...types.map((type) => Buffer.from(type, 'latin1')),
    ]),
    section(SECTION.import, [
      [2],
      [...text('l'), ...text('k'), 0, 0],
      [...text('e'), ...text('t'), 1, 0x70, 0, ...numberBytes(0)],
    ]),
    section(SECTION.function, [
      numberBytes(stubs.length),
      ...stubs.map(({ type }) => numberBytes(typeIndex.get(type)!)),
    ]),
    section(SECTION.element, [numberBytes(segments.length), ...segments]),
    section(SECTION.code, [numberBytes(bodies.length), ...bodies]),
  ]);
}
