// What the editor asks about source: what it defines, what is wrong with it, what can stand at a place, how it is laid out.
// Runs none of it. Must not know who asks.

import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { Completion, DefinedFunction, SourceProblem } from '../../src-shared/function-detail.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';

export interface SourceTools extends Pick<Calls, 'checkSource' | 'completeSource' | 'formatSource' | 'promoteScript'> {
  /** What a source defines at its top level; null when Python cannot read it, or could not be asked. */
  functionsIn(source: string): Promise<readonly DefinedFunction[] | null>;
}

/** What Python says of a piece of source. `functions` null: it cannot be read, `problem` says why. */
interface PythonView {
  readonly functions: readonly DefinedFunction[] | null;
  readonly problem: Omit<SourceProblem, 'severity'> | null;
}

const DESCRIBE = `from tabpy_tray.source_tools import problem, signature
found = problem.problem_of(_arg1)
return {'problem': found, 'functions': None if found else signature.functions_of(_arg1)}`;
const COMPLETE = 'from tabpy_tray.source_tools import completion\nreturn completion.completions(_arg1, _arg2)';
const PROMOTE = `from tabpy_tray.source_tools import promote
try:
    return {'source': promote.promoted(_arg1, _arg2, _arg3)}
except promote.PromoteError as error:
    return {'why': str(error)}`;

/** While every Python is busy, an editor is not left waiting for its answer. */
export const EDITORS_PATIENCE_MS = 3_000;
/** A file that is to be deployed is worth a wait, also on a slow computer that just started. */
export const DEPLOYERS_PATIENCE_MS = 60_000;

/** @param patienceMs how long Python is waited for */
export function createSourceTools(
  runtime: Pick<Runtime, 'read'>,
  patienceMs: number = EDITORS_PATIENCE_MS,
): SourceTools {
  // What the editor holds is code of the user's own; it is parsed, and packages are imported for their names.
  const scripts = createOwnScripts((body) => runtime.read(body), 'Python could not be asked');
  let loading: Promise<Ruff> | null = null;
  const ruff = (): Promise<Ruff> => (loading ??= loadRuff());
  const viewOf = async (source: string): Promise<PythonView | null> => {
    try {
      return await inTime(scripts.run(DESCRIBE, source) as Promise<PythonView>, patienceMs);
    } catch (error) {
      if (error instanceof CallError) return null;
      throw error;
    }
  };
  return {
    async checkSource(source) {
      const [checker, view] = await Promise.all([ruff(), viewOf(source)]);
      // Python has the word on what can be read; what it cannot read is nothing for the other to choke on.
      if (view?.problem) return { functions: null, problems: [{ ...view.problem, severity: 'error' }] };
      const found = checker.lint(source);
      const errors = view === null ? found.filter(({ severity }) => severity === 'error').slice(0, 1) : [];
      const doubtful = errors.length > 0 ? [] : found.filter(({ severity }) => severity === 'warning');
      return { functions: view?.functions ?? null, problems: [...errors, ...doubtful.slice(0, MOST_PROBLEMS)] };
    },
    async functionsIn(source) {
      return (await viewOf(source))?.functions ?? null;
    },
    async completeSource(source, offset) {
      const found = scripts.run(COMPLETE, source, offset) as Promise<readonly Completion[]>;
      return (await inTime(found, patienceMs)) ?? [];
    },
    async formatSource(source) {
      const [formatter, view] = await Promise.all([ruff(), viewOf(source)]);
      if (view?.problem) throw unreadable();
      return formatter.format(source);
    },
    async promoteScript(script, name, parameters) {
      const made = (await scripts.run(PROMOTE, script, name, parameters)) as
        | { readonly source: string }
        | { readonly why: string };
      if ('why' in made) throw new CallError('refused', made.why);
      return made.source;
    },
  };
}

/** Null when it takes too long; what comes later is let go. */
async function inTime<Result>(asked: Promise<Result>, patienceMs: number): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patienceMs)));
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    asked.catch(() => undefined);
  }
}

interface Ruff {
  /** `error`: Python could not read it; `warning`: it would, and something is doubtful. */
  lint(source: string): readonly SourceProblem[];
  /** @throws CallError when there is nothing to format, because the source cannot be read */
  format(source: string): string;
}

/** Pyflakes' rules, which tell mistakes and not tastes. Imports that nobody uses are no harm in a function. */
const OPTIONS = {
  'target-version': 'py314',
  'line-length': 100,
  lint: { select: ['F'], ignore: ['F401', 'F841'] },
  builtins: ['tabpy'],
};

const MOST_PROBLEMS = 200;
/** It works in this process, which answers Tableau: 300 kB are a third of a second. */
const MOST_CHARACTERS = 300_000;
/**
 * Source that nests too deeply for it ends in a trap. Python is asked first and reads less deeply, but may not be to be had.
 * Each trap leaves some of the module's memory lost for good: 1,500 of them with a megabyte each cost 3 GB, and then it broke.
 */
const MOST_TRAPS = 20;

const unreadable = (): CallError =>
  new CallError('refused', 'Python cannot read the source yet. Mend what is marked, then format it.');

/** Ten megabytes, which only who writes functions needs. */
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
        throw new CallError('refused', 'The source is too long, or nested too deeply, to be formatted.');
      try {
        return workspace.format(source);
      } catch (error) {
        noteTrap(error);
        throw unreadable();
      }
    },
  };
}
