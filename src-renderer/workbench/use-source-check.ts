// Check of the code while it is written: which functions it defines and which problems it has. Must not know how they
// are shown.

import { useEffect, useRef, useState } from 'react';
import type { DefinedFunction, SourceCheck, SourceProblem } from '../../src-shared/function-detail.ts';
import { CallError } from '../../src-shared/ipc.ts';
import { useProgram } from '../store/use-page.ts';

export interface Checked {
  /** Functions of the latest text that Python could read; null until there is one. */
  readonly functions: readonly DefinedFunction[] | null;
  /** Problems of the text that was checked last. */
  readonly problems: readonly SourceProblem[];
  /** The text has changed since. */
  readonly isBehind: boolean;
  /** Why it could not be checked, such as that Python does not run. */
  readonly failure: string | null;
}

const NOTHING = (): void => undefined;
/** Waits for the end of a word, but not longer. */
const PAUSE_MS = 350;

type Known = Omit<Checked, 'isBehind'> & { readonly source: string | null };

/**
 * @param onFunctions is called with the functions of the code, whenever Python could read it
 * @param check checks a text that is no module, such as the script of a request
 */
export function useSourceCheck(
  source: string,
  onFunctions: (functions: readonly DefinedFunction[]) => void = NOTHING,
  check?: (source: string) => Promise<SourceCheck>,
): Checked {
  const { calls } = useProgram();
  const [known, setKnown] = useState<Known>({ source: null, functions: null, problems: [], failure: null });
  const tell = useRef(onFunctions);
  const ask = useRef(check);
  useEffect(() => {
    tell.current = onFunctions;
    ask.current = check;
  });
  const isFirst = known.source === null;
  useEffect(() => {
    let isCurrent = true;
    const timer = window.setTimeout(
      () => {
        (ask.current ?? calls.checkSource)(source).then(
          ({ functions, problems }) => {
            if (!isCurrent) return;
            setKnown((before) => ({ source, functions: functions ?? before.functions, problems, failure: null }));
            if (functions !== null) tell.current(functions);
          },
          (error: unknown) => {
            if (!(error instanceof CallError)) throw error;
            if (isCurrent) setKnown((before) => ({ ...before, source, failure: error.message }));
          },
        );
      },
      isFirst ? 0 : PAUSE_MS,
    );
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [calls, source, isFirst]);
  const { functions, problems, failure } = known;
  return { functions, problems, failure, isBehind: known.source !== source };
}
