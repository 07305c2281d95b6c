// Words of the versions of a function.

import { plural } from '../../../text/figures.ts';

export const VERSION_WORDS = {
  list: 'Versions',
  columns: ['Version', 'Deployed', 'Python and libraries', ''],
  actions: 'Actions',
  current: 'Current',
  unknown: 'Not recorded',
  compare: 'Compare',
  from: 'Compare version',
  to: 'with version',
  option: (version: number, moment: string) => `${version}, ${moment}`,
  rollBack: 'Roll back',
  rollBackTo: (version: number) => `Roll back to version ${version}`,
  rolledBack: (name: string, from: number, version: number) =>
    `${name} is the same as version ${from} again. This is version ${version}.`,
  remove: (version: number) => `Remove version ${version}`,
  removeTitle: (version: number) => `Remove version ${version}?`,
  removeText: 'You can then no longer roll back to it. The current version stays.',
  removed: (version: number) => `Version ${version} was removed`,
  difference: (from: number, to: number) => `Difference between version ${from} and version ${to}`,
  same: 'Both versions have the same code.',
  changes: (added: number, removed: number) => `${plural(added, 'line', 'lines')} added, ${removed} removed`,
  missing: (version: number) => `The code of version ${version} was not kept.`,
  single: 'There is only one version. You can compare it with the next one.',
  folded: (lines: number) => plural(lines, 'unchanged line', 'unchanged lines'),
  added: 'Added:',
  removedLine: 'Removed:',
} as const;
