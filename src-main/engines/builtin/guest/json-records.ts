// Converts a large JSON request into what Python's marshal loads: together they take two thirds of the time of Python's
// own reader, and repeated texts become one object.

import { bigIntegerDigits, endOfExponent, integerDigits, isPlain, lettersOf, otherText } from './json-rest.ts';
import { MOST_SHORT_BYTES, RecordWriter } from './record-writer.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Deeper requests are left to Python, which knows TabPy's limit. */
const MOST_DEPTH = 60;
const EXACT = 2 ** 53;
/** Each power is exact as a float, so that a quotient is rounded only once. */
const POWERS = Array.from({ length: 23 }, (_none, power) => Number(`1e${power}`));
/**
 * Numbers with more digits than a float holds take longer here than in Python: with a quarter of such numbers, Python
 * reads.
 */
const FEW_LONG = 64;
const LONG_SHARE = 4;
const MOST_LETTERS = 1000;
/** Such numbers fit into 31 bits. */
const MOST_SHORT_DIGITS = 9;

/**
 * @param json a whole request
 * @returns the same value in marshal's format; null for JSON that is not an object, or that Python reads differently
 */
export function jsonRecords(json: Uint8Array): Uint8Array | null {
  let limit = json.length;
  while (limit > 0 && isSpace(json[limit - 1]!)) limit--;
  // So no number reaches the end.
  if (json[limit - 1] !== OBJECT_END) return null;
  return new Reader(json, limit).read();
}

class Reader {
  readonly #json: Uint8Array;
  readonly #letters: DataView;
  readonly #limit: number;
  readonly #writer: RecordWriter;
  #at = 0;
  #numberCount = 0;
  #longCount = 0;

  constructor(json: Uint8Array, limit: number) {
    this.#json = json;
    this.#letters = new DataView(json.buffer, json.byteOffset, json.byteLength);
    this.#limit = limit;
    this.#writer = new RecordWriter(json, this.#letters);
  }

  read(): Uint8Array | null {
    return this.#next() === OBJECT && this.#object(0) && this.#at === this.#limit ? this.#writer.written() : null;
  }

