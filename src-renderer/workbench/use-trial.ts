// Run on trial: starts it, stops it and keeps its outcome. Must not know what is run.

import { useRef, useState } from 'react';
import type { TestRun } from '../../src-shared/function-detail.ts';
import { CallError } from '../../src-shared/ipc.ts';
import { useProgram } from '../store/use-page.ts';

export type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** With the data that was sent, to compare the result with. */
  | { readonly kind: 'done'; readonly run: TestRun; readonly data: string }
  /** It could not be run, for example because Python does not run. */
  | { readonly kind: 'refused'; readonly why: string };

export interface Trials {
  readonly trial: Trial;
  readonly start: (data: string) => void;
  /** Ends this run and no other; its outcome says so. */
  readonly stop: () => void;
}

/** @param run gets a name for the run, with which the program can stop it */
export function useTrial(run: (data: string, name: string) => Promise<TestRun>): Trials {
  const { calls, store } = useProgram();
  const [trial, setTrial] = useState<Trial>({ kind: 'none' });
  const latest = useRef('');
  return {
    trial,
    start(data) {
      const name = newTrialName();
      latest.current = name;
      setTrial({ kind: 'running' });
      run(data, name).then(
        (done) => {
          if (name === latest.current) setTrial({ kind: 'done', run: done, data });
        },
        (error: unknown) => {
          if (!(error instanceof CallError)) throw error;
          if (name === latest.current) setTrial({ kind: 'refused', why: error.message });
        },
      );
    },
    stop() {
      void store.attempt(calls.stopTrial(latest.current));
    },
  };
}

/** A name that no other run of this or another page has. */
export function newTrialName(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].join('-');
}
