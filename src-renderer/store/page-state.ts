// State of the page: the program's snapshot with all later events applied. Pure; must not predict what the program will
// do.

import { assertNever } from '../../src-shared/assert-never.ts';
import type { EnvironmentsState } from '../../src-shared/environment.ts';
import type { DeployedFunction } from '../../src-shared/function.ts';
import type { FollowedFile, FunctionFigures } from '../../src-shared/function-detail.ts';
import type { Notice, PageEvent, ProgramInfo, Snapshot } from '../../src-shared/ipc.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import type { LiveRequest, RequestRecord } from '../../src-shared/request-record.ts';
import type { PackagesState } from '../../src-shared/package.ts';
import type { ServiceState } from '../../src-shared/service-state.ts';
import type { SettingSources } from '../../src-shared/setting-source.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { TableauProgress } from '../../src-shared/tableau-progress.ts';
import { talliedWith, tallyOf } from './tally.ts';
import type { Tally } from './tally.ts';

export interface PageState {
  readonly program: ProgramInfo;
  readonly service: ServiceState;
  readonly settings: Settings;
  readonly settingSources: SettingSources;
  readonly notices: readonly Notice[];
  readonly functions: readonly DeployedFunction[];
  /** For each name, since the server started. */
  readonly figures: Readonly<Record<string, FunctionFigures>>;
  readonly followed: readonly FollowedFile[];
  /** The newest last, as many as the program keeps. */
  readonly requests: readonly RequestRecord[];
  /** Those that run or wait, the oldest first. */
  readonly live: readonly LiveRequest[];
  readonly log: readonly LogEntry[];
  readonly packages: PackagesState;
  readonly environments: EnvironmentsState;
  readonly tally: Tally;
  readonly tableau: TableauProgress;
}

/** As many as the program keeps. */
export const MOST_REQUESTS = 500;
export const MOST_LOG_ENTRIES = 5_000;

export function pageStateOf(snapshot: Snapshot): PageState {
  const { state, requests, log, ...same } = snapshot;
  return {
    ...same,
    service: state,
    requests: requests.slice(-MOST_REQUESTS),
    log: log.slice(-MOST_LOG_ENTRIES),
    tally: tallyOf(requests),
  };
}

export function afterEvent(page: PageState, event: PageEvent): PageState {
  switch (event.name) {
    case 'state':
      return { ...page, service: event.value };
    case 'program':
      return { ...page, program: event.value };
    case 'settings':
      return { ...page, settings: event.value };
    case 'settingSources':
      return { ...page, settingSources: event.value };
    case 'notices':
      return { ...page, notices: event.value };
    case 'functions':
      return { ...page, functions: event.value };
    case 'figures':
      return { ...page, figures: { ...page.figures, ...event.value } };
    case 'followed':
      return { ...page, followed: event.value };
    case 'requests':
      return withRequests(page, event.value);
    case 'live':
      return { ...page, live: event.value };
    case 'requestsCleared':
      return { ...page, requests: [] };
    case 'log':
      return withLog(
        page,
        newOf(page.log, event.value, (entry) => entry.at),
      );
    case 'packages':
      return { ...page, packages: event.value };
    case 'environments':
      return { ...page, environments: event.value };
    case 'tableau':
      return { ...page, tableau: event.value };
    case 'show':
      return page;
    default:
      return assertNever(event);
  }
}

/** An event can repeat what the snapshot already holds. */
function newOf<Item extends { readonly id: number }>(
  known: readonly Item[],
  items: readonly Item[],
  timeOf: (item: Item) => number,
): readonly Item[] {
  return items.filter((item) => !known.some((one) => one.id === item.id && timeOf(one) === timeOf(item)));
}

function withRequests(page: PageState, told: readonly RequestRecord[]): PageState {
  const fresh = newOf(page.requests, told, (record) => record.startedAt);
  const hasKnown = fresh.length < told.length;
  // One event can tell a request twice, when more became known of it at once.
  const records = fresh
    .filter((one, index) => fresh.findIndex((other) => isSame(one, other)) === index)
    .map((record) => newerOf(record, fresh));
  const known = hasKnown ? page.requests.map((record) => newerOf(record, told)) : page.requests;
  if (records.length === 0) return { ...page, requests: known };
  return {
    ...page,
    requests: [...known, ...records].slice(-MOST_REQUESTS),
    tally: talliedWith(page.tally, records),
  };
}

/** The same request, of which more became known. */
function newerOf(record: RequestRecord, told: readonly RequestRecord[]): RequestRecord {
  return told.findLast((one) => isSame(one, record)) ?? record;
}

function isSame(one: RequestRecord, other: RequestRecord): boolean {
  return one.id === other.id && one.startedAt === other.startedAt;
}

function withLog(page: PageState, entries: readonly LogEntry[]): PageState {
  return entries.length === 0 ? page : { ...page, log: [...page.log, ...entries].slice(-MOST_LOG_ENTRIES) };
}
