// Filter of requests by a search such as `path:evaluate status:500 >1s text`. Pure; must not know how it is typed.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { isFailed } from '../../store/request-facts.ts';

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
  const [, name, value = ''] = /^(path|status|method|user|client|from):(.*)$/.exec(word) ?? [];
  switch (name) {
    case 'path':
      return ({ path }) => path.toLowerCase().includes(value);
    case 'status':
      return ({ status }) => String(status).startsWith(value);
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

function textOf({ method, path, status, user, client, failure, preview }: RequestRecord): string {
  return [method, path, status, user, client, failure, preview].join(' ').toLowerCase();
}
