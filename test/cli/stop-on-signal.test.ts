// Ctrl-C: once, twice, and once that arrives twice.

import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopOnSignal } from '../../src-main/cli/stop-on-signal.ts';

const started = () => {
  const signals = new EventEmitter();
  const told: string[] = [];
  const clock = { ms: 0 };
  const stopped = stopOnSignal({
    signals: signals as unknown as Pick<NodeJS.Process, 'on'>,
    onFirst: () => Promise.resolve(void told.push('first')),
    onSecond: () => void told.push('second'),
    now: () => clock.ms,
  });
  return { signals, told, clock, stopped };
};

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM'])('%s stops gently, and the server is told when all is stopped', async (name) => {
    const { signals, told, stopped } = started();
    signals.emit(name);
    await stopped;
    expect(told).toEqual(['first']);
  });

  it('that comes again stops at once', () => {
    const { signals, told, clock } = started();
    signals.emit('SIGINT');
    clock.ms = 600;
    signals.emit('SIGINT');
    expect(told).toEqual(['first', 'second']);
  });

  it('that is sent twice at once is one', () => {
    const { signals, told, clock } = started();
    signals.emit('SIGINT');
    clock.ms = 20;
    signals.emit('SIGINT');
    expect(told).toEqual(['first']);
  });
});
