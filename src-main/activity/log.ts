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

/** Line breaks in a text are folded into ` | `: a script's text must not be able to forge an entry of its own. */
export function createLog({ takers, level, now = Date.now }: LogDeps): Log {
  let id = 0;
  const at =
    (of: LogLevel) =>
    (text: string): void => {
      if (ORDER[of] < ORDER[level]) return;
      id += 1;
      const entry = { id, at: now(), level: of, text: text.replace(/[\r\n\u2028\u2029]+/g, ' | ') };
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
