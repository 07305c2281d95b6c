// Counts calls, failures and run times of each function since the start. Must not know HTTP or Python.

import type { FunctionFigures } from '../../src-shared/function-detail.ts';

export interface Figures {
  /** Counts calls of one function; `durationsMs` may be fewer than the calls. */
  note(name: string, calls: number, errors: number, durationsMs: readonly number[], at: number): void;
  /** The figures of those names that were called. */
  of(names: Iterable<string>): Readonly<Record<string, FunctionFigures>>;
}

interface Kept {
  calls: number;
  errors: number;
  lastAt: number;
  /** The latest durations, in any order. */
  readonly durationsMs: number[];
  /** The place of the next duration, once the list is full. */
  next: number;
}

/** Functions come and go; the figures of those that were called last are kept. */
const MOST_NAMES = 2_000;
const LATEST = 200;
const PERCENTILE = 0.95;

export function createFigures(): Figures {
  const kept = new Map<string, Kept>();
  let latest = '';
  return {
    note(name, calls, errors, durationsMs, at) {
      const one = kept.get(name) ?? { calls: 0, errors: 0, lastAt: 0, durationsMs: [], next: 0 };
      one.calls += calls;
      one.errors += errors;
      one.lastAt = Math.max(one.lastAt, at);
      for (const duration of durationsMs.slice(-LATEST)) {
        one.durationsMs[one.next] = duration;
        one.next = (one.next + 1) % LATEST;
      }
      if (name === latest) return;
      latest = name;
      // Moves the entry to the end, so that the first entry is always the one that was called longest ago.
      kept.delete(name);
      kept.set(name, one);
      const [oldest] = kept.keys();
      if (kept.size > MOST_NAMES && oldest !== undefined) kept.delete(oldest);
    },
    of: (names) =>
      Object.fromEntries(
        [...names].flatMap((name) => {
          const one = kept.get(name);
          return one ? [[name, shown(one)]] : [];
        }),
      ),
  };
}

function shown({ calls, errors, lastAt, durationsMs }: Kept): FunctionFigures {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  return { calls, errors, lastAt, p95Ms: sorted[Math.ceil(sorted.length * PERCENTILE) - 1] ?? 0 };
}
