// Words of the Logs screen.

import type { LogLevel } from '../../../src-shared/log-entry.ts';

export const LOG_WORDS = {
  search: 'Search the log',
  searchHint: 'Text',
  level: 'Level',
  levels: { all: 'All', info: 'Info', warn: 'Warnings', error: 'Errors' },
  names: { debug: 'Debug', info: 'Info', warn: 'Warning', error: 'Error' } satisfies Record<LogLevel, string>,
  follow: 'Follow new lines',
  copy: 'Copy lines',
  openFolder: 'Open folder',
  list: 'Log',
  columns: ['Time', 'Level', 'Text'],
  clear: 'Clear',
  undoClear: 'Undo clear',
  clearedTitle: 'The list was cleared',
  cleared: 'New lines appear here. Nothing was deleted from the log.',
  emptyTitle: 'The log is empty',
  nothingFound: 'No line matches the search.',
  detail: 'Log line',
  copyLine: 'Copy line',
  folded: (lines: number) => `▸ ${lines} more lines`,
} as const;
