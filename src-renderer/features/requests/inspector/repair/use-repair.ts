// Runs a changed script on the data of a request, and keeps what became of it. Must not know how it is shown.

import { useRef, useState } from 'react';
import type { RequestDetail } from '../../../../../src-shared/request-record.ts';
import { OWN_CLIENTS } from '../../../../../src-shared/self-test.ts';
import { CallError } from '../../../../../src-shared/ipc.ts';
import { usePage, useProgram } from '../../../../store/use-page.ts';

export type Attempt =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly detail: RequestDetail; readonly script: string }
  /** It could not be run, for example because the server is stopped. */
  | { readonly kind: 'refused'; readonly why: string };

export interface Repair {
  readonly attempt: Attempt;
  readonly run: (script: string) => void;
  /** Null: there is nothing to stop. */
  readonly stop: (() => void) | null;
}

/** @param id the request whose data the script runs on */
export function useRepair(id: number): Repair {
  const { calls, store } = useProgram();
  const [attempt, setAttempt] = useState<Attempt>({ kind: 'none' });
  const latest = useRef(0);
  const live = usePage((page) => page.live.findLast(({ client }) => client === OWN_CLIENTS.replay)?.id ?? null);
  const run = async (script: string): Promise<Attempt> => {
    const detail = await calls.requestDetail(await calls.replay(id, script));
    return detail === null ? { kind: 'none' } : { kind: 'done', detail, script };
  };
  return {
    attempt,
    run(script) {
      const turn = (latest.current += 1);
      const show = (next: Attempt): void => {
        if (turn === latest.current) setAttempt(next);
      };
      setAttempt({ kind: 'running' });
      run(script).then(show, (error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        show({ kind: 'refused', why: error.message });
      });
    },
    stop: attempt.kind === 'running' && live !== null ? () => void store.attempt(calls.stopRequest(live)) : null,
  };
}
