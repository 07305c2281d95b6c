// The log: one entry for each event, written for people. Must not know where entries go.

import { terminalText } from './terminal-text.ts';
import type { LogEntry, LoggedRequest, LogLevel } from '../../src-shared/log-entry.ts';

/** Writes one entry; `more` holds its details beside the text. */
type Say = (text: string, more?: LogMore) => void;
type LogMore = Pick<LogEntry, 'detail' | 'request'>;

export interface Log {
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
}

export interface LogDeps {
  /** Where an entry goes: terminal, file, window. Must not throw. */
  readonly takers: readonly ((entry: LogEntry) => void)[];
  /** Entries below this level are dropped; read each time, because it is a setting. */
  readonly level: () => LogLevel;
  readonly now?: () => number;
}

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

const MOST_CHARACTERS = 4_000;
/** Nearly every text matches, and needs no further check. */
const PLAIN = /^[\x20-\x7e]{0,4000}$/;
const MOST_DETAIL_LINES = 50;

/**
 * A text in the form of an entry. Scripts and callers write into the log: their line breaks would forge an entry, their
 * control characters would change the terminal that shows it, and their megabytes would fill the disk.
 */
export function shown(text: string): string {
  if (PLAIN.test(text)) return text;
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (${text.length} characters)` : text;
  return terminalText(short.replace(/[\r\n\u2028\u2029]+/g, ' | '));
}

function shownRequest(request: LoggedRequest): LoggedRequest {
  const isPlain = Object.values(request).every((value) => typeof value !== 'string' || PLAIN.test(value));
  if (isPlain) return request;
  return Object.fromEntries(
    Object.entries(request).map(([key, value]) => [key, typeof value === 'string' ? shown(value) : value]),
  ) as unknown as LoggedRequest;
}

/** A log that takes entries of its level and above. */
export function createLog({ takers, level, now = Date.now }: LogDeps): Log {
  let id = 0;
  const at =
    (of: LogLevel): Say =>
    (text, { detail, request } = {}) => {
      if (ORDER[of] < ORDER[level()]) return;
      id += 1;
      const entry = {
        id,
        at: now(),
        level: of,
        text: shown(text),
        ...(detail?.length ? { detail: detail.slice(0, MOST_DETAIL_LINES).map(shown) } : {}),
        ...(request ? { request: shownRequest(request) } : {}),
      };
      for (const take of takers) take(entry);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The largest text of an entry. */
export function lettersOf({ text, detail = [], request }: LogEntry): number {
  let letters = text.length;
  for (const line of detail) letters += line.length;
  for (const value of Object.values(request ?? {})) if (typeof value === 'string') letters += value.length;
  return letters;
}

/** An entry as a line of text: `2026-11-24 12:33:28.123 warn  text`, in UTC; details follow indented below it. */
export function lineOfEntry({ at, level, text, detail = [] }: LogEntry): string {
  const head = `${timeText(at)} ${level.padEnd(5)} ${text}\n`;
  return detail.length === 0 ? head : head + detail.map((line) => `    ${line}\n`).join('');
}

let shownSecond = Number.NaN;
let secondText = '';

/** `2026-11-24 12:33:28.123`; the text of a second is made once. */
function timeText(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== shownSecond) {
    shownSecond = second;
    secondText = new Date(second * 1000).toISOString().replace('T', ' ').replace('000Z', '');
  }
  return secondText + String(Math.floor(at - second * 1000)).padStart(3, '0');
}

/** An entry as a JSON object in one line; the fields of a request are keys of their own. */
export function jsonOfEntry({ at, level, text, detail, request }: LogEntry): string {
  const head = { time: new Date(at).toISOString(), level, message: text };
  return `${JSON.stringify({ ...head, ...request, ...(detail ? { traceback: detail } : {}) })}\n`;
}

/** After lines were written, further lines are gathered for so long. */
const GATHER_MS = 50;

/**
 * Writes lines together: at the end of the turn of the event loop, and while more come, twenty times a second. A system
 * call for each request would cost as much as the request's record. `flush` writes the waiting lines before an exit.
 */
export function inBatches(write: (text: string) => unknown): {
  readonly print: (line: string) => void;
  readonly flush: () => void;
} {
  let lines: string[] = [];
  let last = -GATHER_MS;
  const flush = (): void => {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    last = performance.now();
    write(text);
  };
  return {
    print(line) {
      if (lines.length === 0) {
        const wait = last + GATHER_MS - performance.now();
        if (wait > 0) setTimeout(flush, wait);
        else setImmediate(flush);
      }
      lines.push(line);
    },
    flush,
  };
}
