// Counts the calls of functions, both over HTTP and from scripts.

import type { RequestFacts } from '../../src-shared/request-record.ts';
import type { Figures } from '../activity/figures.ts';
import type { ReplyMeta } from '../runtime/messages.ts';
import { queriedNameIn } from '../http/path-name.ts';

export interface FunctionCalls {
  /** A finished request. */
  noteRequest(one: RequestFacts): void;
  /** The deployed functions that a script or a function called. */
  noteAsked(asked: NonNullable<ReplyMeta['asked']>): void;
}

export interface CallsDeps {
  readonly figures: Figures;
  /** Names without a deployed function are not counted: callers could fill the memory with made-up names. */
  readonly isFunction: (name: string) => boolean;
  /** Called for each function that was called. */
  readonly onCall: (name: string) => void;
}

const QUERY = '/query/';

export function createFunctionCalls({ figures, isFunction, onCall }: CallsDeps): FunctionCalls {
  const note = (name: string, calls: number, errors: number, durations: readonly number[], at: number): void => {
    if (!isFunction(name)) return;
    figures.note(name, calls, errors, durations, at);
    onCall(name);
  };
  return {
    noteRequest({ path, method, verdict, elapsedMs, startedAt }) {
      if (!path.startsWith(QUERY) || method === 'OPTIONS') return;
      const name = nameOf(path);
      if (name !== null) note(name, 1, verdict === 'ok' ? 0 : 1, [elapsedMs], startedAt);
    },
    noteAsked(asked) {
      for (const [name, { calls, errors, ms }] of Object.entries(asked)) note(name, calls, errors, ms, Date.now());
    },
  };
}

function nameOf(path: string): string | null {
  try {
    return queriedNameIn(path);
  } catch {
    return null;
  }
}
