// One running Python as the runtime sees it: started, asked one thing at a time, ended. Must not know what it runs in.

import type { EndReason } from '../../src-shared/end-reason.ts';
import type { ReadyMeta, ReplyMeta, RequestMeta } from './messages.ts';

/** What became of one request. */
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
  /** Asks one thing; the caller must wait for the outcome before it asks again. `deadlineMs` null: no limit. */
  run(meta: RequestMeta, body: Uint8Array, deadlineMs: number | null): Promise<Outcome>;
  /** What it holds that no other process has, in bytes; 0 where the system does not tell. */
  privateBytes(): Promise<number>;
  /** Ends the process at once. Resolves when it is gone. */
  stop(reason: EndReason): Promise<EndReason>;
}
