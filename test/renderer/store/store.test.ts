// The store between program and page, with a fake program.

import { describe, expect, it } from 'vitest';
import { CallError } from '../../../src-shared/ipc.ts';
import type { Screen, ShownPlace } from '../../../src-shared/ipc.ts';
import { bridgeOver } from '../../../src-renderer/bridge/bridge.ts';
import type { PageBridge } from '../../../src-renderer/bridge/bridge.ts';
import type { Link } from '../../../src-renderer/bridge/event-stream.ts';
import { createFakeBridge } from '../../../src-renderer/bridge/fake-bridge.ts';
import { createStore } from '../../../src-renderer/store/store.ts';
import { firstRun, requestRecord, NOW, STATES } from '../support/scenes.ts';

function storeUnderTest() {
  const fake = createFakeBridge(firstRun());
  const due: (() => void)[] = [];
  const shown: ShownPlace[] = [];
  const links = new Set<(link: Link) => void>();
  const bridge: PageBridge = {
    ...bridgeOver(fake.bridge),
    onLink(listener) {
      links.add(listener);
      return () => void links.delete(listener);
    },
  };
  const at = { screen: 'home' as Screen };
  const store = createStore({
    bridge,
    screen: () => at.screen,
    onShow: (place) => void shown.push(place),
    beforeDrawing: (work) => void due.push(work),
  });
  const drawings = { count: 0 };
  store.subscribe(() => (drawings.count += 1));
  const draw = (): void => {
    for (const work of due.splice(0)) work();
  };
  /** The fake answers in microtasks. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const link = (state: Link): void => {
    for (const tell of links) tell(state);
  };
  return { fake, store, calls: bridge.calls, shown, drawings, draw, settle, at, link };
}

describe('the store', () => {
  it('loses nothing that happens while the snapshot is on its way', async () => {
    const { fake, store, settle } = storeUnderTest();
    fake.emit({ name: 'state', value: STATES.busy });
    fake.emit({ name: 'requests', value: [requestRecord(1, NOW)] });
    expect(store.read().page).toBeNull();
    await settle();
    expect(store.read().page).toMatchObject({ service: STATES.busy, requests: [{ id: 1 }] });
  });

  it('draws once for all that happens before the next drawing', async () => {
    const { fake, drawings, draw, settle } = storeUnderTest();
    await settle();
    draw();
    drawings.count = 0;
    for (let id = 1; id <= 50; id += 1) fake.emit({ name: 'requests', value: [requestRecord(id, NOW)] });
    expect(drawings.count).toBe(0);
    draw();
    expect(drawings.count).toBe(1);
  });

  it('shows why an action of a screen failed on that screen, until an action there succeeds', async () => {
    const { fake, store, calls, settle, at } = storeUnderTest();
    await settle();
    fake.answer('start', () => {
      throw new CallError('refused', 'The server is stopping.');
    });
    expect(await store.attempt(calls.start())).toBe(false);
    expect(store.read().failures).toEqual({ home: 'The server is stopping.' });
    at.screen = 'logs';
    expect(await store.attempt(calls.stop())).toBe(true);
    expect(store.read().failures).toEqual({ home: 'The server is stopping.' });
    at.screen = 'home';
    expect(await store.attempt(calls.stop())).toBe(true);
    expect(store.read().failures).toEqual({});
  });

  it('keeps a failure although the page looked something up meanwhile', async () => {
    const { fake, store, calls, settle } = storeUnderTest();
    await settle();
    fake.answer('start', () => {
      throw new CallError('refused', 'The server is stopping.');
    });
    await store.attempt(calls.start());
    expect(await store.look(calls.requestDetail(1))).toBe(true);
    expect(store.read().failures).toEqual({ home: 'The server is stopping.' });
  });

  it('keeps a failure for the screen that began the action, and forgets it when the screen is left', async () => {
    const { fake, store, calls, settle, at } = storeUnderTest();
    await settle();
    fake.answer('deployModels', () => {
      throw new CallError('refused', 'Python is not ready.');
    });
    at.screen = 'functions';
    const attempt = store.attempt(calls.deployModels());
    at.screen = 'home';
    expect(await attempt).toBe(false);
    expect(store.read().failures).toEqual({ functions: 'Python is not ready.' });
    store.dismissFailure('functions');
    expect(store.read().failures).toEqual({});
  });

  it('learns again what the program has when the link is back, and loses nothing that comes meanwhile', async () => {
    const { fake, store, settle, link } = storeUnderTest();
    await settle();
    link('lost');
    expect(store.read()).toMatchObject({ link: 'lost', page: { requests: [] } });
    fake.answer('snapshot', () => ({ ...firstRun(STATES.stopped), requests: [requestRecord(1, NOW)] }));
    link('up');
    fake.emit({ name: 'requests', value: [requestRecord(1, NOW), requestRecord(2, NOW)] });
    await settle();
    expect(store.read()).toMatchObject({ link: 'up', page: { service: STATES.stopped } });
    expect(store.read().page?.requests.map(({ id }) => id)).toEqual([1, 2]);
    expect(store.read().page?.tally.requests).toBe(2);
  });

  it('does not decide what becomes of a call', async () => {
    const { store, calls, settle } = storeUnderTest();
    await settle();
    await store.attempt(calls.stop());
    expect(store.read().page?.service).toEqual(STATES.running);
  });

  it('shows the screen that tray or menu ask for', async () => {
    const { fake, shown } = storeUnderTest();
    fake.emit({ name: 'show', value: { screen: 'requests', detail: '7' } });
    expect(shown).toEqual([{ screen: 'requests', detail: '7' }]);
  });

  it('says the same words again when they are announced again', async () => {
    const { store } = storeUnderTest();
    store.announce('Copied');
    const first = store.read().announcement;
    store.announce('Copied');
    expect(store.read().announcement.turn).toBeGreaterThan(first.turn);
  });
});
