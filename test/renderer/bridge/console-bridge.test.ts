// The page's bridge to the console: what it says of calls, and when it notices that the program is gone.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageEvent } from '../../../src-shared/ipc.ts';
import { createConsoleBridge } from '../../../src-renderer/bridge/console-bridge.ts';
import type { ConsoleConnection } from '../../../src-renderer/bridge/console-bridge.ts';
import type { Link } from '../../../src-renderer/bridge/event-stream.ts';

class FakeStream extends EventTarget {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
  tell(name: string, data = ''): void {
    this.dispatchEvent(Object.assign(new Event(name), { data }));
  }
}

/** A console whose answers and streams a test makes up. */
function bridgeTo(answer: () => Promise<Response> = () => Promise.reject(new Error('not asked'))) {
  const streams: FakeStream[] = [];
  const asked: unknown[] = [];
  const seen = new Set<() => void>();
  const world = { found: 'lost' as Link, isSeen: true, reloads: 0, looks: 0 };
  const way: ConsoleConnection = {
    fetch(address, init) {
      asked.push([address, init?.method, init?.body]);
      return answer();
    },
    openEvents() {
      streams.push(new FakeStream());
      return streams.at(-1) as unknown as EventSource;
    },
    look() {
      world.looks += 1;
      return Promise.resolve(world.found);
    },
    reload: () => void (world.reloads += 1),
    isSeen: () => world.isSeen,
    onSeen(listener) {
      seen.add(listener);
      return () => void seen.delete(listener);
    },
  };
  const bridge = createConsoleBridge(way);
  const links: Link[] = [];
  bridge.onLink((link) => void links.push(link));
  const show = (isSeen: boolean): void => {
    world.isSeen = isSeen;
    if (isSeen) for (const tell of seen) tell();
  };
  return { bridge, streams, asked, world, links, show, stream: () => streams.at(-1)! };
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
    const { bridge, stream } = bridgeTo();
    const heard: PageEvent[] = [];
    const stop = bridge.onEvent((event) => void heard.push(event));
    const event: PageEvent = { name: 'state', value: { kind: 'stopped' } };
    stream().tell('message', JSON.stringify(event));
    expect(heard).toEqual([event]);
    stop();
    expect(stream().isClosed).toBe(true);
  });
});

describe('the link to the console', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is lost at once when the program was killed, and is up again by itself', async () => {
    const { bridge, streams, stream, world, links } = bridgeTo();
    bridge.onEvent(() => undefined);
    stream().tell('program', 'a');
    stream().tell('error');
    await vi.advanceTimersByTimeAsync(0);
    expect(links).toEqual(['lost']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(streams).toHaveLength(1);
    world.found = 'up';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(streams).toHaveLength(2);
    // Not before the new stream speaks.
    expect(links).toEqual(['lost']);
    stream().tell('program', 'a');
    expect(links).toEqual(['lost', 'up']);
    expect(world.reloads).toBe(0);
  });

  it('is lost within three seconds when the program falls silent', async () => {
    const { bridge, stream, links } = bridgeTo();
    bridge.onEvent(() => undefined);
    stream().tell('program', 'a');
    for (let second = 0; second < 10; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      stream().tell('beat');
    }
    expect(links).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(links).toEqual(['lost']);
    expect(stream().isClosed).toBe(true);
  });

  it('says when the program does not know the browser any more, and goes on when it does', async () => {
    const { bridge, stream, world, links } = bridgeTo();
    bridge.onEvent(() => undefined);
    stream().tell('program', 'a');
    world.found = 'stranger';
    stream().tell('error');
    await vi.advanceTimersByTimeAsync(0);
    expect(links).toEqual(['stranger']);
    world.found = 'up';
    await vi.advanceTimersByTimeAsync(1_000);
    // A new link let the browser in again, to the program that was started meanwhile.
    stream().tell('program', 'b');
    expect(world.reloads).toBe(1);
  });

  it('has no timer while nobody can see the page, and looks when somebody can', async () => {
    const { bridge, stream, world, links, show } = bridgeTo();
    bridge.onEvent(() => undefined);
    stream().tell('program', 'a');
    show(false);
    stream().tell('beat');
    expect(vi.getTimerCount()).toBe(0);
    stream().tell('error');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.looks).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
    show(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(world.looks).toBe(2);
    expect(links).toEqual(['lost']);
  });

  it('ends with the last listener', () => {
    const { bridge, stream } = bridgeTo();
    bridge.onEvent(() => undefined)();
    expect(stream().isClosed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