  /** The next byte that is not a space; -1 at the end. */
  #next(): number {
    const json = this.#json;
    const limit = this.#limit;
    let at = this.#at;
    while (at < limit && isSpace(json[at]!)) at++;
    this.#at = at;
    return at < limit ? json[at]! : -1;
  }

  #object(depth: number): boolean {
    this.#writer.beginDict();
    this.#at++;
    let byte = this.#next();
    if (byte !== OBJECT_END)
      for (;;) {
        if (byte !== QUOTE || !this.#text() || this.#next() !== COLON) return false;
        this.#at++;
        if (!this.#value(this.#next(), depth)) return false;
        byte = this.#next();
        if (byte === OBJECT_END) break;
        if (byte !== COMMA) return false;
        this.#at++;
        byte = this.#next();
      }
    this.#at++;
    this.#writer.endDict();
    return true;
  }

  #list(depth: number): boolean {
    const place = this.#writer.beginList();
    let count = 0;
    this.#at++;
    let byte = this.#next();
    if (byte !== LIST_END)
      for (;;) {
        if (byte <= NINE) {
          count += byte === QUOTE ? this.#texts() : this.#numbers();
          byte = this.#next();
        }
        if (!this.#value(byte, depth)) return false;
        count++;
        byte = this.#next();
        if (byte === LIST_END) break;
        if (byte !== COMMA) return false;
        this.#at++;
        byte = this.#next();
      }
    this.#at++;
    this.#writer.endList(place, count);
    return true;
  }

  #value(byte: number, depth: number): boolean {
    if (byte === QUOTE) return this.#text();
    if (byte === MINUS || isDigit(byte)) return this.#number();
    if (byte === LIST) return depth < MOST_DEPTH && this.#list(depth + 1);
    if (byte === OBJECT) return depth < MOST_DEPTH && this.#object(depth + 1);
    if (byte === 0x6e) return this.#word('null');
    return byte === 0x74 ? this.#word('true') : byte === 0x66 && this.#word('false');
  }

  #word(word: 'null' | 'true' | 'false'): boolean {
    for (let place = 0; place < word.length; place++)
      if (this.#json[this.#at + place] !== word.charCodeAt(place)) return false;
    this.#at += word.length;
    this.#writer.constant(word);
    return true;
  }

  #number(): boolean {
    const json = this.#json;
    const start = this.#at;
    const isNegative = json[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    let at = first;
    let digits = 0;
    for (let byte = json[at]!; isDigit(byte); byte = json[++at]!) digits = digits * 10 + byte - ZERO;
    if (at === first || (json[first] === ZERO && at > first + 1)) return false;
    const hasPoint = json[at] === POINT;
    const hasExponent = !hasPoint && isLetterE(json[at]!);
    if (!hasPoint && !hasExponent) {
      this.#at = at;
      return this.#integer(digits, first, isNegative);
    }
    let decimals = 0;
    if (hasPoint) {
      const point = at++;
      for (let byte = json[at]!; isDigit(byte); byte = json[++at]!) digits = digits * 10 + byte - ZERO;
      decimals = at - point - 1;
      if (decimals === 0) return false;
    }
    this.#numberCount++;
    if (digits < EXACT && decimals < POWERS.length && !isLetterE(json[at]!)) {
      const size = digits / POWERS[decimals]!;
      this.#at = at;
      this.#writer.float(isNegative ? -size : size);
      return true;
    }
    const end = endOfExponent(json, at);
    this.#longCount++;
    if (end < 0 || end - start > MOST_LETTERS || this.#areTooManyLong()) return false;
    this.#at = end;
    this.#writer.float(Number(lettersOf(json, start, end)));
    return true;
  }

  #areTooManyLong(): boolean {
    return this.#longCount > FEW_LONG && this.#longCount * LONG_SHARE > this.#numberCount;
  }

  #integer(value: number, first: number, isNegative: boolean): boolean {
    if (this.#at - first <= MOST_SHORT_DIGITS) {
      this.#writer.integer(isNegative ? -value : value);
      return true;
    }
    const digits = value < EXACT ? integerDigits(value) : bigIntegerDigits(lettersOf(this.#json, first, this.#at));
    if (digits !== null) this.#writer.longInteger(digits, isNegative);
    return digits !== null;
  }

  /** Reads consecutive numbers of up to nine digits with their commas; returns how many. */
  #numbers(): number {
    const json = this.#json;
    const writer = this.#writer;
    let at = this.#at;
    for (let count = 0; ; count++) {
      let place = at;
      let byte = json[place]!;
      const isNegative = byte === MINUS;
      if (isNegative) byte = json[++place]!;
      const first = place;
      let digits = 0;
      for (; isDigit(byte); byte = json[++place]!) digits = (Math.imul(digits, 10) + byte - ZERO) | 0;
      const isInteger = byte !== POINT;
      let length = place - first;
      let decimals = 0;
      const isOdd = length === 0 || (length > 1 && json[first] === ZERO);
      if (!isInteger) {
        const point = place;
        for (byte = json[++place]!; isDigit(byte); byte = json[++place]!)
          digits = (Math.imul(digits, 10) + byte - ZERO) | 0;
        decimals = place - point - 1;
        length += decimals;
      }
      if (isOdd || byte !== COMMA || length > MOST_SHORT_DIGITS || (decimals === 0 && !isInteger)) {
        this.#at = at;
        this.#numberCount += count;
        return count;
      }
      if (isInteger) writer.integer(isNegative ? -digits : digits);
      else {
        const size = digits / POWERS[decimals]!;
        writer.float(isNegative ? -size : size);
      }
      at = json[place + 1] === SPACE ? place + 2 : place + 1;
    }
  }

  #text(): boolean {
    if (this.#shortText(false)) return true;
    const start = this.#at + 1;
    const found = otherText(this.#json, start, this.#limit);
    if (found === null) return false;
    this.#at = found.after;
    this.#writer.text(found.text);
    return true;
  }

  /** Reads consecutive short texts with their commas; returns how many. */
  #texts(): number {
    let count = 0;
    while (this.#json[this.#at] === QUOTE && this.#shortText(true)) {
      count++;
      this.#at += this.#json[this.#at + 1] === SPACE ? 2 : 1;
    }
    return count;
  }

  /** Reads a short text without escapes; false, with nothing read, for any other text, or without a comma behind it. */
  #shortText(isBeforeComma: boolean): boolean {
    const json = this.#json;
    const letters = this.#letters;
    const start = this.#at + 1;
    const last = Math.min(this.#limit - 4, start + MOST_SHORT_BYTES);
    let place = start;
    let hash = 0;
    for (; place < last; place += 4) {
      const four = letters.getInt32(place, true);
      if (hasOther(four)) break;
      hash = Math.imul(hash ^ four, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let byte = json[place]!;
    for (; isPlain(byte) && place <= start + MOST_SHORT_BYTES; byte = json[++place]!)
      hash = Math.imul(hash ^ byte, 0x01000193);
    const length = place - start;
    if (byte !== QUOTE || length > MOST_SHORT_BYTES || (isBeforeComma && json[place + 1] !== COMMA)) return false;
    this.#writer.shortText(start, length, hash);
    this.#at = place + 1;
    return true;
  }
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isLetterE(byte: number): boolean {
  return (byte | 0x20) === 0x65;
}

/** Whether any of four letters is not plain. */
function hasOther(four: number): boolean {
  const quotes = four ^ 0x22222222;
  const slashes = four ^ 0x5c5c5c5c;
  const zeros = ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes);
  return ((zeros | (four - 0x20202020) | four) & 0x80808080) !== 0;
}
