// What an interpreter says of the functions that a request called from inside, as far as it can be true. Pure.
// Threat: a script can write what it likes there, and so spoil the figures of functions of others. It may call any function,
// with bad arguments too: so it is believed what it could have done in the time that it ran, and nothing beyond.

import type { ReplyMeta } from './messages.ts';

type Asked = NonNullable<ReplyMeta['asked']>;

/** What Python itself notes of one request (session.py). */
const MOST_NAMES = 100;
const MOST_DURATIONS = 200;
/** A call of a function that does nothing takes longer than this inside Python. */
const LEAST_MS = 0.005;
/** Clocks are coarse. */
const FREE_CALLS = 10;
const SLACK_MS = 10;

/** @param ranMs how long the request ran, as the program measured it */
export function plausibleAsked(asked: Asked, ranMs: number): Asked {
  let callsLeft = FREE_CALLS + Math.floor(ranMs / LEAST_MS);
  const believed: [string, Asked[string]][] = [];
  for (const [name, one] of Object.entries(asked).slice(0, MOST_NAMES)) {
    const calls = Math.min(one.calls, callsLeft);
    if (calls === 0) continue;
    callsLeft -= calls;
    const ms = one.ms
      .slice(0, Math.min(MOST_DURATIONS, calls))
      .map((each) => Math.max(0, Math.min(each, ranMs + SLACK_MS)));
    believed.push([name, { calls, errors: Math.min(one.errors, calls), ms }]);
  }
  return Object.fromEntries(believed);
}
