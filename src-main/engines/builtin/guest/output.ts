// Keeps what Python and Pyodide print before a request captures it, up to a limit.

const MAX_CHARACTERS = 1 << 20;

let parts: string[] = [];
let length = 0;
let dropped = 0;

/**
 * Keeps a text; text beyond the limit is only counted, because a script that prints without end must not fill the
 * memory.
 */
export function keepOutput(text: unknown): void {
  const line = String(text);
  if (length + line.length > MAX_CHARACTERS) {
    dropped += line.length;
    return;
  }
  length += line.length;
  parts.push(line);
}

/** Returns what was kept since the last call, and drops it. */
export function takeOutput(): string {
  const note = dropped > 0 ? `\n[${dropped} characters dropped]` : '';
  const text = parts.join('\n') + note;
  parts = [];
  length = 0;
  dropped = 0;
  return text;
}
