// What the page knows after the snapshot and each event.

import { describe, expect, it } from 'vitest';
import { afterEvent, MOST_LOG_ENTRIES, MOST_REQUESTS, pageStateOf } from '../../../src-renderer/store/page-state.ts';
import { firstRun, FUNCTIONS, NOW, requestRecord, snapshotWith, STATES } from '../support/scenes.ts';

const empty = pageStateOf({ ...firstRun(), log: [] });
const records = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => requestRecord(first + index, NOW + index));

describe('what the page knows', () => {
  it('begins with what the program told', () => {
    const page = pageStateOf(snapshotWith());
    expect(page.service).toEqual(STATES.running);
    expect(page.tally.requests).toBe(page.requests.length);
  });

  it('follows each event', () => {
    const busy = afterEvent(empty, { name: 'state', value: STATES.busy });
    expect(busy.service).toEqual(STATES.busy);
    expect(afterEvent(empty, { name: 'functions', value: FUNCTIONS }).functions).toBe(FUNCTIONS);
    const notices = [{ id: 'a', level: 'warn', text: 'The settings file was damaged.' }] as const;
    expect(afterEvent(empty, { name: 'notices', value: notices }).notices).toBe(notices);
    const settings = { ...empty.settings, port: 9005 };
    expect(afterEvent(empty, { name: 'settings', value: settings }).settings.port).toBe(9005);
    const program = { ...empty.program, python: '3.14.3' };
    expect(afterEvent(empty, { name: 'program', value: program }).program.python).toBe('3.14.3');
  });

  it('keeps the latest requests and lines of the log, and no more', () => {
    const page = afterEvent(empty, { name: 'requests', value: records(1, MOST_REQUESTS + 20) });
    expect(page.requests).toHaveLength(MOST_REQUESTS);
    expect(page.requests.at(-1)?.id).toBe(MOST_REQUESTS + 20);
    expect(page.tally.requests).toBe(MOST_REQUESTS + 20);
    const value = Array.from({ length: MOST_LOG_ENTRIES + 5 }, (_, index) => ({
      id: index + 1,
      at: NOW,
      level: 'info' as const,
      text: 'GET /info 200',
    }));
    expect(afterEvent(empty, { name: 'log', value }).log).toHaveLength(MOST_LOG_ENTRIES);
  });

  it('takes a request once that one event tells twice, with what became known of it', () => {
    const [first] = records(1, 1);
    const value = [first!, requestRecord(2, NOW + 1), { ...first!, rowsSent: 77 }];
    const page = afterEvent(empty, { name: 'requests', value });
    expect(page.requests.map(({ id }) => id)).toEqual([1, 2]);
    expect(page.requests[0]?.rowsSent).toBe(77);
    expect(page.tally.requests).toBe(2);
  });

  it('takes what it was told twice once', () => {
    const once = afterEvent(empty, { name: 'requests', value: records(1, 5) });
    const twice = afterEvent(once, { name: 'requests', value: records(1, 7) });
    expect(twice.requests.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(twice.tally.requests).toBe(7);
  });

  it('takes requests whose ids begin anew', () => {
    const page = afterEvent(empty, { name: 'requests', value: records(1, 5) });
    const later = afterEvent(page, { name: 'requests', value: [requestRecord(1, NOW + 60_000)] });
    expect(later.requests).toHaveLength(6);
  });

  it('forgets requests that are cleared, but neither the figures nor the ticks', () => {
    const tableau = { askedAt: NOW, calculated: { id: 1, at: NOW, elapsedMs: 3 }, failed: null };
    const told = afterEvent(pageStateOf(snapshotWith()), { name: 'tableau', value: tableau });
    const page = afterEvent(told, { name: 'requestsCleared', value: null });
    expect(page.requests).toEqual([]);
    expect(page.tally.requests).toBeGreaterThan(0);
    expect(page.tableau).toEqual(tableau);
  });
});
