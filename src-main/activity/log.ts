// The log: one line an event, for people. Must not know what happened, only how to write it down.

export type Level = 'debug' | 'info' | 'warn' | 'error';

export interface Log {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface LogDeps {
  readonly write: (line: string) => void;
  readonly level: Level;
  readonly now?: () => Date;
}

const ORDER: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** A log that writes lines `2026-11-24 12:33:28.123 warn text`; line breaks in a text are folded into ` | `. */
export function createLog({ write, level, now = () => new Date() }: LogDeps): Log {
  const at =
    (of: Level) =>
    (text: string): void => {
      if (ORDER[of] < ORDER[level]) return;
      const time = now().toISOString().replace('T', ' ').replace('Z', '');
      // A script's text must not be able to forge a line of its own.
      write(`${time} ${of.padEnd(5)} ${text.replace(/[\r\n\u2028\u2029]+/g, ' | ')}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
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
