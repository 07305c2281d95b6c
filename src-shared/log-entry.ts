// One line of the log, as the window and the file have it.

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `id` grows by one with each entry; `at`: ms since 1970. */
export interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly level: LogLevel;
  readonly text: string;
  /** Details that are folded below the text, one a line. */
  readonly detail?: readonly string[];
  /** The request that the entry is about, field by field. */
  readonly request?: LoggedRequest;
}

/** What the log has of a request: never data, never a password. Sizes in bytes. */
export interface LoggedRequest {
  readonly id: number;
  readonly address: string;
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** `TabPy-Client`, `TabPy-User`, and the signed-in user. */
  readonly client: string | null;
  readonly user: string | null;
  readonly signedInAs: string | null;
  /** The program's own words, or the class of a script's exception; the exception's text may hold data. */
  readonly failure: string | null;
  /** Line of the script or function, from 1. */
  readonly line: number | null;
}
