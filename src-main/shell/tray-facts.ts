// The facts that the tray shows, kept up to date by the same events as the page. Pure.

import type { PageEvent, Snapshot } from '../../src-shared/ipc.ts';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import type { TrayFacts } from './tray-menu.ts';

const MOST_ERRORS = 5;
const MOST_CHARACTERS = 80;

export function factsOf({ state, program, functions, requests, settings }: Snapshot): TrayFacts {
  return {
    state,
    python: program.python,
    functions: functions.length,
    requests: requests.length,
    errors: errorsIn(requests),
    openAtLogin: settings.openAtLogin,
    update: { kind: 'off' },
  };
}

/** The facts after an event; the same object when nothing in them changed. */
export function factsAfter(facts: TrayFacts, event: PageEvent): TrayFacts {
  switch (event.name) {
    case 'state':
      return { ...facts, state: event.value };
    case 'program':
      return { ...facts, python: event.value.python };
    case 'functions':
      return { ...facts, functions: event.value.length };
    case 'settings':
      return { ...facts, openAtLogin: event.value.openAtLogin };
    case 'requests':
      return {
        ...facts,
        requests: facts.requests + event.value.length,
        errors: [...errorsIn(event.value), ...facts.errors].slice(0, MOST_ERRORS),
      };
    case 'requestsCleared':
      return { ...facts, requests: 0, errors: [] };
    case 'live':
    case 'figures':
    case 'followed':
    case 'notices':
    case 'log':
    case 'packages':
    case 'show':
      return facts;
  }
}

/** The newest first. Strangers' 4xx requests are not the analyst's errors; a script that timed out (408) is. */
function errorsIn(records: readonly RequestRecord[]): readonly string[] {
  return records
    .filter(({ status }) => status >= 500 || status === 408)
    .slice(-MOST_ERRORS)
    .toReversed()
    .map(lineOf);
}

function lineOf({ startedAt, method, path, status, failure }: RequestRecord): string {
  const time = new Date(startedAt).toTimeString().slice(0, 8);
  // The text is from the network: one line, no longer than a menu is wide.
  const text = `${time} ${method} ${path} ${status}${failure === null ? '' : ` ${failure}`}`.replaceAll(/\s+/g, ' ');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
