// The store between program and page, with a fake program.

import { describe, expect, it } from 'vitest';
import { CallError } from '../../../src-shared/ipc.ts';
import { bridgeOver } from '../../../src-renderer/bridge/bridge.ts';
import { createFakeBridge } from '../../../src-renderer/bridge/fake-bridge.ts';
import { createStore } from '../../../src-renderer/store/store.ts';
import { firstRun, requestRecord, NOW, STATES } from '../support/scenes.ts';

function storeUnderTest() {
  const fake = createFakeBridge(firstRun());
  const due: (() => void)[] = [];
  const shown: string[] = [];
  const bridge = bridgeOver(fake.bridge);
  const store = createStore({
    bridge,
    onShow: (screen) => void shown.push(screen),
    beforeDrawing: (work) => void due.push(work),
  });
  const drawings = { count: 0 };
  store.subscribe(() => (drawings.count += 1));
  const draw = (): void => {
    for (const work of due.splice(0)) work();
  };
  /** The fake answers in microtasks. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { fake, store, calls: bridge.calls, shown, drawings, draw, settle };
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

  it('shows why a call failed until another one succeeds', async () => {
    const { fake, store, calls, settle } = storeUnderTest();
    await settle();
    fake.answer('start', () => {
      throw new CallError('refused', 'The server is stopping.');
    });
    expect(await store.attempt(calls.start())).toBe(false);
    expect(store.read().failure).toBe('The server is stopping.');
    expect(await store.attempt(calls.stop())).toBe(true);
    expect(store.read().failure).toBeNull();
  });

  it('does not decide what becomes of a call', async () => {
    const { store, calls, settle } = storeUnderTest();
    await settle();
    await store.attempt(calls.stop());
    expect(store.read().page?.service).toEqual(STATES.running);
  });

  it('shows the screen that tray or menu ask for', async () => {
    const { fake, shown } = storeUnderTest();
    fake.emit({ name: 'show', value: 'settings' });
    expect(shown).toEqual(['settings']);
  });

  it('says the same words again when they are announced again', async () => {
    const { store } = storeUnderTest();
    store.announce('Copied');
    const first = store.read().announcement;
    store.announce('Copied');
    expect(store.read().announcement.turn).toBeGreaterThan(first.turn);
  });
});
