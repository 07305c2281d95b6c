// Checks the functions that a request called from inside, as an interpreter reports them, for what can be true. Pure.
// Threat: a script can report what it likes, and so spoil the figures of other people's functions. It may call any
// function, with bad arguments too. So the report is accepted as far as the script could have done it in its run time,
// and no further.

import type { ReplyMeta } from './messages.ts';

type Asked = NonNullable<ReplyMeta['asked']>;

/** The most that Python itself records of one request (session.py). */
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
