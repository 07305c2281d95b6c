// Cuts the texts of a request to the length that is kept, and marks what was cut. Pure.
// Threat: a script can print, raise and name itself megabytes, and five hundred requests are kept.

import type { IncomingHttpHeaders } from 'node:http';
import { cutText, firstOf } from '../../src-shared/cut-text.ts';
import type { RequestError, RequestFacts } from '../../src-shared/request-record.ts';

interface Texts {
  readonly headers: IncomingHttpHeaders;
  readonly prints: string;
  readonly printsDropped: number;
  readonly error: RequestError | null;
}

/** The limit of Python itself for prints (output.py). */
const MOST_PRINTS = 64 * 1024;
const MOST_ERROR = 20_000;
const MOST_TRACEBACK = 50_000;
const MOST_TYPE = 200;
const MOST_FAILURE = 2_000;
/** Longer than the path of the longest name, with every letter escaped. */
const MOST_PATH = 2_000;
const MOST_NAME = 300;
/** At most what memory takes: two bytes a letter. */
const BYTES_OF_LETTER = 2;
/** Bytes of path and names that are part of the record's own cost. */
const FREE_LETTERS = 500;

/** Shown in place of a header that is not kept. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** The headers without credentials. */
export function shownHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name) ? '(not kept)' : Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** The texts of a request in lists. */
export function keptFacts(facts: RequestFacts): RequestFacts {
  const { path, client, user, failure, reason } = facts;
  const isShort = Math.max(path.length, (failure ?? '').length, (reason ?? '').length) <= MOST_PATH;
  if (isShort && Math.max((client ?? '').length, (user ?? '').length) <= MOST_NAME) return facts;
  return {
    ...facts,
    path: cutText(path, MOST_PATH),
    client: cutOrNull(client, MOST_NAME),
    user: cutOrNull(user, MOST_NAME),
    failure: cutOrNull(failure, MOST_FAILURE),
    reason: cutOrNull(reason, MOST_FAILURE),
  };
}

/** The other texts, without the bodies. */
export function keptContent<Content extends Texts>(content: Content): Content {
  const { prints, printsDropped, error } = content;
  if (prints.length <= MOST_PRINTS && error === null) return content;
  const first = firstOf(prints, MOST_PRINTS);
  return {
    ...content,
    prints: first,
    printsDropped: printsDropped + prints.length - first.length,
    error: error === null ? null : keptError(error),
  };
}

/** The memory that these texts hold at most. */
export function textsBytes({ headers, prints, error }: Texts): number {
  let letters = prints.length;
  for (const [name, value] of Object.entries(headers)) letters += name.length + String(value ?? '').length;
  if (error !== null)
    letters +=
      error.type.length +
      error.text.length +
      (error.cause?.length ?? 0) +
      (error.traceback?.length ?? 0) +
      (error.missing?.length ?? 0);
  return letters * BYTES_OF_LETTER;
}

/** The same for the texts in lists, beyond the cost of any record. */
export function factsBytes({ path, client, user, failure, reason }: RequestFacts): number {
  const letters = [path, client, user, failure, reason].reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return Math.max(0, letters - FREE_LETTERS) * BYTES_OF_LETTER;
}

function keptError(error: RequestError): RequestError {
  const { type, text, traceback } = error;
  return {
    ...error,
    type: cutText(type, MOST_TYPE),
    text: cutText(text, MOST_ERROR),
    traceback: cutOrNull(traceback, MOST_TRACEBACK),
    ...(error.missing === undefined ? {} : { missing: cutText(error.missing, MOST_TYPE) }),
  };
}

function cutOrNull(text: string | null, most: number): string | null {
  return text === null ? null : cutText(text, most);
}
