// When the next look for an update is due. Pure; must not look.

const DAY_MS = 24 * 3_600_000;
/** Not in the first minute: the start has better things to do. */
const FIRST_MS = 60_000;

/**
 * How long to wait, in ms; null: never, for nothing is asked while the setting is off.
 * @param lastAt when it was looked last, ms since 1970; null: never
 */
export function nextLookInMs(isOn: boolean, lastAt: number | null, now: number): number | null {
  if (!isOn) return null;
  // A clock that was set back must not put the next look years ahead.
  if (lastAt === null || lastAt > now) return FIRST_MS;
  return Math.max(FIRST_MS, lastAt + DAY_MS - now);
}
