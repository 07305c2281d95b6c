// Parses JSON from strangers within limits: it is measured before it is parsed. Pure.
// Threat: a text of brackets becomes twenty times its size when it is parsed, and a deeply nested text ends the
// program.

import { Refusal } from './refusal.ts';

export interface JsonBounds {
  readonly characters: number;
  /** Values and keys, counted by the signs before, between and after them. */
  readonly items: number;
  /** Depth of brackets inside brackets. */
  readonly levels: number;
}

/** Limits for what people and programs send about the server itself: fields of a function, settings, calls. */
export const SMALL_JSON: JsonBounds = { characters: 1024 * 1024, items: 40_000, levels: 60 };

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Parses the text. @throws Refusal `json-too-large` before anything is parsed, or SyntaxError */
export function parseBounded(text: string, bounds: JsonBounds): unknown {
  const fault = faultOfJson(text, bounds);
  if (fault !== null) throw new Refusal('json-too-large', fault);
  return JSON.parse(text);
}

function faultOfJson(text: string, { characters, items, levels }: JsonBounds): string | null {
  if (text.length > characters) return `it has more than ${characters} characters`;
  let [count, depth] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        count += 1;
        depth += 1;
        if (depth > levels) return `it is nested deeper than ${levels} levels`;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      case COMMA:
      case COLON:
        count += 1;
        break;
      default:
    }
    if (count > items) return `it has more than ${items} items`;
  }
  return null;
}

/** The end of the string that begins at `at`; the parser refuses a string without an end. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; ; end += 1) {
    end = text.indexOf('"', end);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}
