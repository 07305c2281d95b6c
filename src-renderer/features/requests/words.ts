// Words of the list of requests.

import type { ShownVerdict } from '../../components/verdict-mark.tsx';
import { count, plural } from '../../text/figures.ts';

export const VERDICT_WORDS = {
  ok: 'OK',
  rejected: 'Tableau rejects it',
  failed: 'Failed',
  stopped: 'Stopped',
  running: 'Running',
  waiting: 'Waiting',
} as const satisfies Record<ShownVerdict, string>;

export const REQUEST_WORDS = {
  search: 'Search requests',
  searchHint: 'text  verdict:rejected  >1s  user:ann',
  show: 'Show',
  kinds: { all: 'All', errors: 'Errors', slow: 'Slow', scripts: 'Scripts', functions: 'Functions', prep: 'Prep' },
  hideInfo: 'Hide /info checks',
  fold: 'Group by refresh',
  script: 'Script',
  storm: 'one request for each partition',
  range: (least: string, most: string) => (least === most ? least : `${least.replace(/ .*/, '')}–${most}`),
  rows: (sent: number | null, back: number | null) => rowsWords(sent, back, count),
  /** For a narrow column; the details have every digit. */
  shortRows: (sent: number | null, back: number | null) => rowsWords(sent, back, shortCount),
  rowsOfRefresh: (rows: { readonly least: number; readonly most: number }) =>
    rows.least === rows.most ? shortCount(rows.least) : `${shortCount(rows.least)}–${shortCount(rows.most)}`,
  refresh: (requests: number, span: string) => `${plural(requests, 'request', 'requests')} of one refresh, in ${span}`,
  calls: 'Requests of this refresh',
  someBad: (bad: number, all: number, verdict: 'rejected' | 'failed' | 'stopped') =>
    `${count(bad)} of ${count(all)} ${verdict}`,
  pause: 'Pause',
  resume: 'Resume',
  paused: (newer: number) => `Paused · ${newer} new`,
  clear: 'Clear',
  clearTitle: (requests: number) => `Clear ${plural(requests, 'request', 'requests')}?`,
  clearText: 'The list and the data of all requests are deleted. They cannot be shown or sent again.',
  clearNow: 'Clear the list',
  clearNot: 'Keep the list',
  list: 'Requests',
  columns: ['Time', 'Verdict', 'What ran', 'Rows', 'Waited', 'Ran', 'From'],
  stop: 'Stop',
  stopOne: (what: string) => `Stop ${what}`,
  waitingFor: (time: string) => `Waits for Python: ${time}`,
  runningFor: (time: string) => `Running: ${time}`,
  liveLead: 'Python has not answered yet. The data and the result appear here as soon as it does.',
  emptyTitle: 'No requests yet',
  empty: 'A request appears here as soon as Tableau sends one.',
  nothingFound: 'No request matches the search.',
  split: {
    border: 'Size of the details',
    beside: 'Show details beside the list',
    below: 'Show details below the list',
  },
} as const;

function rowsWords(sent: number | null, back: number | null, words: (rows: number) => string): string {
  return sent === null && back === null
    ? ''
    : `${sent === null ? '–' : words(sent)} → ${back === null ? '–' : words(back)}`;
}

/** Two of five digits do not fit in a column of a list. */
function shortCount(rows: number): string {
  return rows < LEAST_SHORT ? count(rows) : COMPACT.format(rows);
}

const LEAST_SHORT = 10_000;
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
