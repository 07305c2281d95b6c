// The latest requests and, while the user wants it, what was in them: bytes in a ring, looked at only when somebody asks.
// Must not parse what it keeps.

import type { IncomingHttpHeaders } from 'node:http';
import type {
  KeptBody,
  RequestDetail,
  RequestError,
  RequestFacts,
  RequestRecord,
} from '../../src-shared/request-record.ts';
import { createRecent } from './recent.ts';
import { isPrepScript, scriptBeginning } from './script-beginning.ts';

/** What belongs to a record. Bodies are plain, as before packing. */
export interface RequestContent {
  readonly headers: IncomingHttpHeaders;
  readonly request: Buffer | null;
  readonly response: Buffer | null;
  readonly prints: string;
  readonly printsDropped: number;
  readonly error: RequestError | null;
  /** Null where nobody is asked who they are. */
  readonly signedInAs: string | null;
}

export interface Recorder {
  /** Keeps a request. @returns its record, with what a list shows of its content */
  note(record: RequestFacts, content: RequestContent): RequestRecord;
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
  /** Of all bodies together. */
  readonly mostBytes?: number;
}

interface Kept extends RequestContent {
  readonly bytes: number;
  readonly isRequestCut: boolean;
  readonly isResponseCut: boolean;
}

const REQUESTS = 500;
const BODY_BYTES = 1_000_000;
const BYTES = 64_000_000;
const NOT_KEPT: KeptBody = { kind: 'not-kept' };
/** Said in place of what nobody may read later. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

export function createRecorder(deps: RecorderDeps): Recorder {
  const { isDataKept, mostRequests = REQUESTS, mostBodyBytes = BODY_BYTES, mostBytes = BYTES } = deps;
  const records = createRecent<RequestRecord>(mostRequests);
  // In the order of coming, so that the first one is the oldest.
  const contents = new Map<number, Kept>();
  let bytes = 0;

  const forget = (id: number): void => {
    bytes -= contents.get(id)?.bytes ?? 0;
    contents.delete(id);
  };
  const bodyOf = (body: Buffer | null): Buffer | null => {
    if (body === null || body.length > mostBodyBytes) return null;
    // A copy: what came from a socket is a view of a buffer of 64 kB, which would live as long as a body of ten bytes.
    return Buffer.from(body);
  };
  const keep = (id: number, content: RequestContent): void => {
    const [request, response] = [bodyOf(content.request), bodyOf(content.response)];
    const size = (request?.length ?? 0) + (response?.length ?? 0);
    contents.set(id, {
      ...content,
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
    note(record, content) {
      const isKept = isDataKept();
      const isScript = record.path === '/evaluate' && content.request !== null;
      const preview = isKept && isScript ? scriptBeginning(content.request) : null;
      const whole = { ...record, preview, isPrep: isScript && isPrepScript(content.request) };
      records.add(whole);
      if (isKept) keep(record.id, content);
      return whole;
    },
    all: () => records.all(),
    detail(id) {
      const record = records.all().find((one) => one.id === id);
      if (!record) return null;
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
