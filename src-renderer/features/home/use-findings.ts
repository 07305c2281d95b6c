// Findings for views. Asks for the content of a few answered requests, which hints need. Must not know how findings are
// shown.

import { useEffect, useMemo, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { findingsIn, requestsToInspect } from './findings.ts';
import type { Finding } from './findings.ts';
import { inspectionOf } from '../../store/inspection.ts';
import type { ShownHint } from '../../store/inspection.ts';
import { requestKey } from '../../store/request-facts.ts';
import { usePage, useProgram } from '../../store/use-page.ts';

/** Larger requests are read only when they are opened, so that Home stays smooth. */
const MOST_BYTES = 200_000;

export function useFindings(): readonly Finding[] {
  const records = usePage((page) => page.requests);
  const { calls, store } = useProgram();
  const [hints, setHints] = useState<ReadonlyMap<string, readonly ShownHint[]>>(new Map());
  const looked = useMemo(() => requestsToInspect(records), [records]);
  const next = looked.find((record) => isSmall(record) && !hints.has(requestKey(record)));
  const nextKey = next === undefined ? null : requestKey(next);
  const nextId = next?.id ?? null;
  useEffect(() => {
    if (nextId === null || nextKey === null) return;
    let isCurrent = true;
    // One request at a time: each answer leads to the next one.
    const asked = calls.requestDetail(nextId).then((detail) => {
      const found = detail && requestKey(detail.record) === nextKey ? inspectionOf(detail).hints : [];
      if (isCurrent) setHints((known) => withOne(known, nextKey, found));
    });
    void store.attempt(asked);
    return () => {
      isCurrent = false;
    };
  }, [calls, store, nextId, nextKey]);
  return useMemo(() => findingsIn(records, hints), [records, hints]);
}

function isSmall({ requestBytes, responseBytes }: RequestRecord): boolean {
  return requestBytes + responseBytes <= MOST_BYTES;
}

const MOST_KNOWN = 100;

function withOne(
  known: ReadonlyMap<string, readonly ShownHint[]>,
  key: string,
  hints: readonly ShownHint[],
): ReadonlyMap<string, readonly ShownHint[]> {
  return new Map([...[...known].slice(1 - MOST_KNOWN), [key, hints] as const]);
}
