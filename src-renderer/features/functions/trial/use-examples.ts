// Run of all saved examples of a function, one after another, and what became of each. Must not know what is run.

import { useEffect, useRef, useState } from 'react';
import { outcomeOfExample } from '../../../../src-shared/example-outcome.ts';
import type { ExampleOutcome } from '../../../../src-shared/example-outcome.ts';
import type { TestRun } from '../../../../src-shared/function-detail.ts';
import type { FunctionExample } from '../../../../src-shared/function-examples.ts';
import { newTrialName } from '../../../workbench/use-trial.ts';
import { useProgram } from '../../../store/use-page.ts';

export type ShownOutcome = ExampleOutcome | { readonly kind: 'running' };

export interface ExampleRuns {
  /** By the name of the example; those that were not run are missing. */
  readonly outcomes: ReadonlyMap<string, ShownOutcome>;
  readonly isRunning: boolean;
  readonly runAll: (examples: readonly FunctionExample[]) => void;
  /** Ends the example that runs; the others are not run. */
  readonly stop: () => void;
}

/**
 * @param run as of a trial: gets the data, and a name with which the program can stop it
 * @param of what is run, such as the code: outcomes of another are forgotten
 */
export function useExamples(run: (data: string, name: string) => Promise<TestRun>, of: string | number): ExampleRuns {
  const { calls, store } = useProgram();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, ShownOutcome>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const current = useRef<{ trial: string; isStopped: boolean } | null>(null);
  const stop = (): void => {
    if (current.current === null) return;
    current.current.isStopped = true;
    void store.attempt(calls.stopTrial(current.current.trial));
  };
  // Also when the view is left: nobody sees the outcome of what still runs, so it ends.
  useEffect(() => {
    setOutcomes(new Map());
    return () => {
      stop();
      current.current = null;
      setRunning(false);
    };
  }, [of]);

  const runEach = async (examples: readonly FunctionExample[], turn: { trial: string; isStopped: boolean }) => {
    for (const example of examples) {
      if (turn.isStopped) return;
      turn.trial = newTrialName();
      const { name } = example;
      setOutcomes((before) => new Map(before).set(name, { kind: 'running' }));
      try {
        const outcome = outcomeOfExample(example, await run(example.data, turn.trial));
        // After a stop this is the outcome of the stop, unless what is run has changed.
        if (current.current === turn) setOutcomes((before) => new Map(before).set(name, outcome));
      } catch (error) {
        setOutcomes((before) => new Map([...before].filter(([other]) => other !== name)));
        throw error;
      }
    }
  };

  return {
    outcomes,
    isRunning,
    stop,
    runAll(examples) {
      if (isRunning) return;
      const turn = { trial: '', isStopped: false };
      current.current = turn;
      setOutcomes(new Map());
      setRunning(true);
      void store.attempt(runEach(examples, turn)).then(() => {
        if (current.current !== turn) return;
        current.current = null;
        setRunning(false);
      });
    },
  };
}
