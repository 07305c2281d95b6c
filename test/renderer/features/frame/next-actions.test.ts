// What can be done next in each state (product.md, Server states).

import { describe, expect, it } from 'vitest';
import { actionsFor, toneOf } from '../../../../src-renderer/features/frame/next-actions.ts';
import { STATES } from '../../support/scenes.ts';

describe('the next actions', () => {
  it.each([
    ['stopped', ['start']],
    ['starting', ['cancel']],
    ['running', ['stop']],
    ['busy', ['stop-script', 'stop']],
    ['degraded', ['see-request', 'stop']],
    ['port-conflict', ['use-port', 'try-again']],
    ['port-reserved', ['use-port', 'free-port-help', 'try-again']],
    ['listen-failed', ['try-again', 'change-port']],
    ['python-failed', ['restart-python', 'see-log', 'stop']],
    ['stopping', ['stop-now']],
  ] as const)('of %s are %j', (kind, actions) => {
    expect(actionsFor(STATES[kind]).map((action) => action.kind)).toEqual(actions);
  });

  it('stop scripts in every state in which some run, all of them with one click', () => {
    const degraded = { ...STATES.degraded, scripts: 1, waiting: 0 };
    expect(actionsFor(degraded)).toEqual([
      { kind: 'stop-script', isSeveral: false },
      { kind: 'see-request' },
      { kind: 'stop' },
    ]);
    expect(actionsFor(STATES.busy)[0]).toEqual({ kind: 'stop-script', isSeveral: true });
  });

  it('lead to the settings when no free port is known', () => {
    expect(actionsFor({ ...STATES['port-conflict'], freePort: null })[0]).toEqual({ kind: 'change-port' });
  });

  it('come with a colour that tells trouble from work', () => {
    expect(toneOf(STATES.running)).toBe('good');
    expect(toneOf(STATES.degraded)).toBe('warn');
    expect(toneOf(STATES['python-failed'])).toBe('bad');
  });
});
