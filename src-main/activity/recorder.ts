// Keeps the latest requests and, while the user wants it, their bodies: bytes in a ring, which are read only for a
// request that the user opens. Must not parse what it keeps.

import type { IncomingHttpHeaders } from 'node:http';
import { LARGE_BODY_BYTES } from '../../src-shared/limits.ts';
import type { RequestDetail, RequestError, RequestFacts, RequestRecord } from '../../src-shared/request-record.ts';
import type { CallFacts } from '../../src-shared/verdict.ts';
import { KeptBodies, NOT_KEPT } from './kept-bodies.ts';
import type { Heads } from './kept-bodies.ts';
import { factsBytes, keptContent, keptFacts, shownHeaders, textsBytes } from './kept-texts.ts';
import { createRecent } from './recent.ts';
import { isPrepScript, scriptBeginning } from './script-beginning.ts';

/** The parts of a record. Bodies are plain, as before packing. */
export interface RequestContent {
  readonly headers: IncomingHttpHeaders;
  readonly request: Buffer | null;
  readonly response: Buffer | null;
  /** First rows of bodies that are too large to be shown. */
  readonly heads: Heads | null;
  readonly prints: string;
  readonly printsDropped: number;
  readonly error: RequestError | null;
  /** Null without sign-in. */
  readonly signedInAs: string | null;
}

export interface Recorder {
  /** Keeps a request. @returns a function that makes its record for lists; it must be called at once or never */
  note(record: RequestFacts, content: RequestContent): () => RequestRecord;
  /** Adds what became known of a request after its answer. @returns its record; null when it is no longer listed */
  amend(id: number, facts: CallFacts, heads: Heads | null): RequestRecord | null;
  /** The oldest first. */
  all(): readonly RequestRecord[];
  /** Null when the request is no longer among the latest. */
  detail(id: number): RequestDetail | null;
  /** The bytes of a request's body, or of its first rows. Null when neither is kept. */
  requestBody(id: number): Buffer | null;
  clear(): void;
}

export interface RecorderDeps {
  readonly isDataKept: () => boolean;
  readonly mostRequests?: number;
  /** A larger body is shown by its first rows; the whole is kept only while there is space. */
  readonly mostBodyBytes?: number;
  /** The size of all that is kept together. */
  readonly mostBytes?: number;
}

interface Kept extends Omit<RequestContent, 'request' | 'response'> {
  readonly listed: Listed;
  readonly bodies: KeptBodies;
  readonly textBytes: number;
}

/** A list's text of a body is read out of it when the list is shown, or when the body is dropped. */
interface Listed {
  about: RequestFacts;
  whole: RequestRecord | null;
}

const REQUESTS = 500;
const BYTES = 64_000_000;

export function createRecorder(deps: RecorderDeps): Recorder {
  return new RingRecorder(deps);
}

class RingRecorder implements Recorder {
  readonly #isDataKept: () => boolean;
  readonly #mostRequests: number;
  readonly #mostBodyBytes: number;
  readonly #mostBytes: number;
  readonly #records;
  /** In the order of arrival, so that the first entry is the oldest. */
  readonly #contents = new Map<number, Kept>();
  /** Those of which a whole large body is kept, in the same order. */
  readonly #large = new Map<number, Kept>();
  #bytes = 0;

  constructor({
    isDataKept,
    mostRequests = REQUESTS,
    mostBodyBytes = LARGE_BODY_BYTES,
    mostBytes = BYTES,
  }: RecorderDeps) {
    this.#isDataKept = isDataKept;
    this.#mostRequests = mostRequests;
    this.#mostBodyBytes = mostBodyBytes;
    this.#mostBytes = mostBytes;
    this.#records = createRecent<Listed>(mostRequests);
  }

