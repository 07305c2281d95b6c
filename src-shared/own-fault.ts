// The log entry for an error of this program's own.

export interface OwnFault {
  readonly text: string;
  /** Where in the program, for the folded part of an entry. */
  readonly detail: readonly string[];
}

export function ownFault(error: unknown): OwnFault {
  if (!(error instanceof Error)) return { text: String(error), detail: [] };
  const detail = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  // JSON.parse quotes what it could not read, which may be a caller's data.
  const text = error instanceof SyntaxError ? error.name : `${error.name}: ${error.message}`;
  return { text, detail: detail.map((line) => line.trim()) };
}
