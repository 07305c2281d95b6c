// Test run: starts it and keeps its outcome. Must not know what is run.

import { useRef, useState } from 'react';
import type { TestRun } from '../../src-shared/function-detail.ts';
import { CallError } from '../../src-shared/ipc.ts';

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
}

export function useTrial(run: (data: string) => Promise<TestRun>): Trials {
  const [trial, setTrial] = useState<Trial>({ kind: 'none' });
  const latest = useRef(0);
  return {
    trial,
    start(data) {
      const turn = (latest.current += 1);
      setTrial({ kind: 'running' });
      run(data).then(
        (done) => {
          if (turn === latest.current) setTrial({ kind: 'done', run: done, data });
        },
        (error: unknown) => {
          if (!(error instanceof CallError)) throw error;
          if (turn === latest.current) setTrial({ kind: 'refused', why: error.message });
        },
      );
    },
  };
}
