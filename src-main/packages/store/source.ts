// What a source of wheels must be able to do. Must not know any particular source.

import type { WantedFile } from './package-list.ts';
import type { Progress } from '../progress.ts';

export interface FetchRequest {
  readonly files: readonly WantedFile[];
  /** A folder of this fill alone, on the same disk as the store. */
  readonly workDir: string;
  /** Moves a complete file into the store; rejects, and removes it, when its checksum is not the right one. */
  readonly accept: (file: WantedFile, complete: string) => Promise<void>;
  readonly progress: Progress;
  readonly signal: AbortSignal | null;
}

export interface Source {
  /** The source's name for people. */
  readonly name: string;
  /** Whether this source may have a file. */
  offers(file: WantedFile): boolean;
  /** Fetches what it can. Rejects with the reason when something could not be fetched; accepted files stay. */
  fetch(request: FetchRequest): Promise<void>;
}

const REASONS_SHOWN = 3;

export interface EachOptions {
  readonly signal: AbortSignal | null;
  /** Called after a failure: whether the source can be reached at all, so that the other files are worth a try. */
  readonly goesOn: (fetched: number, failed: number) => boolean;
}

/** Fetches one after another; a failure does not stop the others. Rejects with all reasons. */
export async function fetchEach<T>(
  items: readonly T[],
  { signal, goesOn }: EachOptions,
  fetchOne: (item: T) => Promise<void>,
): Promise<void> {
  const reasons: string[] = [];
  let fetched = 0;
  for (const item of items) {
    if (signal?.aborted || (reasons.length > 0 && !goesOn(fetched, reasons.length))) break;
    try {
      await fetchOne(item);
      fetched += 1;
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  rejectWith(reasons);
}

/** Throws all reasons as one error, shortened; does nothing without any. */
export function rejectWith(reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  const more = reasons.length > REASONS_SHOWN ? `; and ${reasons.length - REASONS_SHOWN} more` : '';
  throw new Error(reasons.slice(0, REASONS_SHOWN).join('; ') + more);
}

/** The error's text. A name with several addresses fails once for each: the first text is used. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof AggregateError && error.errors.length > 0 ? reasonOf(error.errors[0]) : error.message;
}
