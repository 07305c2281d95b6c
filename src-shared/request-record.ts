// What the server keeps of a finished request: a summary for lists, and details for a single request. Must not know how
// it is kept.

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
  /** Why it failed, as the caller got it. */
  readonly failure: string | null;
  /** The beginning of the script of POST /evaluate, while data is kept. */
  readonly preview: string | null;
  /** Whether Tableau Prep sent it, which the last lines of its scripts show (wire contract). */
  readonly isPrep: boolean;
}

/** What is known of a request without parsing it. */
export type RequestFacts = Omit<RequestRecord, 'preview' | 'isPrep'>;

/** An error in Python; `line` is a line of the analyst's script, from 1. */
export interface RequestError {
  readonly type: string;
  readonly text: string;
  readonly line: number | null;
  readonly traceback: string | null;
  /** The missing top-level module; text of a script. */
  readonly missing?: string;
}

/** A body as it is shown: JSON as text, or why it is cut or missing. */
export type KeptBody =
  | { readonly kind: 'kept'; readonly text: string }
  /** It was larger than the limit for kept bodies. */
  | { readonly kind: 'too-large' }
  /** Data is not kept (a setting), or newer requests replaced it. */
  | { readonly kind: 'not-kept' };

/** One request with all its details. */
export interface RequestDetail {
  readonly record: RequestRecord;
  /** The request's headers without credentials. Null when data is not kept. */
  readonly headers: Readonly<Record<string, string>> | null;
  readonly request: KeptBody;
  readonly response: KeptBody;
  /** What the script printed, and how many characters were cut. */
  readonly prints: string;
  readonly printsDropped: number;
  readonly error: RequestError | null;
}
