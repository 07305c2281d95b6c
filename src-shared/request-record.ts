// What the server keeps of a finished request: a summary for lists, and details for a single request. Must not know how
// it is kept.

import type { CallFacts, Verdict } from './verdict.ts';

/** One request. Times in ms, sizes in bytes. */
export interface RequestRecord extends CallFacts {
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
  /** What became of it for Tableau. */
  readonly verdict: Verdict;
  /** Why the verdict is not `ok`, in plain words; null when it is, or when nothing more is known. */
  readonly reason: string | null;
  /** The line of the script or function that failed, from 1. */
  readonly line: number | null;
  /** Until Python began with it, and from there to the answer; null when Python never ran it. */
  readonly waitedMs: number | null;
  readonly ranMs: number | null;
  /** The beginning of the script of POST /evaluate, while data is kept. */
  readonly preview: string | null;
  /** The line of the script that tells most about it, while data is kept. */
  readonly telling: string | null;
  /** Whether Tableau Prep sent it, which the last lines of its scripts show (wire contract). */
  readonly isPrep: boolean;
}

/** What is known of a request without parsing it. */
export type RequestFacts = Omit<RequestRecord, 'preview' | 'telling' | 'isPrep'>;

/** A request that is not answered yet. Times in ms since 1970. */
export interface LiveRequest extends Pick<
  RequestRecord,
  'id' | 'startedAt' | 'method' | 'path' | 'user' | 'client' | 'remoteAddress' | 'requestBytes' | 'telling'
> {
  readonly state: 'waiting' | 'running';
  /** When that state began. */
  readonly since: number;
}

/** An error in Python; `line` is a line of the analyst's script, from 1. */
export interface RequestError {
  readonly type: string;
  readonly text: string;
  /** What it comes from and what to do, in plain words, where that is known. */
  readonly cause?: string;
  readonly line: number | null;
  readonly traceback: string | null;
  /** The missing top-level module; text of a script. */
  readonly missing?: string;
}

/** A body as it is shown: JSON as text, or why it is cut or missing. */
export type KeptBody =
  | { readonly kind: 'kept'; readonly text: string }
  /**
   * A large body of which only the first rows are shown: JSON of the same form. `isWholeKept`: the program still has
   * all of it, so it can be sent again.
   */
  | { readonly kind: 'head'; readonly text: string; readonly isWholeKept: boolean }
  /** It was larger than the limit for kept bodies, and its first rows are not known. */
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
