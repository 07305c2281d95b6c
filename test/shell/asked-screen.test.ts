// A screen that the tray asks for.

import { describe, expect, it } from 'vitest';
import type { Calls, ShownPlace } from '../../src-shared/ipc.ts';
import { createAskedScreen } from '../../src-main/shell/asked-screen.ts';

function ready() {
  const shown: ShownPlace[] = [];
  const calls = { snapshot: () => Promise.resolve({}) } as unknown as Calls;
  return { shown, asked: createAskedScreen(calls, (place) => shown.push(place)) };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a screen that is asked for', () => {
  it('is shown at once when the page is there', async () => {
    const { asked, shown } = ready();
    await asked.calls.snapshot();
    asked.ask({ screen: 'settings', detail: null });
    expect(shown).toEqual([{ screen: 'settings', detail: null }]);
  });

  it('waits for the page, and comes after its first snapshot, once', async () => {
    const { asked, shown } = ready();
    asked.ask({ screen: 'settings', detail: null });
    asked.ask({ screen: 'connect', detail: null });
    expect(shown).toEqual([]);
    await asked.calls.snapshot();
    expect(shown).toEqual([]);
    await turn();
    expect(shown).toEqual([{ screen: 'connect', detail: null }]);
    await asked.calls.snapshot();
    await turn();
    expect(shown).toEqual([{ screen: 'connect', detail: null }]);
  });

  it('waits again when the page is gone', async () => {
    const { asked, shown } = ready();
    await asked.calls.snapshot();
    asked.forget();
    asked.ask({ screen: 'requests', detail: '7' });
    expect(shown).toEqual([]);
    await asked.calls.snapshot();
    await turn();
    expect(shown).toEqual([{ screen: 'requests', detail: '7' }]);
  });
});
