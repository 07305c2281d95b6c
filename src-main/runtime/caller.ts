// Who sends a request, as the runtime needs to know it. Must not know HTTP.

import type { Interpreter } from './interpreter.ts';
import type { Leaving } from './lease.ts';

/** The caller: requests of one caller may see each other's Python state. */
export interface Caller {
  readonly key: string;
  /** The signed-in user, or the address: callers of one party share its limits. */
  readonly party: string;
  /** In words, for the record of a deployment. */
  readonly name: string;
  /** Aborted when the caller hung up. */
  readonly left: Leaving | null;
  /** Told when Python begins with the caller's request. */
  readonly watch?: RunWatch;
}

/** Follows one request. */
export interface RunWatch {
  /** Python begins with it, perhaps once more after another program ended Python. */
  began(interpreter: Pick<Interpreter, 'stop'>): void;
}
