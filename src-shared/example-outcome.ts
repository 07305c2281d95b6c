// Compares the result of a run with what an example expects, the same for the window and the command line. Pure.

import type { TestRun } from './function-detail.ts';
import type { FunctionExample } from './function-examples.ts';

export type ExampleOutcome =
  | { readonly kind: 'passed'; readonly elapsedMs: number }
  /** `lines` say what differs, or how the run failed; at most a few. */
  | { readonly kind: 'failed'; readonly elapsedMs: number; readonly lines: readonly string[] };

/** Numbers that differ by less than a billionth of the larger one count as equal, and so do numbers that close to 0. */
export const TOLERANCE = 1e-9;

const MOST_LINES = 5;
const MOST_SHOWN = 60;
const MOST_LEVELS = 100;

/** Whether a run gave what the example expects. */
export function outcomeOfExample({ expected }: FunctionExample, run: TestRun): ExampleOutcome {
  const { elapsedMs } = run;
  if (run.kind === 'failed') {
    const { type, text, line } = run.error;
    return { kind: 'failed', elapsedMs, lines: [`${type}: ${text}${line === null ? '' : ` (line ${line})`}`] };
  }
  const lines = expected === null ? [] : differencesOf(expected, run.result);
  return lines.length === 0 ? { kind: 'passed', elapsedMs } : { kind: 'failed', elapsedMs, lines };
}

/** What differs between two results in Python's JSON, a line for each of the first few; empty when nothing does. */
export function differencesOf(expected: string, got: string): readonly string[] {
  const [before, after] = [valueIn(expected), valueIn(got)];
  if (before === undefined) return ['The expected result is not JSON. Save the example again.'];
  if (after === undefined) return ['The result is too long to be compared.'];
  const found: string[] = [];
  const count = collect(before, after, [], found);
  return count > found.length ? [...found, `… and ${count - found.length} more`] : found;
}

type Path = readonly string[];

/** Notes differences in `found`, of which it keeps the first; returns how many there are. */
function collect(expected: unknown, got: unknown, path: Path, found: string[]): number {
  const note = (text: string): number => {
    if (found.length < MOST_LINES) found.push([path.join(', '), text].filter(Boolean).join(': '));
    return 1;
  };
  if (path.length > MOST_LEVELS) return note('nested too deep to be compared');
  if (Array.isArray(expected) && Array.isArray(got)) {
    const length =
      expected.length === got.length ? 0 : note(`expected ${values(expected.length)}, got ${values(got.length)}`);
    const shared = Math.min(expected.length, got.length);
    let count = length;
    for (let row = 0; row < shared; row += 1)
      count += collect(expected[row], got[row], [...path, `row ${row + 1}`], found);
    return count;
  }
  if (isRecord(expected) && isRecord(got)) {
    let count = 0;
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const inner = [...path, `'${short(key)}'`];
      if (!Object.hasOwn(got, key)) count += collectMissing(inner, 'is missing', found);
      else if (!Object.hasOwn(expected, key)) count += collectMissing(inner, 'is not expected', found);
      else count += collect(expected[key], got[key], inner, found);
    }
    return count;
  }
  return areEqual(expected, got) ? 0 : note(`expected ${shown(expected)}, got ${shown(got)}`);
}

function collectMissing(path: Path, text: string, found: string[]): number {
  if (found.length < MOST_LINES) found.push(`${path.join(', ')} ${text}`);
  return 1;
}

function areEqual(expected: unknown, got: unknown): boolean {
  if (typeof expected !== 'number' || typeof got !== 'number') return Object.is(expected, got);
  const gap = Math.abs(expected - got);
  return gap <= TOLERANCE * Math.max(Math.abs(expected), Math.abs(got), 1e-3) || Object.is(expected, got);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function values(count: number): string {
  return count === 1 ? '1 value' : `${count.toLocaleString('en-US')} values`;
}

function shown(value: unknown): string {
  if (typeof value === 'string' && value.startsWith(SPECIAL)) return value.slice(SPECIAL.length);
  return short(JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? one.replace(SPECIAL, '') : one)));
}

function short(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

// Python writes NaN and Infinity, which JSON does not have. They become texts that no other value equals.
const SPECIAL = '\u0000';
const STRING_OR_SPECIAL = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function valueIn(json: string): unknown {
  try {
    return JSON.parse(
      json.replace(STRING_OR_SPECIAL, (found) => (found.startsWith('"') ? found : `"\\u0000${found}"`)),
    ) as unknown;
  } catch {
    return undefined;
  }
}
