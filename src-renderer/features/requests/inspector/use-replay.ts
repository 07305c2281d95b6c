// Sends a request again and shows the new request. Must not know what is sent.

import { useState } from 'react';
import type { RequestRecord } from '../../../../src-shared/request-record.ts';
import { useProgram } from '../../../store/use-page.ts';

export interface Replay {
  /** `body` null: sends the body that was sent before. */
  readonly replay: (id: number, body: string | null) => void;
  readonly isWaiting: boolean;
}

/** @param onShow is given the new request */
export function useReplay(onShow: (record: RequestRecord) => void): Replay {
  const { calls, store } = useProgram();
  const [isWaiting, setWaiting] = useState(false);
  const replay = async (id: number, body: string | null): Promise<void> => {
    const again = await calls.requestDetail(await calls.replay(id, body));
    if (again !== null) onShow(again.record);
  };
  return {
    replay(id, body) {
      setWaiting(true);
      void store.attempt(replay(id, body)).finally(() => setWaiting(false));
    },
    isWaiting,
  };
}
