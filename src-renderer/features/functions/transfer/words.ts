// Words of exporting and importing functions.

import { plural } from '../../../text/figures.ts';

export const TRANSFER_WORDS = {
  exportTitle: 'Export functions',
  exportLead: 'Saves the chosen functions in a file, as a backup or for another TabPy Tray.',
  exportNow: (count: number) => `Export ${plural(count, 'function', 'functions')}`,
  exported: 'The export was saved',
  importTitle: (file: string) => `Import from ${file}`,
  importLead:
    'Nothing is imported until you choose Import. Import only files from people whom you trust: functions are programs.',
  importNow: (count: number) => `Import ${plural(count, 'function', 'functions')}`,
  imported: (count: number) => `${plural(count, 'function was', 'functions were')} imported`,
  looking: 'Reading the file…',
  isTaken: 'Becomes a new version of the existing function',
  isNew: 'New',
  empty: 'The file holds no functions.',
  all: 'All',
  cancel: 'Cancel',
  functions: 'Functions',
  dropPython: 'Drop a .py file to deploy its functions, or an exported .zip file to import it',
  dropRefused: (file: string) => `${file} cannot be opened here. Choose a .py file or an exported .zip file.`,
  tooLarge: (file: string) => `${file} is too large. A .py file may have 1 MB, an exported .zip file 200 MB.`,
} as const;
