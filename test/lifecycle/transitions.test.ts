import { describe, expect, it } from 'vitest';
import type { Address } from '../../src-shared/service-state.ts';
import { explanationOf, shapeOf, titleOf } from '../../src-shared/state-words.ts';
import { stateOf } from '../../src-main/lifecycle/transitions.ts';
import type { Facts } from '../../src-main/lifecycle/transitions.ts';

const address: Address = { protocol: 'http', hosts: ['127.0.0.1', '::1'], port: 9004, since: 5 };
const facts = (more: Partial<Facts> = {}): Facts => ({
  isWanted: true,
  isStopping: false,
  listening: { kind: 'open', address },
  python: { kind: 'ready' },
  load: { running: 0, waiting: 0, isLong: false },
  fault: null,
  broken: null,
  ...more,
});
const conflict = {
  kind: 'conflict',
  port: 9004,
  holder: { pid: 8124, name: 'python.exe' },
  answersLike: 'TabPy 2.16.0',
  freePort: 9005,
} as const;

describe('the state of the server', () => {
  it.each<[string, Partial<Facts>, string, string, string]>([
    ['nobody wants it', { isWanted: false, listening: { kind: 'closed' } }, 'stopped', 'outline', 'Stopped'],
    [
      'Python boots',
      { python: { kind: 'coming', since: 7, step: { text: 'Starting Python…', fraction: null } } },
      'starting',
      'outline-dot',
      'Starting Python…',
    ],
    ['all is there', {}, 'running', 'solid', 'Running on localhost:9004'],
    [
      'short scripts run',
      { load: { running: 2, waiting: 1, isLong: false } },
      'running',
      'solid',
      'Running on localhost:9004',
    ],
    [
      'a script takes long',
      { load: { running: 1, waiting: 3, isLong: true } },
      'busy',
      'solid-dot',
      'Running · 1 script, 3 waiting',
    ],
    [
      'an interpreter was lost',
      { broken: 'script stopped after 30 s' },
      'degraded',
      'solid-dot',
      'Running · Python restarting (script stopped after 30 s)',
    ],
    [
      'an interpreter was lost and another script takes long',
      { broken: 'script stopped after 30 s', load: { running: 1, waiting: 0, isLong: true } },
      'degraded',
      'solid-dot',
      'Running · Python restarting (script stopped after 30 s)',
    ],
    ['the port is taken', { listening: conflict }, 'port-conflict', 'alert', 'Port 9004 is taken by python.exe'],
    [
      'the port is reserved',
      { listening: { kind: 'reserved', port: 80, freePort: 81 } },
      'port-reserved',
      'alert',
      'The system has reserved port 80',
    ],
    ['Python gave up', { fault: 'ended with exit code 75' }, 'python-failed', 'alert', 'Python did not start'],
    [
      'Python cannot be prepared',
      { python: { kind: 'failed', why: 'no packages' } },
      'python-failed',
      'alert',
      'Python did not start',
    ],
    [
      'it finishes requests',
      { isStopping: true, isWanted: false, load: { running: 1, waiting: 0, isLong: true } },
      'stopping',
      'outline-dot',
      'Finishing 1 request…',
    ],
  ])('when %s', (_when, more, kind, shape, title) => {
    const state = stateOf(facts(more));
    expect([state.kind, shapeOf(state), titleOf(state)]).toEqual([kind, shape, title]);
  });

  it('of a taken port names the holder, what answers there and what to do', () => {
    expect(explanationOf(stateOf(facts({ listening: conflict })))).toBe(
      'Port 9004 is in use by python.exe (PID 8124). It seems to be TabPy 2.16.0. Choose another port or stop that program.',
    );
  });

  it('shows no trouble of Python while the port is what is wrong', () => {
    expect(stateOf(facts({ listening: conflict, fault: 'x' })).kind).toBe('port-conflict');
  });
});
