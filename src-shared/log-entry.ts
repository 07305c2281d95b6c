// One line of the log, as the window and the file have it. Knows no files.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** `id` grows by one with each entry; `at`: ms since 1970. */
export interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly level: LogLevel;
  readonly text: string;
}
