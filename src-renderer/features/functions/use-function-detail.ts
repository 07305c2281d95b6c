// Details of one function, asked for when it is opened and again when it changes. Must not know how they are shown.

import { useEffect, useState } from 'react';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { FunctionDetail } from '../../../src-shared/function-detail.ts';
import { CallError } from '../../../src-shared/ipc.ts';
import { useProgram } from '../../store/use-page.ts';

export type LookedUp<Thing> =
  | { readonly kind: 'waiting' }
  /** `again` asks once more, for changes that no event announces. */
  | { readonly kind: 'here'; readonly value: Thing; readonly again: () => void }
  /** `why`: the reason in words, such as that Python does not run. */
  | { readonly kind: 'failed'; readonly why: string };

/** Keeps the old details until the new ones come, so that nothing flickers after a deployment. */
export function useFunctionDetail(endpoint: DeployedFunction): LookedUp<FunctionDetail | null> {
  const { calls } = useProgram();
  const { name, version, lastModifiedTime, status } = endpoint;
  return useLookUp(() => calls.functionDetail(name), [name, version, lastModifiedTime, status].join('/'));
}

/** Asks when `key` changes. An answer to an older question is ignored. */
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
    // The question depends on nothing but `key`.
  }, [key, turn]);
  return found;
}
