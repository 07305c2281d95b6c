// One running Python as the runtime sees it: started, given one request at a time, ended. Must not know whether it is a
// process or a window.

import type { EndReason } from '../../src-shared/end-reason.ts';
import type { ReadyMeta, ReplyMeta, RequestMeta } from './messages.ts';

/** The outcome of one request. */
export type Outcome =
  | { readonly kind: 'answered'; readonly meta: ReplyMeta; readonly payload: Buffer }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export interface InterpreterLimits {
  readonly bootMs: number;
  readonly memoryBytes: number;
  /** The largest answer that is read, in bytes. */
  readonly frameBytes: number;
}

export interface Interpreter {
  readonly pid: number | undefined;
  /** Resolves when it is ready, or when it ended before that. */
  readonly ready: Promise<ReadyMeta | EndReason>;
  readonly ended: Promise<EndReason>;
  readonly isAlive: boolean;
  /** Sends one request; the next may be sent only after the outcome. `deadlineMs` null: no limit. */
  run(meta: RequestMeta, body: Uint8Array, deadlineMs: number | null): Promise<Outcome>;
  /** Its private memory in bytes; 0 where the system does not tell. */
  privateBytes(): Promise<number>;
  /** Ends the process at once. Resolves when it is gone. */
  stop(reason: EndReason): Promise<EndReason>;
}
