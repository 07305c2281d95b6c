// Writes values as Python's marshal reads them (version 4: repeated texts are the same object). Must not know JSON.

const MARK = { float: 0x67, integer: 0x69, longInteger: 0x6c, ascii: 0x7a, unicode: 0x75, list: 0x5b, dict: 0x7b };
const DICT_END = 0x30;
const CONSTANT = { true: 0x54, false: 0x46, null: 0x4e };
/** An object that may come again, and one that does. */
const KEPT = 0x80;
const AGAIN = 0x72;

/** Of so many bytes a text may be kept, in at least and at most so many places. */
const BYTES_A_PLACE = 64;
const LEAST_PLACES = 256;
const MOST_PLACES = 1 << 14;
/** The largest size of a short text, in bytes. */
export const MOST_SHORT_BYTES = 48;
/** No other value has more, but for those that say so. */
const MOST_BYTES = 64;

export class RecordWriter {
  #out: Uint8Array;
  #view: DataView;
  #end = 0;
  readonly #source: Uint8Array;
  readonly #letters: DataView;
  /** For each short text, where it began in the source, its length, and the number of its object. */
  readonly #seen: Int32Array;
  readonly #places: number;
  #kept = 0;

  /** @param source the bytes of which short texts are parts; `letters` is a view of the same bytes */
  constructor(source: Uint8Array, letters: DataView) {
    this.#source = source;
    this.#letters = letters;
    this.#out = new Uint8Array(source.length + MOST_BYTES);
    this.#view = new DataView(this.#out.buffer);
    let places = LEAST_PLACES;
    while (places < MOST_PLACES && places * BYTES_A_PLACE < source.length) places *= 2;
    this.#places = places;
    this.#seen = new Int32Array(3 * places);
  }

  written(): Uint8Array {
    return this.#out.subarray(0, this.#end);
  }

  constant(name: keyof typeof CONSTANT): void {
    this.#put(CONSTANT[name]);
  }

  /** Must be followed by keys and values in turns, and `endDict`. */
  beginDict(): void {
    this.#put(MARK.dict);
  }

  endDict(): void {
    this.#put(DICT_END);
  }

  /** Must be followed by its values; `endList` takes the returned value. */
  beginList(): number {
    this.#put(MARK.list);
    this.#end += 4;
    return this.#end - 4;
  }

  endList(place: number, count: number): void {
    this.#view.setUint32(place, count, true);
  }

  float(value: number): void {
    if (this.#out.length - this.#end < MOST_BYTES) this.#grow(0);
    this.#out[this.#end] = MARK.float;
    this.#view.setFloat64(this.#end + 1, value, true);
    this.#end += 9;
  }

  /** A number of 32 bits. */
  integer(value: number): void {
    if (this.#out.length - this.#end < MOST_BYTES) this.#grow(0);
    this.#out[this.#end] = MARK.integer;
    this.#view.setInt32(this.#end + 1, value, true);
    this.#end += 5;
  }

  /** @param digits of 15 bits, the lowest first */
  longInteger(digits: readonly number[], isNegative: boolean): void {
    this.#grow(2 * digits.length);
    this.#out[this.#end] = MARK.longInteger;
    this.#view.setInt32(this.#end + 1, isNegative ? -digits.length : digits.length, true);
    this.#end += 5;
    for (const digit of digits) {
      this.#view.setUint16(this.#end, digit, true);
      this.#end += 2;
    }
  }

  /** @param text valid UTF-8 */
  text(text: Uint8Array): void {
    this.#grow(text.length);
    this.#out[this.#end] = MARK.unicode;
    this.#view.setUint32(this.#end + 1, text.length, true);
    this.#out.set(text, this.#end + 5);
    this.#end += 5 + text.length;
  }

  /** A part of the source, ASCII and short. @param hash of its bytes */
  shortText(start: number, length: number, hash: number): void {
    if (this.#out.length - this.#end < MOST_BYTES) this.#grow(0);
    const seen = this.#seen;
    const slot = 3 * ((Math.imul(hash ^ length, 0x85ebca6b) >>> 8) & (this.#places - 1));
    const out = this.#out;
    let end = this.#end;
    const before = seen[slot]!;
    if (before > 0 && seen[slot + 1] === length && isSame(this.#letters, before, start, length)) {
      out[end] = AGAIN;
      this.#view.setInt32(end + 1, seen[slot + 2]!, true);
      this.#end = end + 5;
      return;
    }
    seen[slot] = start;
    seen[slot + 1] = length;
    seen[slot + 2] = this.#kept++;
    out[end++] = MARK.ascii | KEPT;
    out[end++] = length;
    const source = this.#source;
    for (let place = start; place < start + length; place++) out[end++] = source[place]!;
    this.#end = end;
  }

  #put(mark: number): void {
    if (this.#out.length - this.#end < MOST_BYTES) this.#grow(0);
    this.#out[this.#end++] = mark;
  }

  /** Makes space for one value and so many more bytes. */
  #grow(bytes: number): void {
    if (this.#out.length - this.#end >= MOST_BYTES + bytes) return;
    const out = new Uint8Array(Math.ceil(this.#out.length * 1.5) + MOST_BYTES + bytes);
    out.set(this.#out.subarray(0, this.#end));
    this.#out = out;
    this.#view = new DataView(out.buffer);
  }
}

function isSame(letters: DataView, one: number, other: number, length: number): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4)
    if (letters.getInt32(one + at, true) !== letters.getInt32(other + at, true)) return false;
  for (; at < length; at++) if (letters.getUint8(one + at) !== letters.getUint8(other + at)) return false;
  return true;
}
