// Filter of the log: lines of at least one level that hold every word of the search. Pure.

import type { LogEntry, LogLevel } from '../../../src-shared/log-entry.ts';

export const SHOWN_LEVELS = ['all', 'info', 'warn', 'error'] as const;
export type ShownLevel = (typeof SHOWN_LEVELS)[number];

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export function foundEntries(entries: readonly LogEntry[], level: ShownLevel, search: string): readonly LogEntry[] {
  const least = level === 'all' ? 0 : ORDER[level];
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (ORDER[entry.level] < least) return false;
    const text = [entry.text, ...(entry.detail ?? [])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
