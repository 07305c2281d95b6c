// What Python and Pyodide print before anyone captures it, kept in the guest up to a limit. Must not know where it is shown.

const MAX_CHARACTERS = 1 << 20;

let parts: string[] = [];
let length = 0;
let dropped = 0;

/** Keeps a text; what is beyond the limit is only counted (a script that prints without end must not fill the memory). */
export function keepOutput(text: unknown): void {
  const line = String(text);
  if (length + line.length > MAX_CHARACTERS) {
    dropped += line.length;
    return;
  }
  length += line.length;
  parts.push(line);
}

/** Hands out what was kept since the last call, and forgets it. */
export function takeOutput(): string {
  const note = dropped > 0 ? `\n[${dropped} characters dropped]` : '';
  const text = parts.join('\n') + note;
  parts = [];
  length = 0;
  dropped = 0;
  return text;
}
