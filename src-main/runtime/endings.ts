// Decides about requests that end without an answer, and about callers who leave. Must not know the pool.

import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Answer } from './answer.ts';
import type { Interpreter } from './interpreter.ts';
import type { Leaving, Refusal, StoppedWaiting } from './lease.ts';

/** The answer of a request that got no interpreter. */
export function withoutLease(why: Refusal | StoppedWaiting): Answer {
  return why.kind === 'stopped' ? { kind: 'ended', reason: why } : { kind: 'refused', refusal: why };
}

/**
 * A script can crash its interpreter, but no script can send this signal: something outside sent it. Nothing that the
 * script did is visible before its answer (deployments come with the answer), so it can run again.
 */
export function isKilledFromOutside(reason: EndReason): boolean {
  return reason.kind === 'exited' && (reason.signal === 'SIGKILL' || reason.signal === 'SIGTERM');
}

/** A function has no deadline while its caller waits; once the caller left, it gets the deadline of scripts. */
export function stopWhenLeft(interpreter: Interpreter, left: Leaving | null, graceMs: number): () => void {
  if (!left) return () => undefined;
  let timer: NodeJS.Timeout | null = null;
  const onLeft = (): void => {
    timer = setTimeout(() => void interpreter.stop({ kind: 'deadline', afterMs: graceMs }), graceMs);
    timer.unref();
  };
  if (left.aborted) onLeft();
  left.addEventListener('abort', onLeft);
  return () => {
    left.removeEventListener('abort', onLeft);
    if (timer) clearTimeout(timer);
  };
}
