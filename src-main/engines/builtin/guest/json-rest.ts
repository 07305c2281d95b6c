// Converts the rarer parts of JSON for marshal: numbers of many digits, texts with escapes or letters beyond ASCII.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_E = 0x65;
const LETTER_U = 0x75;
const DIGIT = 1 << 15;
/** Python converts at most 4300 digits into an integer, and raises its own error beyond that. */
const MOST_DIGITS = 1000;

/** By the letter behind the backslash. */
const ESCAPES = new Map([
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/** Digits of 15 bits, the lowest first. */
export function integerDigits(value: number): number[] {
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / DIGIT)) digits.push(rest % DIGIT);
  return digits;
}

/** The same for a text of decimal digits; null for more digits than are worth converting here. */
export function bigIntegerDigits(letters: string): number[] | null {
  if (letters.length > MOST_DIGITS) return null;
  const digits: number[] = [];
  for (let rest = BigInt(letters); rest > 0n; rest >>= 15n) digits.push(Number(rest & 0x7fffn));
  return digits;
}

/** The position behind the exponent at `at`, if there is one; -1 where it has no digits. */
export function endOfExponent(json: Uint8Array, at: number): number {
  if ((json[at]! | 0x20) !== LETTER_E) return at;
  const first = json[at + 1] === 0x2d || json[at + 1] === 0x2b ? at + 2 : at + 1;
  let end = first;
  while (json[end]! >= 0x30 && json[end]! <= 0x39) end++;
  return end > first ? end : -1;
}

export function lettersOf(json: Uint8Array, start: number, end: number): string {
  let letters = '';
  for (let at = start; at < end; at++) letters += String.fromCharCode(json[at]!);
  return letters;
}

/**
 * The text that begins at `start`, as UTF-8 without escapes, and where it ends in the JSON. Null where it is not valid,
 * or has half a surrogate pair, which Python must read.
 */
export function otherText(
  json: Uint8Array,
  start: number,
  limit: number,
): { readonly text: Uint8Array; readonly after: number } | null {
  let from = start;
  while (from < limit && isPlain(json[from]!)) from++;
  if (json[from] === QUOTE && from < limit) return { text: json.subarray(start, from), after: from + 1 };
  let close = from;
  for (; close < limit && json[close] !== QUOTE; close++) if (json[close] === BACKSLASH) close++;
  if (close >= limit) return null;
  // An escape is never shorter than its letter.
  const text = new Uint8Array(close - start);
  text.set(json.subarray(start, from));
  let end = from - start;
  for (let at = from; at < close;) {
    const byte = json[at]!;
    if (byte === BACKSLASH) {
      const isPoint = json[at + 1] === LETTER_U;
      const point = isPoint ? escapedPoint(json, at) : ESCAPES.get(json[at + 1]!);
      if (point === undefined || point < 0) return null;
      at += isPoint ? (point > 0xffff ? 12 : 6) : 2;
      end = putPoint(text, end, point);
    } else if (byte < 0x20) return null;
    else {
      const length = byte < 0x80 ? 1 : sequenceLength(json, at);
      if (length === 0) return null;
      for (let place = 0; place < length; place++) text[end++] = json[at++]!;
    }
  }
  return { text: text.subarray(0, end), after: close + 1 };
}

/** The number of bytes of a UTF-8 letter; 0 where they are not valid (RFC 3629). */
function sequenceLength(json: Uint8Array, at: number): number {
  const first = json[at]!;
  const second = json[at + 1]!;
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  for (let place = 1; place < length; place++) if ((json[at + place]! & 0xc0) !== 0x80) return 0;
  return length;
}

/** The letter of `\uXXXX`, or of two of them; -1 where it is not valid. */
function escapedPoint(json: Uint8Array, at: number): number {
  const first = hexadecimal(json, at + 2);
  if (first < 0xd800 || first > 0xdfff) return first;
  if (first > 0xdbff || json[at + 6] !== BACKSLASH || json[at + 7] !== LETTER_U) return -1;
  const second = hexadecimal(json, at + 8);
  return second < 0xdc00 || second > 0xdfff ? -1 : 0x10000 + ((first - 0xd800) << 10) + second - 0xdc00;
}

function hexadecimal(json: Uint8Array, start: number): number {
  let value = 0;
  for (let at = start; at < start + 4; at++) {
    const byte = json[at]!;
    const lower = byte | 0x20;
    if (byte >= 0x30 && byte <= 0x39) value = value * 16 + byte - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x57;
    else return -1;
  }
  return value;
}

function putPoint(text: Uint8Array, start: number, point: number): number {
  let end = start;
  if (point < 0x80) text[end++] = point;
  else if (point < 0x800) text[end++] = 0xc0 | (point >> 6);
  else if (point < 0x10000) {
    text[end++] = 0xe0 | (point >> 12);
    text[end++] = 0x80 | ((point >> 6) & 63);
  } else {
    text[end++] = 0xf0 | (point >> 18);
    text[end++] = 0x80 | ((point >> 12) & 63);
    text[end++] = 0x80 | ((point >> 6) & 63);
  }
  if (point >= 0x80) text[end++] = 0x80 | (point & 63);
  return end;
}

/** Whether a letter is ASCII and needs no escape. */
export function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH;
}
