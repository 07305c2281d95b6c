// Details of one request, asked for when it is opened. Must not know how they are shown.

import { useEffect, useState } from 'react';
import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { useProgram } from '../../../store/use-page.ts';

/** Null until the program answered, and when it no longer has the request. */
export function useRequestDetail(record: RequestRecord): RequestDetail | null {
  const { calls, store } = useProgram();
  const [detail, setDetail] = useState<RequestDetail | null>(null);
  const { id, startedAt } = record;
  useEffect(() => {
    let isCurrent = true;
    setDetail(null);
    const asked = calls.requestDetail(id).then((answer) => {
      if (isCurrent && answer?.record.startedAt === startedAt) setDetail(answer);
    });
    void store.attempt(asked);
    return () => {
      isCurrent = false;
    };
  }, [calls, store, id, startedAt]);
  return detail;
}
