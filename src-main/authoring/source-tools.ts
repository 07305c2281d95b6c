// Answers the editor's questions about source: its functions, problems, completions and format. Never runs the source.

import type { Calls } from '../../src-shared/ipc.ts';
import type { Completion, DefinedFunction, SourceProblem } from '../../src-shared/function-detail.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';
import { createRuff, unreadable } from './ruff.ts';
import type { Ruff } from './ruff.ts';

export interface SourceTools extends Pick<
  Calls,
  'checkSource' | 'checkScript' | 'completeSource' | 'formatSource' | 'formatScript' | 'promoteScript'
> {
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
const DESCRIBE_SCRIPT = `from tabpy_tray.source_tools import problem
return {'problem': problem.problem_of_script(_arg1), 'functions': None}`;
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
  const viewOf = async (source: string, describe = DESCRIBE): Promise<PythonView | null> => {
    try {
      return await inTime(scripts.run(describe, source) as Promise<PythonView>, patienceMs);
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
    async checkScript(script, argumentCount) {
      const [checker, view] = await Promise.all([ruff(), viewOf(script, DESCRIBE_SCRIPT)]);
      if (view?.problem) return { functions: null, problems: [{ ...view.problem, severity: 'error' }] };
      const problems = view === null ? [] : lintScript(checker, script, argumentCount);
      return { functions: null, problems: problems.slice(0, MOST_PROBLEMS) };
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
    async formatScript(script) {
      const [formatter, view] = await Promise.all([ruff(), viewOf(script, DESCRIBE_SCRIPT)]);
      if (view?.problem) throw unreadable();
      return formatter.format(script);
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

/** Lints a script as the body of its function, and tells the places in the script itself. */
function lintScript(checker: Ruff, script: string, argumentCount: number): readonly SourceProblem[] {
  const args = Array.from({ length: argumentCount }, (_, index) => `, _arg${index + 1}`).join('');
  const body = script.split(/\r\n|\r|\n/).map((line) => ` ${line}`);
  const source = [`def _user_script(tabpy${args}):`, ...body, ''].join('\n');
  return checker
    .lint(source)
    .filter(({ severity, line }) => severity === 'warning' && line > 1)
    .map((problem) => ({
      ...problem,
      line: problem.line - 1,
      column: Math.max(1, problem.column - 1),
      endLine: problem.endLine - 1,
      endColumn: Math.max(1, problem.endColumn - 1),
    }));
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
