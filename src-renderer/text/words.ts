// Words that several features use. Each feature has its own in its `words.ts`. Words of states and settings are in
// src-shared.

import type { Screen } from '../../src-shared/ipc.ts';

export const WORDS = {
  screens: {
    home: 'Home',
    functions: 'Functions',
    requests: 'Requests',
    logs: 'Logs',
    packages: 'Packages',
    settings: 'Settings',
    connect: 'Connect Tableau',
    about: 'About',
  } satisfies Record<Screen, string>,
  loading: 'Loading…',
  noBridge: 'This page works only in the window of TabPy Tray or in its console. Open it from there.',
  broken: 'This screen cannot be shown',
  brokenMore: 'This is an error in TabPy Tray. The server is not affected, and the other screens still work.',
  reload: 'Reload',
  closeDetails: 'Close details',
  dismiss: 'Dismiss',
  copied: 'Copied',
  saved: 'Saved',
  console: {
    gone: 'TabPy Tray does not answer. If it was stopped, start it again.',
    stranger:
      'TabPy Tray does not know this browser any more. Run tabpy-tray console: it prints a link that opens this page again.',
    tooLarge: 'This is too large to be sent. Choose something smaller.',
  },
} as const;
