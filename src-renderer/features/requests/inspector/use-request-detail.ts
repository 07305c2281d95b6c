// Details of one request, asked for when it is opened or when more becomes known of it. Must not know how they are
// shown.

import { useEffect, useState } from 'react';
import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { requestKey } from '../../../store/request-facts.ts';
import { useProgram } from '../../../store/use-page.ts';

/** Null until the program answered, and when it no longer has the request. */
export function useRequestDetail(record: RequestRecord): RequestDetail | null {
  const { calls, store } = useProgram();
  const [detail, setDetail] = useState<RequestDetail | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const asked = calls.requestDetail(record.id).then((answer) => {
      if (isCurrent && answer !== null && requestKey(answer.record) === requestKey(record)) setDetail(answer);
    });
    void store.look(asked);
    return () => {
      isCurrent = false;
    };
  }, [calls, store, record]);
  return detail !== null && requestKey(detail.record) === requestKey(record) ? detail : null;
}
