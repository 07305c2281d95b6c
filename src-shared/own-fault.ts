// What the log says of an error of this program's own. Must not know the log.

export interface OwnFault {
  readonly text: string;
  /** Where in the program, for the folded part of an entry. */
  readonly detail: readonly string[];
}

export function ownFault(error: unknown): OwnFault {
  if (!(error instanceof Error)) return { text: String(error), detail: [] };
  const detail = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  // JSON.parse quotes what it could not read, which is what somebody sent.
  const text = error instanceof SyntaxError ? error.name : `${error.name}: ${error.message}`;
  return { text, detail: detail.map((line) => line.trim()) };
}
