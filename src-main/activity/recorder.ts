// Keeps the latest requests and, while the user wants it, their bodies: bytes in a ring, which are read only for a
// request that the user opens. Must not parse what it keeps.

import type { IncomingHttpHeaders } from 'node:http';
import type {
  KeptBody,
  RequestDetail,
  RequestError,
  RequestFacts,
  RequestRecord,
} from '../../src-shared/request-record.ts';
import { factsBytes, keptContent, keptFacts, textsBytes } from './kept-texts.ts';
import { createRecent } from './recent.ts';
import { isPrepScript, scriptBeginning } from './script-beginning.ts';

/** The parts of a record. Bodies are plain, as before packing. */
export interface RequestContent {
  readonly headers: IncomingHttpHeaders;
  readonly request: Buffer | null;
  readonly response: Buffer | null;
  readonly prints: string;
  readonly printsDropped: number;
  readonly error: RequestError | null;
  /** Null without sign-in. */
  readonly signedInAs: string | null;
}

export interface Recorder {
  /** Keeps a request. @returns a function that makes its record for lists; it must be called at once or never */
  note(record: RequestFacts, content: RequestContent): () => RequestRecord;
  /** The oldest first. */
  all(): readonly RequestRecord[];
  /** Null when the request is no longer among the latest. */
  detail(id: number): RequestDetail | null;
  /** The bytes of a request's body, while they are kept. */
  requestBody(id: number): Buffer | null;
  clear(): void;
}

export interface RecorderDeps {
  readonly isDataKept: () => boolean;
  readonly mostRequests?: number;
  readonly mostBodyBytes?: number;
  /** The size of all that is kept together. */
  readonly mostBytes?: number;
}

interface Kept extends RequestContent {
  readonly listed: Listed;
  readonly bytes: number;
  readonly isRequestCut: boolean;
  readonly isResponseCut: boolean;
}

/** A list's text of a body is read out of it when the list is shown, or when the body is dropped. */
interface Listed {
  readonly about: RequestFacts;
  whole: RequestRecord | null;
}

const REQUESTS = 500;
const BODY_BYTES = 1_000_000;
const BYTES = 64_000_000;
const MOSTLY = 0.95;
const NOT_KEPT: KeptBody = { kind: 'not-kept' };
/** Shown in place of a body that is not kept. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

export function createRecorder(deps: RecorderDeps): Recorder {
  const { isDataKept, mostRequests = REQUESTS, mostBodyBytes = BODY_BYTES, mostBytes = BYTES } = deps;
  const records = createRecent<Listed>(mostRequests);
  // In the order of arrival, so that the first entry is the oldest.
  const contents = new Map<number, Kept>();
  let bytes = 0;

  const forget = (id: number): void => {
    const content = contents.get(id);
    if (content === undefined) return;
    // Requests that are dropped because of newer ones are in no list any more.
    if (contents.size <= mostRequests) wholeOf(content.listed);
    bytes -= content.bytes;
    contents.delete(id);
  };
  /** The record of a request; its body is still there, or was read before it was dropped. */
  const wholeOf = (listed: Listed): RequestRecord =>
    (listed.whole ??= withBeginning(listed.about, contents.get(listed.about.id)?.request ?? null, true));
  const bodyOf = (body: Buffer | null): Buffer | null => {
    if (body === null || body.length > mostBodyBytes) return null;
    // A copy: bytes from a socket are a view of a 64 kB buffer, which a body of ten bytes would keep alive. Bytes that
    // fill nearly all of their buffer are kept as they are.
    return body.length >= body.buffer.byteLength * MOSTLY ? body : Buffer.from(body);
  };
  const keep = (listed: Listed, content: RequestContent): void => {
    const { id } = listed.about;
    const [request, response] = [bodyOf(content.request), bodyOf(content.response)];
    const size = (request?.length ?? 0) + (response?.length ?? 0) + textsBytes(content) + factsBytes(listed.about);
    contents.set(id, {
      ...content,
      listed,
      request,
      response,
      bytes: size,
      isRequestCut: request === null && content.request !== null,
      isResponseCut: response === null && content.response !== null,
    });
    bytes += size;
    for (const oldest of contents.keys()) {
      if (contents.size <= mostRequests && bytes <= mostBytes) break;
      forget(oldest);
    }
  };

  return {
    note(facts, whole) {
      const isKept = isDataKept();
      const record = keptFacts(facts);
      const content = isKept ? keptContent(whole) : whole;
      const isLater = isKept && content.request !== null && content.request.length <= mostBodyBytes;
      const listed: Listed = {
        about: record,
        whole: isLater ? null : withBeginning(record, content.request, isKept),
      };
      records.add(listed);
      if (isKept) keep(listed, content);
      return () => wholeOf(listed);
    },
    all: () => records.all().map(wholeOf),
    detail(id) {
      const listed = records.all().find((one) => one.about.id === id);
      if (!listed) return null;
      const record = wholeOf(listed);
      const content = contents.get(id);
      if (!content) {
        return {
          record,
          headers: null,
          request: NOT_KEPT,
          response: NOT_KEPT,
          prints: '',
          printsDropped: 0,
          error: null,
        };
      }
      const { prints, printsDropped, error } = content;
      return {
        record,
        headers: shownHeaders(content.headers),
        request: shownBody(content.request, content.isRequestCut),
        response: shownBody(content.response, content.isResponseCut),
        prints,
        printsDropped,
        error,
      };
    },
    requestBody: (id) => contents.get(id)?.request ?? null,
    clear() {
      records.clear();
      contents.clear();
      bytes = 0;
    },
  };
}

function withBeginning(about: RequestFacts, body: Buffer | null, isDataKept: boolean): RequestRecord {
  const script = about.path === '/evaluate' ? body : null;
  return {
    ...about,
    preview: isDataKept && script ? scriptBeginning(script) : null,
    isPrep: script !== null && isPrepScript(script),
  };
}

function shownBody(body: Buffer | null, isCut: boolean): KeptBody {
  if (body !== null) return { kind: 'kept', text: body.toString('utf8') };
  return isCut ? { kind: 'too-large' } : { kind: 'kept', text: '' };
}

function shownHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name) ? '(not kept)' : Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
