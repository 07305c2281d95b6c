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
    gone: 'TabPy Tray does not answer. Start it again and open the link that it prints.',
    stranger: 'TabPy Tray was started again and does not know this browser any more. Open the new link that it prints.',
    tooLarge: 'This is too large to be sent. Choose something smaller.',
  },
} as const;
