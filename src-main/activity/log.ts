// The log: one entry an event, for people. Must not know what happened, nor where entries go.

import { terminalText } from './terminal-text.ts';
import type { LogEntry, LoggedRequest, LogLevel } from '../../src-shared/log-entry.ts';

/** Writes one entry; `more` is what belongs to it beside its text. */
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
  /** Entries below it are dropped; asked each time, because it is a setting. */
  readonly level: () => LogLevel;
  readonly now?: () => number;
}

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

const MOST_CHARACTERS = 4_000;
const MOST_DETAIL_LINES = 50;

/**
 * A text as an entry holds it. Scripts and callers write into the log: their line breaks would forge an entry, their control
 * characters would steer the terminal that shows it, and their megabytes would fill the disk.
 */
export function shown(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (${text.length} characters)` : text;
  return terminalText(short.replace(/[\r\n\u2028\u2029]+/g, ' | '));
}

function shownRequest(request: LoggedRequest): LoggedRequest {
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

/** An entry as a line of text: `2026-11-24 12:33:28.123 warn  text`, in UTC; what is folded stands indented below it. */
export function lineOfEntry({ at, level, text, detail = [] }: LogEntry): string {
  const time = new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  return [`${time} ${level.padEnd(5)} ${text}`, ...detail.map((line) => `    ${line}`), ''].join('\n');
}

/** An entry as a JSON object in one line; what is known of a request has keys of its own. */
export function jsonOfEntry({ at, level, text, detail, request }: LogEntry): string {
  const head = { time: new Date(at).toISOString(), level, message: text };
  return `${JSON.stringify({ ...head, ...request, ...(detail ? { traceback: detail } : {}) })}\n`;
}

/** Writes lines together, once a turn of the event loop: a system call a request costs as much as the request's record. */
export function inBatches(write: (text: string) => unknown): (line: string) => void {
  let lines: string[] = [];
  const flush = (): void => {
    const text = lines.join('');
    lines = [];
    write(text);
  };
  return (line) => {
    if (lines.length === 0) setImmediate(flush);
    lines.push(line);
  };
}
