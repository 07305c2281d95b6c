// Keeps the two bodies of one request: small ones whole, large ones whole while there is space, and their first rows
// for good. Must not parse them.

import type { KeptBody } from '../../src-shared/request-record.ts';

/** First rows of large bodies, as JSON of the same form. */
export interface Heads {
  readonly request?: string;
  readonly response?: string;
}

export const NOT_KEPT: KeptBody = { kind: 'not-kept' };
const MOSTLY = 0.95;
/** Two bytes a letter. */
const BYTES_OF_LETTER = 2;

export class KeptBodies {
  readonly #mostBytes: number;
  #request: Buffer | null;
  #response: Buffer | null;
  /** A response is never sent again, so only its first rows are kept when it is large. */
  readonly #isResponseLarge: boolean;
  readonly #isRequestLarge: boolean;
  #heads: Heads;

  /** @param mostBytes the size of a small body */
  constructor(request: Buffer | null, response: Buffer | null, heads: Heads | null, mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.#isRequestLarge = this.#isLarge(request);
    this.#isResponseLarge = this.#isLarge(response);
    this.#request = ownBytes(request);
    this.#response = this.#isResponseLarge ? null : ownBytes(response);
    this.#heads = this.#isRequestLarge || this.#isResponseLarge ? (heads ?? {}) : {};
  }

  /** The whole request, while it is kept. */
  get request(): Buffer | null {
    return this.#request;
  }

  get largeBytes(): number {
    return this.#isRequestLarge ? (this.#request?.length ?? 0) : 0;
  }

  get bytes(): number {
    const letters = (this.#heads.request?.length ?? 0) + (this.#heads.response?.length ?? 0);
    return (this.#request?.length ?? 0) + (this.#response?.length ?? 0) + letters * BYTES_OF_LETTER;
  }

  /** Adds first rows that became known later. @returns how many bytes more are kept */
  addHeads(heads: Heads): number {
    const before = this.bytes;
    if (this.#isRequestLarge || this.#isResponseLarge) this.#heads = { ...this.#heads, ...heads };
    return this.bytes - before;
  }

  /** Drops a large request, of which the first rows stay. @returns the bytes that are free now */
  dropLarge(): number {
    const freed = this.largeBytes;
    if (this.#isRequestLarge) this.#request = null;
    return freed;
  }

  /** The whole request, or its first rows. */
  requestToSend(): Buffer | null {
    if (this.#request !== null) return this.#request;
    return this.#heads.request === undefined ? null : Buffer.from(this.#heads.request);
  }

  shown(): { readonly request: KeptBody; readonly response: KeptBody } {
    return {
      request: this.#isRequestLarge
        ? headOf(this.#heads.request, this.#request !== null)
        : { kind: 'kept', text: this.#request?.toString('utf8') ?? '' },
      response: this.#isResponseLarge
        ? headOf(this.#heads.response, false)
        : { kind: 'kept', text: this.#response?.toString('utf8') ?? '' },
    };
  }

  #isLarge(body: Buffer | null): boolean {
    return body !== null && body.length > this.#mostBytes;
  }
}

function headOf(text: string | undefined, isWholeKept: boolean): KeptBody {
  return text === undefined ? { kind: 'too-large' } : { kind: 'head', text, isWholeKept };
}

/**
 * A copy where needed: bytes from a socket are a view of a 64 kB buffer, which a body of ten bytes would keep alive.
 * Bytes that fill nearly all of their buffer are kept as they are.
 */
function ownBytes(body: Buffer | null): Buffer | null {
  if (body === null) return null;
  return body.length >= body.buffer.byteLength * MOSTLY ? body : Buffer.from(body);
}
