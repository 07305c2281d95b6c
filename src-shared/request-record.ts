// What the server keeps of a request that came and went: what every list shows, and what is looked at one by one.
// Must not know how it is kept.

/** One request. Times in ms, sizes in bytes. */
export interface RequestRecord {
  readonly id: number;
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** `TabPy-Client` and `TabPy-User`, when they were sent. */
  readonly client: string | null;
  readonly user: string | null;
  readonly remoteAddress: string;
  /** Why it failed, as the caller was told. */
  readonly failure: string | null;
  /** How the script begins, of POST /evaluate, while data is kept. */
  readonly preview: string | null;
  /** Whether Tableau Prep sent it, told by the last lines of its scripts (wire contract). */
  readonly isPrep: boolean;
}

/** What is known of a request without looking into it. */
export type RequestFacts = Omit<RequestRecord, 'preview' | 'isPrep'>;

/** What went wrong in Python; `line` counts as the analyst's script does, from 1. */
export interface RequestError {
  readonly type: string;
  readonly text: string;
  readonly line: number | null;
  readonly traceback: string | null;
  /** The top-level module that it imports in vain; text of a script. */
  readonly missing?: string;
}

/** A body as it is shown: JSON as text; cut and unkept ones say why. */
export type KeptBody =
  | { readonly kind: 'kept'; readonly text: string }
  /** It was larger than what is kept of a body. */
  | { readonly kind: 'too-large' }
  /** Data is not kept (a setting), or newer requests took its place. */
  | { readonly kind: 'not-kept' };

/** One request with all that is known of it. */
export interface RequestDetail {
  readonly record: RequestRecord;
  /** Of the request; credentials are left out. Null when data is not kept. */
  readonly headers: Readonly<Record<string, string>> | null;
  readonly request: KeptBody;
  readonly response: KeptBody;
  /** What the script printed, and how many characters more. */
  readonly prints: string;
  readonly printsDropped: number;
  readonly error: RequestError | null;
}
