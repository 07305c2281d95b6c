// Words of the list of requests.

import { plural } from '../../text/figures.ts';

export const REQUEST_WORDS = {
  search: 'Search requests',
  searchHint: 'path:evaluate  status:500  >1s',
  show: 'Show',
  kinds: { all: 'All', errors: 'Errors', slow: 'Slow', scripts: 'Scripts', functions: 'Functions', prep: 'Prep' },
  hideInfo: 'Hide /info checks',
  fold: 'Group by refresh',
  script: 'SCRIPT',
  storm: 'one request for each partition',
  range: (least: string, most: string) => (least === most ? least : `${least.replace(/ .*/, '')}–${most}`),
  refresh: (requests: number, span: string) => `${plural(requests, 'request', 'requests')} of one refresh, in ${span}`,
  calls: 'Requests of this refresh',
  pause: 'Pause',
  resume: 'Resume',
  paused: (count: number) => `Paused · ${count} new`,
  clear: 'Clear',
  list: 'Requests',
  columns: ['Time', 'Method', 'Path', 'Status', 'Took', 'Received', 'Sent', 'From'],
  emptyTitle: 'No requests yet',
  empty: 'A request appears here as soon as Tableau sends one.',
  nothingFound: 'No request matches the search.',
} as const;
