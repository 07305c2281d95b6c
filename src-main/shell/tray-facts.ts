// The facts that the tray shows, kept up to date by the same events as the page. Pure.

import type { PageEvent, Snapshot } from '../../src-shared/ipc.ts';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import { isFailed, menuLineOf } from './failures.ts';
import type { TrayError, TrayFacts } from './tray-menu.ts';

const MOST_ERRORS = 5;

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
        errors: newest([...errorsIn(event.value), ...facts.errors]),
      };
    case 'requestsCleared':
      return { ...facts, requests: 0, errors: [] };
    case 'live':
    case 'settingSources':
    case 'figures':
    case 'followed':
    case 'notices':
    case 'log':
    case 'packages':
    case 'environments':
    case 'tableau':
    case 'show':
      return facts;
  }
}

/** A request is told again when more became known of it. */
function newest(errors: readonly TrayError[]): readonly TrayError[] {
  return errors.filter(({ id }, index) => errors.findIndex((one) => one.id === id) === index).slice(0, MOST_ERRORS);
}

/** The newest first. */
function errorsIn(records: readonly RequestRecord[]): readonly TrayError[] {
  return records
    .filter(isFailed)
    .slice(-MOST_ERRORS)
    .toReversed()
    .map((record) => ({ label: menuLineOf(record), id: record.id }));
}
