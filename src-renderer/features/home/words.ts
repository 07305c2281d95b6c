// Words of the Home screen.

import { plural } from '../../text/figures.ts';

export const HOME_WORDS = {
  server: 'Server',
  port: 'Port',
  change: 'Change…',
  stopServer: 'Stop server',
  startServer: 'Start server',
  access: 'Access',
  accessBy: (protocol: string, isSignedIn: boolean) => `${protocol}, ${isSignedIn ? 'sign-in' : 'no sign-in'}`,
  listens: 'Listening on',
  since: 'Running since',
  sinceFor: (moment: string, span: string) => `${moment} (${span})`,
  notListening: 'Not listening',
  today: 'Today',
  missingBefore: (moment: string) => `Counted since ${moment}. Earlier requests are no longer kept.`,
  requests: 'Requests',
  errors: 'Errors',
  p95: '95 % within',
  p95Help: '95 of 100 scripts and function calls were answered within this time.',
  last: 'Last request',
  sparkline: (requests: number, errors: number) =>
    `${plural(requests, 'request', 'requests')} in the last hour, ${errors} failed`,
  sparklineFrom: '60 min ago',
  sparklineTo: 'Now',
  functions: 'Functions',
  ready: (count: number) => `${count} ready`,
  failed: (count: number) => `${count} failed`,
  loading: (count: number) => `${count} loading`,
  noFunctions: 'No functions are deployed yet.',
  showAll: 'Show all',
  notices: 'Notices',
  attention: 'Needs your attention',
  functionFailed: (name: string) => `The function ${name} could not be loaded.`,
  showRequest: 'Show request',
  showFunction: 'Show function',
  findings: {
    failed: (times: number) => (times === 1 ? 'A calculation failed:' : `A calculation failed ${times} times:`),
    rejected: (times: number) =>
      times === 1
        ? 'Tableau rejects the result of a calculation:'
        : `Tableau rejects the result of a calculation, ${times} times:`,
    stopped: (times: number) =>
      times === 1 ? 'A calculation was stopped:' : `A calculation was stopped ${times} times:`,
    hint: () => 'A calculation receives only empty values:',
    storm: () => 'A calculation sends too many requests:',
  },
  moreFindings: (more: number) => `${plural(more, 'more calculation needs', 'more calculations need')} attention`,
  moreFunctions: (more: number) => `${plural(more, 'more function', 'more functions')} could not be loaded`,
  restartPython: 'Restart Python',
} as const;
