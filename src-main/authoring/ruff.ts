// Ruff, the linter and formatter of Python, in WebAssembly: what is doubtful in a source, and its layout. Must not know who asks.

import type { SourceProblem } from '../../src-shared/function-detail.ts';
import { Refusal } from '../../src-shared/refusal.ts';

export interface Ruff {
  /** `error`: Python could not read it; `warning`: it would, and something is doubtful. */
  lint(source: string): readonly SourceProblem[];
  /** @throws Refusal when there is nothing to format, because the source cannot be read */
  format(source: string): string;
}

/** Pyflakes' rules, which tell mistakes and not tastes. Imports that nobody uses are no harm in a function. */
const OPTIONS = {
  'target-version': 'py314',
  'line-length': 100,
  lint: { select: ['F'], ignore: ['F401', 'F841'] },
  builtins: ['tabpy'],
};

/** It works in this process, which answers Tableau: 300 kB are a third of a second. */
const MOST_CHARACTERS = 300_000;
/**
 * Source that nests too deeply for it ends in a trap. Python is asked first and reads less deeply, but may not be to be had.
 * Each trap leaves some of the module's memory lost for good: 1,500 of them with a megabyte each cost 3 GB, and then it broke.
 */
const MOST_TRAPS = 20;

export const unreadable = (): Refusal =>
  new Refusal('refused', 'Python cannot read the source. Correct the marked lines, then format again.');

/**
 * Loaded when it is first asked for: ten megabytes, which only who writes functions needs. One for the whole program: its
 * traps count together.
 */
export function createRuff(): () => Promise<Ruff> {
  let loading: Promise<Ruff> | null = null;
  return () => (loading ??= loadRuff());
}

async function loadRuff(): Promise<Ruff> {
  const { Workspace, PositionEncoding } = await import('@astral-sh/ruff-wasm-nodejs');
  const workspace = new Workspace(OPTIONS, PositionEncoding.Utf16);
  let traps = 0;
  const canTake = (source: string): boolean => source.length <= MOST_CHARACTERS && traps < MOST_TRAPS;
  const noteTrap = (error: unknown): void => {
    if (['RangeError', 'RuntimeError'].includes((error as Error).name)) traps += 1;
  };
  const check = (source: string): unknown => {
    try {
      return canTake(source) ? workspace.check(source) : [];
    } catch (error) {
      noteTrap(error);
      return [];
    }
  };
  return {
    lint(source) {
      const found = check(source) as readonly {
        readonly code: string | null;
        readonly message: string;
        readonly start_location: { readonly row: number; readonly column: number };
        readonly end_location: { readonly row: number; readonly column: number };
      }[];
      return found.map(({ code, message, start_location: start, end_location: end }) => ({
        severity: code === 'invalid-syntax' || code === null ? 'error' : 'warning',
        text: message,
        line: start.row,
        column: start.column,
        endLine: end.row,
        endColumn: end.column,
      }));
    },
    format(source) {
      if (!canTake(source))
        throw new Refusal('refused', 'The source cannot be formatted, because it is too long or nested too deeply.');
      try {
        return workspace.format(source);
      } catch (error) {
        noteTrap(error);
        throw unreadable();
      }
    },
  };
}
