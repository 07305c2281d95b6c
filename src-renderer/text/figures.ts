// Text of times, sizes and counts. Pure; must not know what they measure.

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const TIME_WITH_SECONDS = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const COUNT = new Intl.NumberFormat('en-GB');

/** `12:33:28`, local time, of ms since 1970. */
export function timeOfDay(at: number): string {
  return TIME_WITH_SECONDS.format(at);
}

/** `12:33` on the day of `now`, else `3 Nov 2026, 12:33`. */
export function moment(at: number, now: number): string {
  return dayOf(at) === dayOf(now) ? TIME.format(at) : `${DAY.format(at)}, ${TIME.format(at)}`;
}

/** `12:33` on the day of `now`, else `3 Nov 2026`. */
export function shortMoment(at: number, now: number): string {
  return dayOf(at) === dayOf(now) ? TIME.format(at) : DAY.format(at);
}

/** The local midnight at which the day of a moment began. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** A span, rounded down: `less than a minute`, `12 min`, `2 h 14 min`, `3 days`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** A duration: `0.4 ms`, `12 ms`, `1.4 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `0 B`, `812 B`, `1.2 kB`, `3.4 MB`; steps of 1,000, as file managers count. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_950) return `${scaled(bytes / 1_000)} kB`;
  if (bytes < 999_950_000) return `${scaled(bytes / 1_000_000)} MB`;
  return `${scaled(bytes / 1_000_000_000)} GB`;
}

function scaled(value: number): string {
  return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

/** `1,234`. */
export function count(value: number): string {
  return COUNT.format(value);
}

/** `1 request`, `2 requests`. */
export function plural(value: number, one: string, many: string): string {
  return `${value} ${value === 1 ? one : many}`;
}