  note(facts: RequestFacts, whole: RequestContent): () => RequestRecord {
    const isKept = this.#isDataKept();
    const record = keptFacts(facts);
    const content = isKept ? keptContent(whole) : whole;
    const isLater = isKept && content.request !== null && content.request.length <= this.#mostBodyBytes;
    const listed: Listed = {
      about: record,
      whole: isLater ? null : withBeginning(record, content.request, isKept),
    };
    this.#records.add(listed);
    if (isKept) this.#keep(listed, content);
    return () => this.#wholeOf(listed);
  }

  amend(id: number, facts: CallFacts, heads: Heads | null): RequestRecord | null {
    const listed = this.#listed(id);
    if (!listed) return null;
    const whole = this.#wholeOf(listed);
    listed.about = { ...listed.about, ...facts };
    listed.whole = { ...whole, ...facts };
    if (heads !== null) {
      const content = this.#contents.get(id);
      this.#bytes += content?.bodies.addHeads(heads) ?? 0;
      this.#makeSpace();
    }
    return listed.whole;
  }

  all(): readonly RequestRecord[] {
    return this.#records.all().map((listed) => this.#wholeOf(listed));
  }

  detail(id: number): RequestDetail | null {
    const listed = this.#listed(id);
    if (!listed) return null;
    const record = this.#wholeOf(listed);
    const content = this.#contents.get(id);
    if (!content) {
      const none = { headers: null, request: NOT_KEPT, response: NOT_KEPT };
      return { record, ...none, prints: '', printsDropped: 0, error: null };
    }
    const { headers, bodies, prints, printsDropped, error } = content;
    return { record, headers: shownHeaders(headers), ...bodies.shown(), prints, printsDropped, error };
  }

  requestBody(id: number): Buffer | null {
    return this.#contents.get(id)?.bodies.requestToSend() ?? null;
  }

  clear(): void {
    this.#records.clear();
    this.#contents.clear();
    this.#large.clear();
    this.#bytes = 0;
  }

  #listed(id: number): Listed | undefined {
    return this.#records.all().find((one) => one.about.id === id);
  }

  /** The record of a request; its body is still there, or was read before it was dropped. */
  #wholeOf(listed: Listed): RequestRecord {
    return (listed.whole ??= withBeginning(
      listed.about,
      this.#contents.get(listed.about.id)?.bodies.request ?? null,
      true,
    ));
  }

  #keep(listed: Listed, { request, response, ...content }: RequestContent): void {
    const { id } = listed.about;
    const bodies = new KeptBodies(request, response, content.heads, this.#mostBodyBytes);
    // A large body that takes half of the space would drive out all others.
    if (bodies.largeBytes > this.#mostBytes / 2) bodies.dropLarge();
    const textBytes = textsBytes(content) + factsBytes(listed.about);
    const kept = { ...content, listed, bodies, textBytes };
    this.#contents.set(id, kept);
    if (bodies.largeBytes > 0) this.#large.set(id, kept);
    this.#bytes += bodies.bytes + textBytes;
    this.#makeSpace();
  }

  /** Large bodies go first, because their first rows stay. */
  #makeSpace(): void {
    for (const [id, { bodies }] of this.#large) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#bytes -= bodies.dropLarge();
      this.#large.delete(id);
    }
    for (const [id, content] of this.#contents) {
      if (this.#contents.size <= this.#mostRequests && this.#bytes <= this.#mostBytes) break;
      // Requests that are dropped because of newer ones are in no list any more.
      if (this.#contents.size <= this.#mostRequests) this.#wholeOf(content.listed);
      this.#bytes -= content.bodies.bytes + content.textBytes;
      this.#contents.delete(id);
      this.#large.delete(id);
    }
  }
}

function withBeginning(about: RequestFacts, body: Buffer | null, isDataKept: boolean): RequestRecord {
  const script = about.path === '/evaluate' ? body : null;
  const beginning = isDataKept && script ? scriptBeginning(script) : null;
  return {
    ...about,
    preview: beginning?.preview ?? null,
    telling: beginning?.telling ?? null,
    isPrep: script !== null && isPrepScript(script),
  };
}
