// Answers the editor's questions about source: its functions, problems, completions and format. Never runs the source.

import type { Calls } from '../../src-shared/ipc.ts';
import type { Completion, DefinedFunction, SourceProblem } from '../../src-shared/function-detail.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';
import { createRuff, unreadable } from './ruff.ts';
import type { Ruff } from './ruff.ts';

export interface SourceTools extends Pick<Calls, 'checkSource' | 'completeSource' | 'formatSource' | 'promoteScript'> {
  /** The functions of a source at its top level; null when Python cannot read it, or is not available. */
  functionsIn(source: string): Promise<readonly DefinedFunction[] | null>;
}

/** Python's answer about a piece of source. `functions` null: it cannot be read, `problem` tells why. */
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

/** While every interpreter is busy, an editor must not wait longer for its answer. */
export const EDITORS_PATIENCE_MS = 3_000;
/** A file that is to be deployed may wait longer, also on a slow computer that has just started. */
export const DEPLOYERS_PATIENCE_MS = 60_000;
const MOST_PROBLEMS = 200;

/** @param patienceMs how long to wait for Python */
export function createSourceTools(
  runtime: Pick<Runtime, 'read'>,
  patienceMs: number = EDITORS_PATIENCE_MS,
  ruff: () => Promise<Ruff> = createRuff(),
): SourceTools {
  // The editor's text is the user's own code; it is parsed, and packages are imported for their names.
  const scripts = createOwnScripts((body) => runtime.read(body), 'Python did not answer');
  const viewOf = async (source: string): Promise<PythonView | null> => {
    try {
      return await inTime(scripts.run(DESCRIBE, source) as Promise<PythonView>, patienceMs);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  };
  return {
    async checkSource(source) {
      const [checker, view] = await Promise.all([ruff(), viewOf(source)]);
      // Python decides what can be read; Ruff gets no source that Python cannot read.
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
      if ('why' in made) throw new Refusal('refused', made.why);
      return made.source;
    },
  };
}

/** Null when it takes too long; a later result is dropped. */
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
