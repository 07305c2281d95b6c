// How the tray keeps up with what happens.

import { describe, expect, it } from 'vitest';
import type { PageEvent, Snapshot } from '../../src-shared/ipc.ts';
import { NO_ENVIRONMENTS } from '../../src-shared/environment.ts';
import { NO_PACKAGES } from '../../src-shared/package.ts';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import { NO_PROGRESS } from '../../src-shared/tableau-progress.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import { requestRecordOf } from '../support/request-facts.ts';
import { factsAfter, factsOf } from '../../src-main/shell/tray-facts.ts';

const record = (id: number, status: number, failure: string | null = null): RequestRecord =>
  requestRecordOf({ id, startedAt: new Date(2026, 10, 25, 12, 41, id).getTime(), status, failure });

const SNAPSHOT: Snapshot = {
  program: { version: '0.1.0', python: null, platform: 'linux', surface: 'app', dataDir: '/data' },
  state: { kind: 'stopped' },
  settings: DEFAULT_SETTINGS,
  settingSources: {},
  notices: [],
  functions: [],
  figures: {},
  followed: [],
  live: [],
  requests: [record(1, 200)],
  log: [],
  packages: NO_PACKAGES,
  environments: NO_ENVIRONMENTS,
  tableau: NO_PROGRESS,
};
const START = factsOf(SNAPSHOT);

const after = (...events: readonly PageEvent[]) => events.reduce(factsAfter, START);

describe('what the tray knows', () => {
  it('starts with what the page would be told', () => {
    expect(START).toEqual({
      state: { kind: 'stopped' },
      python: null,
      functions: 0,
      requests: 1,
      errors: [],
      openAtLogin: false,
      update: { kind: 'off' },
    });
  });

  it('follows state, Python and settings', () => {
    const facts = after(
      { name: 'state', value: { kind: 'stopping', requests: 2 } },
      { name: 'program', value: { ...SNAPSHOT.program, python: '3.14.2' } },
      { name: 'settings', value: { ...DEFAULT_SETTINGS, openAtLogin: true } },
    );
    expect(facts).toMatchObject({ state: { kind: 'stopping' }, python: '3.14.2', openAtLogin: true });
  });

  it('counts requests, and begins again when they are cleared', () => {
    const more: PageEvent = { name: 'requests', value: [record(2, 200), record(3, 200)] };
    expect(after(more).requests).toBe(3);
    expect(after(more, { name: 'requestsCleared', value: null }).requests).toBe(0);
  });

  it('keeps the five newest errors of scripts, not the refusals of strangers', () => {
    const records = [record(1, 500, 'TypeError'), record(2, 404, 'Not Found'), record(3, 408, 'timed out')];
    expect(after({ name: 'requests', value: records }).errors).toEqual([
      { id: 3, label: '12:41:03 POST /evaluate 408 timed out' },
      { id: 1, label: '12:41:01 POST /evaluate 500 TypeError' },
    ]);
    const many = [1, 2, 3, 4, 5, 6].map((id) => record(id, 500));
    expect(after({ name: 'requests', value: many }).errors.map(({ label }) => label.slice(0, 8))).toEqual([
      '12:41:06',
      '12:41:05',
      '12:41:04',
      '12:41:03',
      '12:41:02',
    ]);
  });

  it('lists what Tableau rejects, and a request once although more became known of it', () => {
    const rejected = { ...record(2, 200), verdict: 'rejected' as const, reason: 'The script returned nothing.' };
    const facts = after({ name: 'requests', value: [record(2, 200)] }, { name: 'requests', value: [rejected] });
    expect(facts.errors).toEqual([{ id: 2, label: '12:41:02 POST /evaluate 200 The script returned nothing.' }]);
    const more = factsAfter(facts, { name: 'requests', value: [{ ...rejected, rowsSent: 7 }] });
    expect(more.errors).toHaveLength(1);
  });

  it('shows a failure of many lines as one short line', () => {
    const [error] = after({ name: 'requests', value: [record(1, 500, `a\n  b${'c'.repeat(200)}`)] }).errors;
    expect(error?.label).toMatch(/^12:41:01 POST \/evaluate 500 a bc+…$/);
    expect(error?.label).toHaveLength(80);
  });

  it('stays the same object when nothing of it changed', () => {
    expect(factsAfter(START, { name: 'log', value: [] })).toBe(START);
  });
});
