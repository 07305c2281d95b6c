// Which requests the tray calls failed, and their words in a menu and a notification. Pure; must not know Electron.
// Threat: systems keep notifications, some on the disk. So a notification holds nothing that a caller sent or got.

import type { RequestRecord } from '../../src-shared/request-record.ts';
import { isOwnClient } from '../../src-shared/self-test.ts';

export interface FailureWords {
  readonly title: string;
  readonly body: string;
}

const MOST_CHARACTERS = 80;
const TIMED_OUT = 408;

/** Strangers' 4xx requests are not the analyst's errors; a script that timed out is, and what Tableau rejects. */
export function isFailed({ status, verdict }: RequestRecord): boolean {
  return verdict === 'rejected' || status >= 500 || status === TIMED_OUT;
}

/** Whether the user should hear of it: what the window itself sent again is seen there. */
export function isNews(record: RequestRecord): boolean {
  return isFailed(record) && !isOwnClient(record.client);
}

/** A line of the tray's menu. */
export function menuLineOf({ startedAt, method, path, status, failure, reason }: RequestRecord): string {
  const time = new Date(startedAt).toTimeString().slice(0, 8);
  // The text is from the network: one line, no longer than a menu is wide.
  const text = `${time} ${method} ${path} ${status} ${failure ?? reason ?? ''}`.trim().replaceAll(/\s+/g, ' ');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

/** @param count how many failed, `last` being the newest of them */
export function notificationOf(count: number, last: RequestRecord): FailureWords {
  if (count > 1) return { title: `${count} requests failed`, body: 'Click to see them.' };
  if (last.verdict === 'rejected')
    return { title: 'Tableau rejects a result', body: 'Click to see the request and what to do.' };
  const what = last.path.startsWith('/query/') ? 'A function' : 'A script';
  if (last.status === TIMED_OUT)
    return { title: `${what} was stopped`, body: 'It ran until its time-out. Click to see the request.' };
  return {
    title: `${what} ${last.verdict === 'stopped' ? 'was stopped' : 'failed'}`,
    body: 'Click to see the request.',
  };
}
