// Reader of Python values as text, such as `str(dict)` writes: TabPy's client sends schemas so. Pure; runs nothing.

import type { Json } from '../../src-shared/function.ts';

/** The value, or null when the text is not one: `{'a': [1.5, None, True]}`. Tuples become lists. */
export function pythonLiteral(text: string): Json {
  const reader = { text, at: 0 };
  try {
    const value = valueAt(reader, 0);
    skipSpace(reader);
    return reader.at === text.length ? value : null;
  } catch (error) {
    if (error instanceof NoLiteral) return null;
    throw error;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

class NoLiteral extends Error {}

const MOST_DEPTH = 64;
const WORDS: Readonly<Record<string, Json>> = { None: null, True: true, False: false };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
/** Escapes that name a character by its code: `\x1b`, `\u200b`, `\U0001f600`. */
const CODE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const LAST_CODE = 0x10_ffff;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy;
const WORD = /[A-Za-z]+/y;

function valueAt(reader: Reader, depth: number): Json {
  // The text comes from a deployed function and must not be able to exhaust the stack.
  if (depth > MOST_DEPTH) throw new NoLiteral();
  skipSpace(reader);
  const character = reader.text[reader.at];
  switch (character) {
    case '{':
      return dictAt(reader, depth);
    case '[':
      return listAt(reader, ']', depth);
    case '(':
      return listAt(reader, ')', depth);
    case "'":
    case '"':
      return textAt(reader, character);
    default:
      return plainAt(reader);
  }
}

function dictAt(reader: Reader, depth: number): Json {
  const entries: [string, Json][] = [];
  reader.at += 1;
  while (!ends(reader, '}')) {
    const key = valueAt(reader, depth + 1);
    expect(reader, ':');
    entries.push([typeof key === 'string' ? key : JSON.stringify(key), valueAt(reader, depth + 1)]);
    skipComma(reader, '}');
  }
  return Object.fromEntries(entries);
}

function listAt(reader: Reader, end: string, depth: number): Json {
  const items: Json[] = [];
  reader.at += 1;
  while (!ends(reader, end)) {
    items.push(valueAt(reader, depth + 1));
    skipComma(reader, end);
  }
  return items;
}

function textAt(reader: Reader, quote: string): string {
  let text = '';
  for (reader.at += 1; reader.text[reader.at] !== quote; reader.at += 1) {
    const character = reader.text[reader.at];
    if (character === undefined) throw new NoLiteral();
    if (character === '\\') {
      reader.at += 1;
      const escaped = reader.text[reader.at] ?? '';
      const digits = CODE_DIGITS[escaped];
      text += digits === undefined ? (ESCAPES[escaped] ?? escaped) : codeAt(reader, digits);
    } else text += character;
  }
  reader.at += 1;
  return text;
}

/** The character whose code follows the reader; it is left on the last digit. */
function codeAt(reader: Reader, digits: number): string {
  const code = reader.text.slice(reader.at + 1, reader.at + 1 + digits);
  const number = code.length === digits && /^[\da-f]+$/i.test(code) ? Number.parseInt(code, 16) : Number.NaN;
  // Also what is not a number.
  if (!(number <= LAST_CODE)) throw new NoLiteral();
  reader.at += digits;
  return String.fromCodePoint(number);
}

function plainAt(reader: Reader): Json {
  const word = matchAt(reader, WORD);
  if (word !== null && Object.hasOwn(WORDS, word)) return WORDS[word] ?? null;
  const number = word === null ? matchAt(reader, NUMBER) : null;
  if (number === null) throw new NoLiteral();
  return Number(number);
}

function matchAt(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null) return null;
  reader.at = pattern.lastIndex;
  return found[0];
}

/** Whether the closing bracket comes next; moves past it. */
function ends(reader: Reader, end: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== end) return false;
  reader.at += 1;
  return true;
}

function skipComma(reader: Reader, end: string): void {
  skipSpace(reader);
  if (reader.text[reader.at] !== end) expect(reader, ',');
}

function expect(reader: Reader, character: string): void {
  skipSpace(reader);
  if (reader.text[reader.at] !== character) throw new NoLiteral();
  reader.at += 1;
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}
