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
