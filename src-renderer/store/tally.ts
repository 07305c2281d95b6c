// Figures of today from requests: how many, how many failed, how fast. Pure; must not know the clock.

import type { RequestRecord } from '../../src-shared/request-record.ts';
import { dayOf } from '../text/figures.ts';
import { isFailed, needsPython } from './request-facts.ts';

/** Requests of one minute; `minute` counts minutes since 1970. */
export interface Minute {
  readonly minute: number;
  readonly requests: number;
  readonly errors: number;
}

export interface Tally {
  /** Local midnight of the day that is counted. */
  readonly day: number;
  /** When counting began, if earlier requests of the day are no longer kept; null when none are missing. */
  readonly missingBefore: number | null;
  readonly requests: number;
  readonly errors: number;
  readonly last: RequestRecord | null;
  /** Times of the latest scripts and functions, in ms. Others, such as /info, answer at once and would distort them. */
  readonly elapsedMs: readonly number[];
  /** The latest minutes with requests. */
  readonly minutes: readonly Minute[];
}

const MOST_TIMES = 1_000;
const MOST_MINUTES = 60;
export const EMPTY_TALLY: Tally = {
  day: 0,
  missingBefore: null,
  requests: 0,
  errors: 0,
  last: null,
  elapsedMs: [],
  minutes: [],
};

/** The tally after more records; a new day begins at zero. */
export function talliedWith(tally: Tally, records: readonly RequestRecord[]): Tally {
  return records.reduce(withOne, tally);
}

/** The tally of kept records, the oldest first. Earlier ones may be missing; ids start at 1. */
export function tallyOf(records: readonly RequestRecord[]): Tally {
  const [oldest] = records;
  const tally = talliedWith(EMPTY_TALLY, records);
  const isWhole = oldest === undefined || oldest.id <= 1 || dayOf(oldest.startedAt) < tally.day;
  return isWhole ? tally : { ...tally, missingBefore: oldest.startedAt };
}

/** The tally on the day of `now`; empty when its records are of an earlier day. */
export function tallyOn(tally: Tally, now: number): Tally {
  return tally.day === dayOf(now) ? tally : { ...EMPTY_TALLY, last: tally.last };
}

/** The time within which a share of the scripts and functions was answered; null when there were none. */
export function percentile(elapsedMs: readonly number[], share: number): number | null {
  const sorted = elapsedMs.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null;
}

/** One entry for each of the last `length` minutes, the current one last. */
export function latestMinutes(tally: Tally, now: number, length: number): readonly Minute[] {
  const current = Math.floor(now / 60_000);
  return Array.from({ length }, (_, index) => {
    const minute = current - length + 1 + index;
    return tally.minutes.find((one) => one.minute === minute) ?? { minute, requests: 0, errors: 0 };
  });
}

function withOne(tally: Tally, record: RequestRecord): Tally {
  const day = dayOf(record.startedAt);
  if (day < tally.day) return tally;
  const before = day === tally.day ? tally : { ...EMPTY_TALLY, day };
  const errors = isFailed(record) ? 1 : 0;
  return {
    ...before,
    requests: before.requests + 1,
    errors: before.errors + errors,
    last: record,
    elapsedMs: needsPython(record) ? [...before.elapsedMs, record.elapsedMs].slice(-MOST_TIMES) : before.elapsedMs,
    minutes: withMinute(before.minutes, Math.floor(record.startedAt / 60_000), errors),
  };
}

function withMinute(minutes: readonly Minute[], minute: number, errors: number): readonly Minute[] {
  const known = minutes.find((one) => one.minute === minute);
  if (known === undefined) return [...minutes, { minute, requests: 1, errors }].slice(-MOST_MINUTES);
  const grown = { minute, requests: known.requests + 1, errors: known.errors + errors };
  return minutes.map((one) => (one === known ? grown : one));
}
