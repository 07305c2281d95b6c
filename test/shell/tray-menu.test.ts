// The tray's menu for each state of the server, as a user reads it.

import { describe, expect, it } from 'vitest';
import { menuFor, tooltipFor } from '../../src-main/shell/tray-menu.ts';
import type { TrayEntry, TrayFacts } from '../../src-main/shell/tray-menu.ts';
import type { ServiceState } from '../../src-shared/service-state.ts';

const address = { protocol: 'http' as const, hosts: ['127.0.0.1', '::1'], port: 9004, since: 0 };
const RUNNING: ServiceState = { kind: 'running', address };
const FACTS: TrayFacts = {
  state: RUNNING,
  python: '3.14.2',
  functions: 4,
  requests: 128,
  errors: [],
  openAtLogin: true,
  update: { kind: 'off' },
};

const labels = (state: ServiceState): string[] => menuFor({ ...FACTS, state }).map(asText);

function asText(entry: TrayEntry): string {
  switch (entry.kind) {
    case 'line':
      return '—';
    case 'text':
      return `(${entry.label})`;
    case 'check':
      return `${entry.label} ${entry.isOn ? '✓' : '✗'}`;
    case 'menu':
      return `${entry.label} ▸ ${entry.entries.map(asText).join(', ')}`;
    case 'command':
      return entry.label;
  }
}

const SERVER_PART: readonly (readonly [ServiceState, string, readonly string[]])[] = [
  [{ kind: 'stopped' }, '(○ Stopped)', ['Start server']],
  [
    { kind: 'starting', address: null, since: 0, step: { text: 'Starting Python…', fraction: null } },
    '(◌ Starting Python…)',
    ['Stop server', 'Restart Python'],
  ],
  [RUNNING, '(● Running on localhost:9004)', ['Copy address', 'Stop server', 'Restart Python']],
  [
    { kind: 'busy', address, scripts: 1, waiting: 3 },
    '(● Running · 1 script, 3 waiting)',
    ['Copy address', 'Stop server', 'Restart Python', 'Stop all scripts'],
  ],
  [
    { kind: 'busy', address, scripts: 1, waiting: 0 },
    '(● Running · 1 script)',
    ['Copy address', 'Stop server', 'Restart Python', 'Stop running script'],
  ],
  [
    { kind: 'degraded', address, why: 'script stopped after 30 s', scripts: 1, waiting: 0 },
    '(◐ Running · Python restarting (script stopped after 30 s))',
    ['Copy address', 'Stop server', 'Restart Python', 'Stop running script'],
  ],
  [
    { kind: 'degraded', address, why: 'script stopped after 30 s', scripts: 0, waiting: 0 },
    '(◐ Running · Python restarting (script stopped after 30 s))',
    ['Copy address', 'Stop server', 'Restart Python'],
  ],
  [
    {
      kind: 'port-conflict',
      port: 9004,
      holder: { pid: 8124, name: 'python.exe' },
      answersLike: 'TabPy 2.16.0',
      freePort: 9005,
    },
    '(▲ Port 9004 is taken by python.exe)',
    ['Use port 9005', 'Try again'],
  ],
  [{ kind: 'port-reserved', port: 9004, freePort: null }, '(▲ The system has reserved port 9004)', ['Try again']],
  [{ kind: 'listen-failed', port: 9004, why: 'no such address' }, '(▲ Cannot listen on port 9004)', ['Try again']],
  [
    { kind: 'python-failed', address, why: 'out of memory' },
    '(▲ Python did not start)',
    ['Copy address', 'Stop server', 'Restart Python'],
  ],
  [{ kind: 'stopping', requests: 1 }, '(◌ Finishing 1 request…)', ['Stop now']],
];

describe('the tray menu', () => {
  it('reads as product.md has it while the server runs', () => {
    expect(labels(RUNNING)).toEqual([
      '(● Running on localhost:9004)',
      '(Python 3.14 · 4 functions · 128 requests)',
      '—',
      'Open TabPy Tray',
      'Copy address',
      '—',
      'Stop server',
      'Restart Python',
      '—',
      'Recent errors ▸ (None)',
      'Connect Tableau…',
      'Start at login ✓',
      'Settings…',
      '—',
      'Quit',
    ]);
  });

  const serverWords =
    /^(?:Copy address|Start server|Stop server|Stop now|Restart Python|Stop running script|Stop all scripts|Try again|Use port \d+)$/;

  it.each(SERVER_PART)('offers the next action when the state is %j', (state, title, commands) => {
    const all = labels(state);
    expect(all[0]).toBe(title);
    expect(all.filter((label) => serverWords.test(label))).toEqual(commands);
  });

  it('says the number of one in the singular, and nothing of a Python that was never there', () => {
    const entries = menuFor({ ...FACTS, python: null, functions: 1, requests: 1 });
    expect(entries[1]).toEqual({ kind: 'text', label: '1 function · 1 request' });
  });

  it('lists recent errors, each of which opens that very request', () => {
    const entries = menuFor({ ...FACTS, errors: [{ label: '12:41:02 POST /evaluate 500 TypeError', id: 17 }] });
    expect(entries).toContainEqual({
      kind: 'menu',
      label: 'Recent errors',
      entries: [
        {
          kind: 'command',
          label: '12:41:02 POST /evaluate 500 TypeError',
          command: { kind: 'show', screen: 'requests', detail: '17' },
        },
      ],
    });
  });

  it('asks for the opposite when "Start at login" is clicked', () => {
    const entry = menuFor(FACTS).find((one) => one.kind === 'check');
    expect(entry).toMatchObject({ isOn: true, command: { kind: 'toggle-open-at-login' } });
  });

  it('has a tooltip that says the state', () => {
    expect(tooltipFor(RUNNING)).toBe('TabPy Tray: Running on localhost:9004');
  });

  it.each<[TrayFacts['update'], string | null]>([
    [{ kind: 'off' }, null],
    [{ kind: 'current' }, null],
    [{ kind: 'available', version: '0.2.0' }, 'Get version 0.2.0'],
    [{ kind: 'fetching', version: '0.2.0', fraction: 0.417 }, '(Getting version 0.2.0… 41 %)'],
    [{ kind: 'ready', version: '0.2.0' }, 'Restart with version 0.2.0'],
  ])('has an entry for an update that needs a word: %j', (update, label) => {
    const without = new Set(menuFor(FACTS).map(asText));
    const news = menuFor({ ...FACTS, update })
      .map(asText)
      .filter((one) => !without.has(one));
    expect(news).toEqual(label === null ? [] : [label]);
  });
});
