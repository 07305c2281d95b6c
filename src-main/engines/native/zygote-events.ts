// What the zygote says, a line each. It runs packages' code, so each line is checked.

export type InterpreterEnd =
  | { readonly code: number; readonly signal: null }
  | { readonly code: null; readonly signal: string };

export type ZygoteEvent =
  | {
      readonly event: 'ready';
      readonly importMs: number;
      /** Modules that are there and could not be imported, with the error. */
      readonly failed: Readonly<Record<string, string>>;
      /** Folders on its path that scripts cannot read. */
      readonly outside: readonly string[];
    }
  | { readonly event: 'refused'; readonly why: string }
  | { readonly event: 'started'; readonly id: number; readonly pid: number }
  | { readonly event: 'failed'; readonly id: number; readonly why: string }
  | ({ readonly event: 'ended'; readonly id: number } & InterpreterEnd);

/** @returns null when the line is no event */
export function eventIn(line: string): ZygoteEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { event, id, pid, why, code, signal, importMs, failed, outside } = value as Record<string, unknown>;
  switch (event) {
    case 'ready':
      return { event, importMs: Number(importMs) || 0, failed: textsIn(failed), outside: listIn(outside) };
    case 'refused':
      return { event, why: String(why) };
    case 'started':
      return isNumber(id) && isNumber(pid) ? { event, id, pid } : null;
    case 'failed':
      return isNumber(id) ? { event, id, why: String(why) } : null;
    case 'ended':
      if (!isNumber(id)) return null;
      return isNumber(code)
        ? { event, id, code, signal: null }
        : { event, id, code: null, signal: typeof signal === 'string' ? signal : 'SIGKILL' };
    default:
      return null;
  }
}

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);

function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}

function listIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
