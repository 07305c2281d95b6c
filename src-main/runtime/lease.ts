// What the pool lends, to whom, and why it refuses. Must not know how interpreters are found.

import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Interpreter } from './interpreter.ts';
import type { Binding } from './pool-rules.ts';

/** The part of an AbortSignal that the pool needs. */
export interface Leaving {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A caller who needs an interpreter. */
export interface Asking {
  readonly binding: Binding;
  /**
   * A signed-in user, or the address that callers share: interpreters and waiting places are divided among parties
   * first.
   */
  readonly party: string;
  /** Its requests have no deadline, so it must leave interpreters for those that have one. */
  readonly isEndless?: boolean;
}

/** The revisions of an interpreter's copies; -1: it has no copy yet. */
export interface Known {
  functions: number;
  files: number;
  /** SHA-256 of the pickles that the interpreter deployed itself since it was last brought up to date, by name. */
  readonly own: Map<string, string>;
}

/** An interpreter on loan. */
export interface Lease {
  readonly interpreter: Interpreter;
  readonly known: Known;
  /** Gives it back. Must be called exactly once. */
  release(): void;
}

/** Why no interpreter could be lent. */
export type Refusal =
  | { readonly kind: 'caller-left' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'overloaded'; readonly waiting: number }
  | { readonly kind: 'no-python'; readonly why: string };

/** A waiting request that a user stopped before it ran. */
export type StoppedWaiting = Extract<EndReason, { readonly kind: 'stopped' }>;

export interface PoolCounts {
  readonly starting: number;
  readonly idle: number;
  readonly busy: number;
  readonly waiting: number;
  /** Interpreters started since the pool was made. */
  readonly started: number;
  /** When the request that runs longest began, in the time of performance.now(); null when none runs. */
  readonly busySince: number | null;
}
