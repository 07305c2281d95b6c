// Cells of a row in the list of requests: for one request, for a whole refresh, and for one that is not answered yet.

import type { LiveRequest, RequestRecord } from '../../../src-shared/request-record.ts';
import { shortRejection } from '../../../src-shared/verdict.ts';
import { Button } from '../../components/button.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { isFailed, whatRan } from '../../store/request-facts.ts';
import { useNow } from '../../store/use-now.ts';
import { duration, timeOfDay } from '../../text/figures.ts';
import type { FoldedRefresh, RequestRow } from './request-rows.ts';
import { REQUEST_WORDS as words, VERDICT_WORDS } from './words.ts';

export function toneOfRow(row: RequestRow): string {
  switch (row.kind) {
    case 'live':
      return 'active';
    case 'request':
      return isFailed(row.record) ? 'bad' : 'plain';
    case 'refresh':
      return row.refresh.failed > 0 ? 'bad' : 'plain';
  }
}

/** @param onStop stops a request that runs or waits */
export function cellsOfRow(row: RequestRow, onStop: (live: LiveRequest) => void) {
  switch (row.kind) {
    case 'live':
      return cellsOfLive(row.live, onStop);
    case 'request':
      return cellsOf(row.record);
    case 'refresh':
      return cellsOfRefresh(row.refresh);
  }
}

export function cellsOf(record: RequestRecord) {
  const { startedAt, verdict, waitedMs, ranMs, elapsedMs, rowsSent, rowsBack } = record;
  return [
    timeOfDay(startedAt),
    <VerdictMark key="verdict" verdict={verdict}>
      {VERDICT_WORDS[verdict]}
    </VerdictMark>,
    <What key="what" record={record} />,
    words.shortRows(rowsSent, rowsBack),
    waitedMs === null ? '' : duration(waitedMs),
    duration(ranMs ?? elapsedMs),
    whoOf(record),
  ];
}

function cellsOfRefresh(refresh: FoldedRefresh) {
  const { records, first, worst, failed, leastMs, mostMs, mostWaitedMs, rows, storm } = refresh;
  return [
    timeOfDay(first.startedAt),
    <VerdictMark key="verdict" verdict={worst.verdict}>
      {failed > 0 && failed < records.length && worst.verdict !== 'ok'
        ? words.someBad(failed, records.length, worst.verdict)
        : VERDICT_WORDS[worst.verdict]}
    </VerdictMark>,
    <What key="what" record={worst} times={records.length} note={storm === null ? null : words.storm} />,
    rows === null ? '' : words.rowsOfRefresh(rows),
    mostWaitedMs === null ? '' : duration(mostWaitedMs),
    words.range(duration(leastMs), duration(mostMs)),
    whoOf(first),
  ];
}

function cellsOfLive(live: LiveRequest, onStop: (live: LiveRequest) => void) {
  const what = whatRan(live);
  return [
    timeOfDay(live.startedAt),
    <VerdictMark key="verdict" verdict={live.state}>
      {VERDICT_WORDS[live.state]}
    </VerdictMark>,
    <span key="what" className="code">
      {what}
    </span>,
    <span key="stop" className="requests__stop">
      <Button look="quiet" icon="stop" aria-label={words.stopOne(what)} onPress={() => onStop(live)}>
        {words.stop}
      </Button>
    </span>,
    live.state === 'waiting' ? <Lasting key="waited" since={live.since} /> : '',
    live.state === 'running' ? <Lasting key="ran" since={live.since} /> : '',
    whoOf(live),
  ];
}

/** A time that goes on. */
export function Lasting({ since }: { readonly since: number }) {
  const now = useNow(1_000);
  return <>{duration(Math.max(0, Math.round((now - since) / 1_000) * 1_000))}</>;
}

interface WhatProps {
  readonly record: RequestRecord;
  readonly times?: number;
  readonly note?: string | null;
}

/** The reason comes first: it is what an analyst looks for. */
function What({ record, times, note = null }: WhatProps) {
  const reason = shortReason(record);
  const what = whatRan(record);
  return (
    <span title={reason === null ? what : `${reason}\n${what}`}>
      {times !== undefined && <span className="requests__times">{`${times}× `}</span>}
      {note !== null && <span className="requests__storm">▲ {note} </span>}
      {reason !== null && <span className="rows__why">{reason} </span>}
      <span className={reason === null ? 'code' : 'requests__what code'}>{what}</span>
    </span>
  );
}

/** The first sentence; the details have the others. */
export function shortReason({ verdict, rejection, reason }: RequestRecord): string | null {
  if (verdict === 'ok') return null;
  if (verdict === 'rejected' && rejection !== null) return `${shortRejection(rejection)}.`;
  if (reason === null) return null;
  const [line = ''] = reason.split('\n', 1);
  return /^.{12,}?[.!?](?= [A-Z])/.exec(line)?.[0] ?? line;
}

function whoOf({ user, client, remoteAddress }: Pick<RequestRecord, 'user' | 'client' | 'remoteAddress'>): string {
  return user ?? client ?? remoteAddress;
}
