// Cells of a row in the list of requests, for one request and for a whole refresh.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { duration, size, timeOfDay } from '../../text/figures.ts';
import type { FoldedRefresh, RequestRow } from './request-rows.ts';
import { isFailed } from '../../store/request-facts.ts';
import { REQUEST_WORDS as words } from './words.ts';

export function toneOfRow(row: RequestRow): string {
  const failed = row.kind === 'request' ? Number(isFailed(row.record)) : row.refresh.failed;
  return failed > 0 ? 'bad' : 'plain';
}

export function cellsOfRow(row: RequestRow) {
  return row.kind === 'request' ? cellsOf(row.record) : cellsOfRefresh(row.refresh);
}

export function cellsOf(record: RequestRecord) {
  const { startedAt, method, status, elapsedMs, requestBytes, responseBytes } = record;
  return [
    timeOfDay(startedAt),
    method,
    <What key="what" record={record} />,
    isFailed(record) ? (
      <span key="status" className="rows__why">
        ▲ {status}
      </span>
    ) : (
      status
    ),
    duration(elapsedMs),
    size(requestBytes),
    size(responseBytes),
    whoOf(record),
  ];
}

function cellsOfRefresh({
  records,
  first,
  failed,
  leastMs,
  mostMs,
  requestBytes,
  responseBytes,
  storm,
}: FoldedRefresh) {
  return [
    timeOfDay(first.startedAt),
    <span key="times" className="requests__times">{`${records.length}×`}</span>,
    <What key="what" record={first} note={storm === null ? null : words.storm} />,
    failed > 0 ? (
      <span key="status" className="rows__why">
        ▲ {failed}
      </span>
    ) : (
      first.status
    ),
    words.range(duration(leastMs), duration(mostMs)),
    size(requestBytes),
    size(responseBytes),
    whoOf(first),
  ];
}

function What({ record, note = null }: { readonly record: RequestRecord; readonly note?: string | null }) {
  const { path, preview, failure } = record;
  return (
    <>
      {note !== null && <span className="requests__storm">▲ {note} </span>}
      <span className="code">{preview === null ? path : words.script}</span>
      {preview !== null && <span className="requests__preview code"> {preview}</span>}
      {failure && <span className="rows__why"> {failure}</span>}
    </>
  );
}

function whoOf({ user, client, remoteAddress }: RequestRecord): string {
  return user ?? client ?? remoteAddress;
}
