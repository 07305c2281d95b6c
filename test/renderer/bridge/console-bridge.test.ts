import { describe, expect, it } from 'vitest';
import type { PageEvent } from '../../../src-shared/ipc.ts';
import { createConsoleBridge } from '../../../src-renderer/bridge/console-bridge.ts';
import type { ConsoleConnection } from '../../../src-renderer/bridge/console-bridge.ts';

/** A console whose answers and stream a test makes up. */
function bridgeTo(answer: () => Promise<Response>) {
  const stream = Object.assign(new EventTarget(), { close: () => void told.push('closed') });
  const asked: unknown[] = [];
  const told: unknown[] = [];
  const way: ConsoleConnection = {
    fetch(address, init) {
      asked.push([address, init?.method, init?.body]);
      return answer();
    },
    openEvents: () => stream as unknown as EventSource,
    reload: () => void told.push('reload'),
  };
  return { bridge: createConsoleBridge(way), stream, asked, told };
}

describe('the way to the console', () => {
  it('posts a call and brings its reply', async () => {
    const { bridge, asked } = bridgeTo(() => Promise.resolve(Response.json({ ok: true, answer: 3 })));
    expect(await bridge.call('checkPort', [9005])).toEqual({ ok: true, answer: 3 });
    expect(asked).toEqual([['/call/checkPort', 'POST', '[9005]']]);
  });

  it.each([
    ['the program is gone', () => Promise.reject(new TypeError('Failed to fetch')), 'failed'],
    ['the program fails', () => Promise.resolve(new Response('', { status: 500 })), 'failed'],
    ['a call is too large', () => Promise.resolve(new Response('', { status: 413 })), 'refused'],
    ['the browser is not known any more', () => Promise.resolve(new Response('', { status: 401 })), 'foreign-sender'],
  ])('says in words that %s', async (_what, answer, code) => {
    expect(await bridgeTo(answer).bridge.call('start', [])).toMatchObject({ ok: false, code });
  });

  it('hears what happens until it stops listening', () => {
    const { bridge, stream, told } = bridgeTo(() => Promise.reject(new Error('not asked')));
    const heard: PageEvent[] = [];
    const stop = bridge.onEvent((event) => void heard.push(event));
    const event: PageEvent = { name: 'state', value: { kind: 'stopped' } };
    stream.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(event) }));
    expect(heard).toEqual([event]);
    stop();
    expect(told).toEqual(['closed']);
  });

  it('begins anew when the stream was cut, for what happened meanwhile is not known', () => {
    const { bridge, stream, told } = bridgeTo(() => Promise.reject(new Error('not asked')));
    bridge.onEvent(() => undefined);
    stream.dispatchEvent(new Event('open'));
    expect(told).toEqual([]);
    stream.dispatchEvent(new Event('error'));
    stream.dispatchEvent(new Event('open'));
    expect(told).toEqual(['reload']);
  });
});
