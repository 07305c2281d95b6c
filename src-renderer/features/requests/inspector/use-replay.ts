// Sends a request again and shows the new request. Must not know what is sent.

import { useRef, useState } from 'react';
import type { RequestRecord } from '../../../../src-shared/request-record.ts';
import { useProgram } from '../../../store/use-page.ts';

export interface Replay {
  readonly replay: (id: number) => void;
  readonly isWaiting: boolean;
}

/** @param onShow is given the new request */
export function useReplay(onShow: (record: RequestRecord) => void): Replay {
  const { calls, store } = useProgram();
  const [isWaiting, setWaiting] = useState(false);
  const isBusy = useRef(false);
  const replay = async (id: number): Promise<void> => {
    const again = await calls.requestDetail(await calls.replay(id, null));
    if (again !== null) onShow(again.record);
  };
  return {
    replay(id) {
      // Not a disabled button: that would lose the keyboard's focus.
      if (isBusy.current) return;
      isBusy.current = true;
      setWaiting(true);
      void store.attempt(replay(id)).finally(() => {
        isBusy.current = false;
        setWaiting(false);
      });
    },
    isWaiting,
  };
}
