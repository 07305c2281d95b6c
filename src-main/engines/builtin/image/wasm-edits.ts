// Edits a WebAssembly library by counted byte patterns: a library that differs from the rules' library is refused.
// Knows the format (WebAssembly core, sections 10 and 11), not what the edits are for.

import { createHash } from 'node:crypto';

import { numberBytes, readNumber } from './leb128.ts';

/** One edit of instructions. */
export interface CodeRule {
  readonly name: string;
  /** Bytes in hexadecimal. `[x>y]` finds x and writes y; the rest is context and stays. */
  readonly code: string;
  /** In how many places it must be found. */
  readonly times: number;
  /** The pattern must be the whole body of a function. */
  readonly isWhole?: true;
}

/** One edit of the library's data, at an offset from its beginning. */
export interface DataRule {
  readonly name: string;
  readonly at: number;
  /** Bytes in hexadecimal, as many before as after. */
  readonly find: string;
  readonly put: string;
}

export interface WasmRules {
  /** The library that the rules are for. */
  readonly library: string;
  /** SHA-256 of its file. */
  readonly sha256: string;
  readonly code: readonly CodeRule[];
  readonly data: readonly DataRule[];
}

const CODE_SECTION = 10;
const DATA_SECTION = 11;
/** One segment that begins at the library's memory base: flags 0, `global.get 0`, `end`. */
const ONE_SEGMENT = Buffer.from([1, 0, 0x23, 0, 0x0b]);

/** @throws Error when the file is different, or a rule does not find what it must */
export function editWasm(binary: Uint8Array, rules: WasmRules): Uint8Array {
  const sha256 = createHash('sha256').update(binary).digest('hex');
  if (sha256 !== rules.sha256)
    throw new Error(
      `${rules.library} has the SHA-256 ${sha256}, not ${rules.sha256}: look at it again before changing its rules.`,
    );
  const file = Buffer.from(binary);
  const parts: Buffer[] = [file.subarray(0, 8)];
  for (let at = 8; at < file.length;) {
    const id = file[at]!;
    const { value: size, next: start } = readNumber(file, at + 1);
    at = start + size;
    const section = editSection(id, file.subarray(start, at), rules);
    parts.push(Buffer.from([id, ...numberBytes(section.length)]), section);
  }
  return Buffer.concat(parts);
}

function editSection(id: number, section: Buffer, rules: WasmRules): Buffer {
  if (id === CODE_SECTION) return editCode(section, rules);
  return id === DATA_SECTION ? editData(section, rules) : section;
}

function editCode(section: Buffer, { library, code }: WasmRules): Buffer {
  const count = readNumber(section, 0);
  const bodies: Buffer[] = [];
  for (let at = count.next; bodies.length < count.value;) {
    const size = readNumber(section, at);
    at = size.next + size.value;
    bodies.push(section.subarray(size.next, at));
  }
  for (const rule of code) {
    const { find, put } = patternOf(rule.code);
    const places = bodies.flatMap((body, index) =>
      placesOf(find, body, rule.isWhole === true).map((at) => ({ index, at })),
    );
    if (places.length !== rule.times)
      throw new Error(`${library}: the rule "${rule.name}" found ${places.length} places, not ${rule.times}.`);
    // From the last to the first, so that an edit does not move earlier ones.
    for (const { index, at } of places.toReversed()) {
      const body = bodies[index]!;
      bodies[index] = Buffer.concat([body.subarray(0, at), put, body.subarray(at + find.length)]);
    }
  }
  return Buffer.concat([
    Buffer.from(numberBytes(count.value)),
    ...bodies.flatMap((body) => [Buffer.from(numberBytes(body.length)), body]),
  ]);
}

function placesOf(find: Buffer, body: Buffer, isWhole: boolean): number[] {
  if (isWhole) return body.equals(find) ? [0] : [];
  const places: number[] = [];
  for (let at = body.indexOf(find); at >= 0; at = body.indexOf(find, at + find.length)) places.push(at);
  return places;
}

function editData(section: Buffer, { library, data }: WasmRules): Buffer {
  if (!section.subarray(0, ONE_SEGMENT.length).equals(ONE_SEGMENT))
    throw new Error(`${library}: its data is not one segment.`);
  const { next: start } = readNumber(section, ONE_SEGMENT.length);
  const edited = Buffer.from(section);
  for (const rule of data) {
    const [find, put] = [bytesOf(rule.find), bytesOf(rule.put)];
    const at = start + rule.at;
    if (find.length !== put.length || !edited.subarray(at, at + find.length).equals(find))
      throw new Error(`${library}: the rule "${rule.name}" does not find its bytes.`);
    put.copy(edited, at);
  }
  return edited;
}

function patternOf(code: string): { find: Buffer; put: Buffer } {
  const parts = code.split(/(\[[^\]]*\])/).map((part) => {
    const edit = /^\[([^>]*)>([^\]]*)\]$/.exec(part);
    return edit ? { find: bytesOf(edit[1]!), put: bytesOf(edit[2]!) } : { find: bytesOf(part), put: bytesOf(part) };
  });
  return { find: Buffer.concat(parts.map(({ find }) => find)), put: Buffer.concat(parts.map(({ put }) => put)) };
}

function bytesOf(text: string): Buffer {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/.test(digits)) throw new Error(`"${text}" is not made of bytes in hexadecimal.`);
  return Buffer.from(digits, 'hex');
}
