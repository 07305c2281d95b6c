// News of failed requests for a user who does not see the window: the first at once, the next ones together. Must not
// know how they are shown.

import type { RequestRecord } from '../../src-shared/request-record.ts';
import { isNews } from './failures.ts';
import { createPaced } from './paced.ts';

export interface FailureNews {
  note(records: readonly RequestRecord[]): void;
  stop(): void;
}

export interface FailureNewsDeps {
  /** The setting. */
  readonly isOn: () => boolean;
  /** Whether the user sees the window. */
  readonly isSeen: () => boolean;
  readonly tell: (count: number, last: RequestRecord) => void;
}

// A request is told again when more became known of it.
const MOST_TOLD = 200;
// A refresh of a broken workbook fails dozens of times.
const EVERY_MS = 15_000;

/** Has a timer only for a while after it told something. */
export function createFailureNews({ isOn, isSeen, tell }: FailureNewsDeps): FailureNews {
  let count = 0;
  let last: RequestRecord | null = null;
  let told: readonly number[] = [];
  const paced = createPaced(() => {
    // The user may have opened the window meanwhile.
    if (last !== null && isOn() && !isSeen()) tell(count, last);
    count = 0;
    last = null;
  }, EVERY_MS);
  return {
    note(records) {
      if (!isOn() || isSeen()) return;
      const failed = records.filter((record) => isNews(record) && !told.includes(record.id));
      if (failed.length === 0) return;
      told = [...told, ...failed.map(({ id }) => id)].slice(-MOST_TOLD);
      count += failed.length;
      last = failed.at(-1) ?? last;
      paced.call();
    },
    stop: () => paced.cancel(),
  };
}
