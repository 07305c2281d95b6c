// The line in which a run failed, as a problem of the code until the code changes. Must not know how it is shown.

import { useRef } from 'react';
import type { SourceProblem, TestRun } from '../../src-shared/function-detail.ts';
import { problemInLine } from './problem-in-line.ts';

export function useFailedLine(run: TestRun | null, source: string): SourceProblem | null {
  const of = useRef<{ run: TestRun | null; source: string; problem: SourceProblem | null }>({
    run: null,
    source,
    problem: null,
  });
  if (of.current.run !== run) of.current = { run, source, problem: run === null ? null : problemOf(run, source) };
  return of.current.source === source ? of.current.problem : null;
}

function problemOf(run: TestRun, source: string): SourceProblem | null {
  if (run.kind !== 'failed' || run.error.line === null) return null;
  const { line, type, text, cause } = run.error;
  return problemInLine(source, line, `${type}: ${text}${cause === undefined ? '' : ` ${cause}`}`);
}
