// Turns the runtime's answers into HTTP answers, for scripts and for functions. Must not know Koa.

import type { Json } from '../../src-shared/function.ts';
import type { Answer } from '../runtime/answer.ts';
import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Refusal } from '../runtime/lease.ts';
import { HttpRefusal, refusals } from './errors.ts';

/** Bytes ready to be sent as application/json. */
export interface Reply {
  readonly status: number;
  readonly body: Buffer;
  readonly etag: string | null;
}

/** The answer of POST /evaluate. Throws HttpRefusal where Python did not answer. */
export function replyOfScript(answer: Answer, timeoutSeconds: number): Reply {
  return replyOf(answer, (why, reason) =>
    reason?.kind === 'deadline'
      ? new HttpRefusal(408, `User defined script timed out. Timeout is set to ${pythonFloat(timeoutSeconds)} s.`)
      : new HttpRefusal(500, 'Error processing script', why),
  );
}

/** The answer of /query/:name. Throws HttpRefusal where Python did not answer. */
export function replyOfFunction(answer: Answer, name: string): Reply {
  return replyOf(answer, (why) => {
    const info: Json = { uri: name, error: why, type: 'QueryFailed' };
    return new HttpRefusal(500, `Error querying function '${name}'`, info);
  });
}

function replyOf(answer: Answer, failure: (why: string, reason: EndReason | null) => HttpRefusal): Reply {
  switch (answer.kind) {
    case 'answered':
      return { status: answer.meta.status, body: answer.body, etag: answer.meta.etag ?? null };
    case 'change-refused':
      throw failure(answer.why, null);
    case 'ended':
      throw failure(textOfEnd(answer.reason), answer.reason);
    case 'refused':
      throw refusalOf(answer.refusal, failure);
  }
}

function refusalOf(refusal: Refusal, failure: (why: string, reason: EndReason | null) => HttpRefusal): HttpRefusal {
  switch (refusal.kind) {
    case 'caller-left':
      return refusals.callerLeft();
    case 'overloaded':
      return refusals.overloaded(refusal.waiting);
    case 'closed':
      return refusals.stopping();
    case 'no-python':
      return failure(`PythonNotReady : Python did not start (${refusal.why}). The log of the server says more.`, null);
  }
}

function textOfEnd(reason: EndReason): string {
  const { type, text } = wordsOfEnd(reason);
  return `${type} : ${text}`;
}

/** A number as Python prints a float: 30 → "30.0". TabPy's time-out text carries one. */
export function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
