// Answers a call from a page, in the window or a browser: checks its name and arguments, and turns its errors into
// replies. Must not know how it travels.

import { argumentsOf, CALL_NAMES, CallError } from './ipc.ts';
import type { CallErrorCode, CallName, Calls, Reply } from './ipc.ts';
import { Refusal } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';

/** The codes of refusals for a page or a command; all others are `refused`. Their messages are for people. */
const CODES: Partial<Record<RefusalCode, CallErrorCode>> = { 'not-here': 'not-here' };

/**
 * @param onFault called with errors that are neither CallError nor Refusal: faults of the program, whose texts a page
 * does not get
 */
export async function replyTo(
  calls: Calls,
  name: unknown,
  values: unknown,
  onFault: (error: unknown) => void,
): Promise<Reply<unknown>> {
  try {
    if (!isCallName(name)) throw new CallError('unknown-call', 'There is no such call.');
    const call = calls[name] as (...values: readonly unknown[]) => Promise<unknown>;
    return { ok: true, answer: await call(...argumentsOf(name, values)) };
  } catch (error) {
    if (error instanceof CallError) return { ok: false, code: error.code, message: error.message };
    if (error instanceof Refusal) return { ok: false, code: CODES[error.code] ?? 'refused', message: error.message };
    onFault(error);
    return { ok: false, code: 'failed', message: 'The program could not do this. The log says why.' };
  }
}

function isCallName(name: unknown): name is CallName {
  return (CALL_NAMES as readonly unknown[]).includes(name);
}
