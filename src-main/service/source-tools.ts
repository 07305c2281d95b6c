// What the editor asks about source: what it defines, what is wrong with it, what can stand at a place, how it is laid out.
// Runs none of it. Must not know who asks.

import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { Completion, DefinedFunction, SourceProblem } from '../../src-shared/function-detail.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';

export type SourceTools = Pick<Calls, 'checkSource' | 'completeSource' | 'formatSource' | 'promoteScript'>;

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
      const found = checker.lint(source);
      // Where Python itself was asked, it has the word on what it can read.
      const broken =
        view === null
          ? found.filter(({ severity }) => severity === 'error').slice(0, 1)
          : view.problem === null
            ? []
            : [{ ...view.problem, severity: 'error' as const }];
      const doubtful = broken.length > 0 ? [] : found.filter(({ severity }) => severity === 'warning');
      return { functions: view?.functions ?? null, problems: [...broken, ...doubtful] };
    },
    async completeSource(source, offset) {
      const found = scripts.run(COMPLETE, source, offset) as Promise<readonly Completion[]>;
      return (await inTime(found, patienceMs)) ?? [];
    },
    async formatSource(source) {
      return (await ruff()).format(source);
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

/** Ten megabytes, which only who writes functions needs. */
async function loadRuff(): Promise<Ruff> {
  const { Workspace, PositionEncoding } = await import('@astral-sh/ruff-wasm-nodejs');
  const workspace = new Workspace(OPTIONS, PositionEncoding.Utf16);
  return {
    lint(source) {
      const found = workspace.check(source) as readonly {
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
      try {
        return workspace.format(source);
      } catch {
        throw new CallError('refused', 'Python cannot read the source yet. Mend what is marked, then format it.');
      }
    },
  };
}
