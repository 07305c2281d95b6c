// When the next update check is due. Pure.

const DAY_MS = 24 * 3_600_000;
/** Not in the first minute: the start has more urgent work. */
const FIRST_MS = 60_000;

/**
 * How long to wait, in ms; null: never, because the setting is off.
 * @param lastAt time of the last check, ms since 1970; null: never
 */
export function nextLookInMs(isOn: boolean, lastAt: number | null, now: number): number | null {
  if (!isOn) return null;
  // A clock that was set back must not delay the next check for years.
  if (lastAt === null || lastAt > now) return FIRST_MS;
  return Math.max(FIRST_MS, lastAt + DAY_MS - now);
}
