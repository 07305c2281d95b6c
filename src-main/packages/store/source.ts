// What a place that has wheels must be able to do. Must not know any place.

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
  /** As people know the place. */
  readonly name: string;
  /** Whether it is worth asking for a file here. */
  offers(file: WantedFile): boolean;
  /** Fetches what it can. Rejects with the reason when something could not be fetched; what was accepted stays. */
  fetch(request: FetchRequest): Promise<void>;
}

const REASONS_SHOWN = 3;

export interface EachOptions {
  readonly signal: AbortSignal | null;
  /** Asked after a failure: whether the place is reached at all, so that the rest is worth a try. */
  readonly goesOn: (fetched: number, failed: number) => boolean;
}

/** Fetches one after another; one that fails does not keep the others from being fetched. Rejects with all reasons. */
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

/** Throws all reasons as one, the many cut short; nothing without any. */
export function rejectWith(reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  const more = reasons.length > REASONS_SHOWN ? `; and ${reasons.length - REASONS_SHOWN} more` : '';
  throw new Error(reasons.slice(0, REASONS_SHOWN).join('; ') + more);
}

/** What went wrong. A name with several addresses fails once for each: the first says it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof AggregateError && error.errors.length > 0 ? reasonOf(error.errors[0]) : error.message;
}
