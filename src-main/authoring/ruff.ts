// Ruff, Python's linter and formatter, in WebAssembly: finds problems in source and formats it.

import type { SourceProblem } from '../../src-shared/function-detail.ts';
import { Refusal } from '../../src-shared/refusal.ts';

export interface Ruff {
  /** `error`: Python could not read it; `warning`: it could, but something is doubtful. */
  lint(source: string): readonly SourceProblem[];
  /** @throws Refusal when there is nothing to format, because the source cannot be read */
  format(source: string): string;
}

/** Pyflakes' rules, which find mistakes, not matters of taste. Unused imports are harmless in a function. */
const OPTIONS = {
  'target-version': 'py314',
  'line-length': 100,
  lint: { select: ['F'], ignore: ['F401', 'F841'] },
  builtins: ['tabpy'],
};

/** Ruff works in this process, which also answers Tableau: 300 kB take a third of a second. */
const MOST_CHARACTERS = 300_000;
/**
 * Source that nests too deeply for Ruff ends in a trap. Python checks first and has a lower limit, but may not be
 * available. Each trap leaks some of the module's memory: 1,500 traps with a megabyte each cost 3 GB, and then the
 * module broke.
 */
const MOST_TRAPS = 20;

export const unreadable = (): Refusal =>
  new Refusal('refused', 'Python cannot read the source. Correct the marked lines, then format again.');

/**
 * Loaded at first use: ten megabytes, which only authors of functions need. One module for the whole program, because
 * its traps are counted together.
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
