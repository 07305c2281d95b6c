// Makes the log entry of a finished request: one line, its fields, and where in the script it failed. Pure.
// Threat: a log is kept, copied and sent around. So it holds nothing that callers sent or got: no bodies, no prints, no
// query strings, and only the headers that identify the caller. Of a script's exception it holds only the class and the
// lines, because texts hold values.

import type { LogLevel, LoggedRequest } from '../../src-shared/log-entry.ts';
import { shortRejection } from '../../src-shared/verdict.ts';
import type { RequestError, RequestFacts } from '../../src-shared/request-record.ts';

export interface RequestEntry {
  readonly level: LogLevel;
  readonly text: string;
  readonly detail: readonly string[];
  readonly request: LoggedRequest;
}

/** `details`: TabPy's TABPY_LOG_DETAILS. */
export function requestEntry(
  one: RequestFacts,
  { error, signedInAs }: { readonly error: RequestError | null; readonly signedInAs: string | null },
  details: boolean,
): RequestEntry {
  const request: LoggedRequest = {
    id: one.id,
    address: one.remoteAddress,
    method: one.method,
    path: one.path,
    status: one.status,
    ms: Math.round(one.elapsedMs * 10) / 10,
    bytesIn: one.requestBytes,
    bytesOut: one.responseBytes,
    client: one.client,
    user: one.user,
    signedInAs,
    failure: error ? classOf(error) : one.failure,
    line: error?.line ?? null,
  };
  const rejection = one.verdict === 'rejected' ? one.rejection : null;
  const frames = error?.traceback ? framesOf(error.traceback) : [];
  return {
    level: one.status >= 500 ? 'error' : one.verdict === 'ok' ? 'info' : 'warn',
    text: textOf(request, details) + (rejection === null ? '' : ` Tableau rejects it: ${shortRejection(rejection)}`),
    // A single frame tells no more than the line.
    detail: frames.length > 1 ? frames : [],
    request,
  };
}

function textOf(one: LoggedRequest, details: boolean): string {
  const who = one.user ? ` ${one.user}` : '';
  const why = one.failure ? ` ${one.failure}${one.line === null ? '' : ` in line ${one.line}`}` : '';
  const more = details
    ? ` [client ${one.client ?? '-'}, Tableau user ${one.user ?? '-'}, TabPy user ${one.signedInAs ?? '-'}]`
    : '';
  return `#${one.id} ${one.address}${who} ${one.method} ${one.path} ${one.status} ${one.ms.toFixed(1)} ms ${one.bytesIn}+${one.bytesOut} bytes${why}${more}`;
}

/** A script may give a class any name. */
function classOf({ type }: RequestError): string {
  return /^[A-Za-z_]\w{0,79}$/.test(type) ? type : 'an error';
}

/** `line 3, in f` for each frame of a traceback (tabpy_tray/errors.py): neither source nor texts, which may hold values. */
function framesOf(traceback: string): readonly string[] {
  return traceback
    .split('\n')
    .flatMap((line) => /^ {2}(line \d{1,9}(?:, in [A-Za-z_]\w{0,79})?)$/.exec(line)?.[1] ?? []);
}
