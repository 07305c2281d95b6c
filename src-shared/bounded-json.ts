// Reads JSON of strangers within bounds. JSON.parse has none: `{},{},…` becomes fifty times its size, `[[[[…` ends a process.

export interface JsonBounds {
  readonly characters: number;
  /** How deep objects and lists may stand in each other. */
  readonly depth: number;
  /** How many values all objects and lists together may hold. */
  readonly items: number;
}

/** For what people and programs send to a server about itself: fields of a function, settings, calls. */
export const SMALL_JSON: JsonBounds = { characters: 1024 * 1024, depth: 60, items: 20_000 };

/** The text is larger, deeper or has more values than it may. */
export class JsonTooLarge extends Error {}

/**
 * The value of a text. It is counted before it is parsed.
 * @throws JsonTooLarge, SyntaxError
 */
export function parseJson(text: string, bounds: JsonBounds = SMALL_JSON): unknown {
  const fault = faultOfSize(text, bounds);
  if (fault !== null) throw new JsonTooLarge(fault);
  return JSON.parse(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

/** Why a text is too much, as the end of a sentence that begins with "It"; null when it is not. Also of text that is no JSON. */
export function faultOfSize(text: string, { characters, depth, items }: JsonBounds): string | null {
  if (text.length > characters) return `has ${text.length} characters; ${characters} are the most`;
  let level = 0;
  let found = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(text, at);
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      level += 1;
      found += 1;
      if (level > depth) return `has lists or objects in each other, more than ${depth} deep`;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      level -= 1;
    } else if (code === COMMA) {
      found += 1;
    }
    if (found > items) return `has more than ${items} values`;
  }
  return null;
}

/** The place of the quote that ends the text which begins at a quote. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH && quote - 1 - backslashes > start) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
    at = quote + 1;
  }
}
