// Filter of requests by a search such as `verdict:rejected path:evaluate >1s text`. Pure; must not know how it is typed.

import type { LiveRequest, RequestRecord } from '../../../src-shared/request-record.ts';
import { isFailed, whatRan } from '../../store/request-facts.ts';

export const REQUEST_KINDS = ['all', 'errors', 'slow', 'scripts', 'functions', 'prep'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export interface RequestFilter {
  readonly kind: RequestKind;
  readonly search: string;
  readonly isInfoHidden: boolean;
}

export const SLOW_MS = 1_000;

/** The requests that match, in their order. */
export function foundRequests(records: readonly RequestRecord[], filter: RequestFilter): readonly RequestRecord[] {
  const conditions = conditionsOf(filter.search);
  return records.filter(
    (record) =>
      isOfKind(record, filter.kind) &&
      !(filter.isInfoHidden && record.path === '/info') &&
      conditions.every((holds) => holds(record)),
  );
}

/** The requests without an answer that match; only their text can be searched. */
export function foundLive(live: readonly LiveRequest[], { kind, search }: RequestFilter): readonly LiveRequest[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return live.filter((one) => {
    if (kind === 'errors' || kind === 'prep') return false;
    if (kind === 'scripts' && one.path !== '/evaluate') return false;
    if (kind === 'functions' && !one.path.startsWith('/query/')) return false;
    const text = [one.method, one.path, one.user, one.client, whatRan(one)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

type Condition = (record: RequestRecord) => boolean;

function isOfKind(record: RequestRecord, kind: RequestKind): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'errors':
      return isFailed(record);
    case 'slow':
      return record.elapsedMs >= SLOW_MS;
    case 'scripts':
      return record.path === '/evaluate';
    case 'functions':
      return record.path.startsWith('/query/');
    case 'prep':
      return record.isPrep;
  }
}

function conditionsOf(search: string): readonly Condition[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean).map(conditionOf);
}

function conditionOf(word: string): Condition {
  const time = /^([<>])(\d+(?:\.\d+)?)(ms|s)?$/.exec(word);
  if (time) {
    const ms = Number(time[2]) * (time[3] === 's' ? 1_000 : 1);
    return time[1] === '>' ? (record) => record.elapsedMs > ms : (record) => record.elapsedMs < ms;
  }
  const [, name, value = ''] = /^(path|status|method|user|client|from|verdict):(.*)$/.exec(word) ?? [];
  switch (name) {
    case 'path':
      return ({ path }) => path.toLowerCase().includes(value);
    case 'status':
      return ({ status }) => String(status).startsWith(value);
    case 'verdict':
      return ({ verdict }) => verdict.startsWith(value);
    case 'method':
      return ({ method }) => method.toLowerCase() === value;
    case 'user':
      return ({ user }) => (user ?? '').toLowerCase().includes(value);
    case 'client':
      return ({ client }) => (client ?? '').toLowerCase().includes(value);
    case 'from':
      return ({ remoteAddress }) => remoteAddress.includes(value);
    default:
      return (record) => textOf(record).includes(word);
  }
}

function textOf(record: RequestRecord): string {
  const { method, path, status, user, client, failure, reason, preview } = record;
  return [method, path, status, user, client, failure, reason, preview, whatRan(record)].join(' ').toLowerCase();
}
