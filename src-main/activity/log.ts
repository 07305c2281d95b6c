// The log: one entry an event, for people. Must not know what happened, nor where entries go.

import type { LogEntry, LogLevel } from '../../src-shared/log-entry.ts';

export interface Log {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface LogDeps {
  /** Where an entry goes: terminal, file, window. Must not throw. */
  readonly takers: readonly ((entry: LogEntry) => void)[];
  /** Entries below it are dropped. */
  readonly level: LogLevel;
  readonly now?: () => number;
}

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

const MOST_CHARACTERS = 4_000;

/**
 * A text as an entry holds it. Scripts and callers write into the log: their line breaks would forge an entry, their control
 * characters would steer the terminal that shows it, and their megabytes would fill the disk.
 */
function shown(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (${text.length} characters)` : text;
  return short
    .replace(/[\r\n\u2028\u2029]+/g, ' | ')
    .replace(/(?!\t)[\p{Cc}\p{Bidi_Control}]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A log that takes entries of its level and above. */
export function createLog({ takers, level, now = Date.now }: LogDeps): Log {
  let id = 0;
  const at =
    (of: LogLevel) =>
    (text: string): void => {
      if (ORDER[of] < ORDER[level]) return;
      id += 1;
      const entry = { id, at: now(), level: of, text: shown(text) };
      for (const take of takers) take(entry);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** An entry as a line of text: `2026-11-24 12:33:28.123 warn  text`, in UTC. */
export function lineOfEntry({ at, level, text }: LogEntry): string {
  const time = new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  return `${time} ${level.padEnd(5)} ${text}\n`;
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
