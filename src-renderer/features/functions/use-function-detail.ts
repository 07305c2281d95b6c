// All that is known of one function, asked for when it is looked at and again when it changes. Must not know how it is shown.

import { useEffect, useState } from 'react';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { FunctionDetail } from '../../../src-shared/function-detail.ts';
import { CallError } from '../../../src-shared/ipc.ts';
import { useProgram } from '../../store/use-page.ts';

export type LookedUp<Thing> =
  | { readonly kind: 'waiting' }
  /** `again` asks once more, for what changes without a sign. */
  | { readonly kind: 'here'; readonly value: Thing; readonly again: () => void }
  /** `why` in words, such as that Python does not run. */
  | { readonly kind: 'failed'; readonly why: string };

/** Keeps what it knew while it looks again: nothing flickers when a new version comes. */
export function useFunctionDetail(endpoint: DeployedFunction): LookedUp<FunctionDetail | null> {
  const { calls } = useProgram();
  const { name, version, lastModifiedTime, status } = endpoint;
  return useLookUp(() => calls.functionDetail(name), [name, version, lastModifiedTime, status].join('/'));
}

/** Asks when `key` is another one; what comes too late is not taken. */
export function useLookUp<Thing>(ask: () => Promise<Thing>, key: string): LookedUp<Thing> {
  const [found, setFound] = useState<LookedUp<Thing>>({ kind: 'waiting' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    ask().then(
      (value) => isCurrent && setFound({ kind: 'here', value, again: () => setTurn((before) => before + 1) }),
      (error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        if (isCurrent) setFound({ kind: 'failed', why: error.message });
      },
    );
    return () => {
      isCurrent = false;
    };
    // `key` says all that the question depends on.
  }, [key, turn]);
  return found;
}
