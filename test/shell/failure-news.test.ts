// When the user hears of failed requests, and in which words.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import { OWN_CLIENTS } from '../../src-shared/self-test.ts';
import { createFailureNews } from '../../src-main/shell/failure-news.ts';
import { notificationOf } from '../../src-main/shell/failures.ts';
import { NOW, requestRecord } from '../renderer/support/scenes.ts';

const failed = (id: number, more: Partial<RequestRecord> = {}): RequestRecord =>
  requestRecord(id, NOW, { status: 500, failure: 'KeyError: Ana Lopez', ...more });

function newsUnderTest() {
  const told: (readonly [count: number, id: number])[] = [];
  const world = { isOn: true, isSeen: false };
  const news = createFailureNews({
    isOn: () => world.isOn,
    isSeen: () => world.isSeen,
    tell: (count, last) => void told.push([count, last.id]),
  });
  return { news, told, world };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('news of failed requests', () => {
  it('come at once, and those of the next fifteen seconds together', () => {
    const { news, told } = newsUnderTest();
    news.note([failed(1)]);
    for (let id = 2; id <= 40; id += 1) news.note([failed(id)]);
    expect(told).toEqual([[1, 1]]);
    vi.advanceTimersByTime(15_000);
    expect(told).toEqual([
      [1, 1],
      [39, 40],
    ]);
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('come of what Tableau rejects, once although more became known of the request', () => {
    const { news, told } = newsUnderTest();
    const rejected = requestRecord(1, NOW, { verdict: 'rejected', reason: 'The script returned nothing.' });
    news.note([requestRecord(1, NOW)]);
    news.note([rejected]);
    news.note([{ ...rejected, rowsSent: 7 }]);
    vi.advanceTimersByTime(15_000);
    expect(told).toEqual([[1, 1]]);
  });

  it('do not come of what worked, of refused strangers, or of what the window sent again', () => {
    const { news, told } = newsUnderTest();
    news.note([requestRecord(1, NOW), failed(2, { status: 404 }), failed(3, { client: OWN_CLIENTS.replay })]);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('do not come while the user sees the window, or turned them off', () => {
    const { news, told, world } = newsUnderTest();
    world.isSeen = true;
    news.note([failed(1)]);
    world.isSeen = false;
    world.isOn = false;
    news.note([failed(2)]);
    expect(told).toEqual([]);
  });

  it('that wait are dropped when the user opens the window meanwhile', () => {
    const { news, told, world } = newsUnderTest();
    news.note([failed(1)]);
    news.note([failed(2)]);
    world.isSeen = true;
    vi.advanceTimersByTime(15_000);
    expect(told).toEqual([[1, 1]]);
    world.isSeen = false;
    news.note([failed(3)]);
    vi.advanceTimersByTime(15_000);
    expect(told.at(-1)).toEqual([1, 3]);
  });
});

describe('a notification', () => {
  it('says what failed and how many, and nothing that a caller sent', () => {
    expect(notificationOf(1, failed(1))).toEqual({ title: 'A script failed', body: 'Click to see the request.' });
    expect(notificationOf(1, failed(1, { path: '/query/x' })).title).toBe('A function failed');
    expect(notificationOf(1, failed(1, { verdict: 'stopped' })).title).toBe('A script was stopped');
    expect(notificationOf(1, failed(1, { status: 408 }))).toEqual({
      title: 'A script was stopped',
      body: 'It ran until its time-out. Click to see the request.',
    });
    expect(notificationOf(1, requestRecord(1, NOW, { verdict: 'rejected' })).title).toBe('Tableau rejects a result');
    expect(notificationOf(12, failed(1))).toEqual({ title: '12 requests failed', body: 'Click to see them.' });
    for (const count of [1, 2]) expect(JSON.stringify(notificationOf(count, failed(1)))).not.toContain('Lopez');
  });
});
