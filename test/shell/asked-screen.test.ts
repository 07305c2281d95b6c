// A screen that the tray asks for.

import { describe, expect, it } from 'vitest';
import type { Calls, Screen } from '../../src-shared/ipc.ts';
import { createAskedScreen } from '../../src-main/shell/asked-screen.ts';

function ready() {
  const shown: Screen[] = [];
  const calls = { snapshot: () => Promise.resolve({}) } as unknown as Calls;
  return { shown, asked: createAskedScreen(calls, (screen) => shown.push(screen)) };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a screen that is asked for', () => {
  it('is shown at once when the page is there', async () => {
    const { asked, shown } = ready();
    await asked.calls.snapshot();
    asked.ask('settings');
    expect(shown).toEqual(['settings']);
  });

  it('waits for the page, and comes after its first snapshot, once', async () => {
    const { asked, shown } = ready();
    asked.ask('settings');
    asked.ask('connect');
    expect(shown).toEqual([]);
    await asked.calls.snapshot();
    expect(shown).toEqual([]);
    await turn();
    expect(shown).toEqual(['connect']);
    await asked.calls.snapshot();
    await turn();
    expect(shown).toEqual(['connect']);
  });

  it('waits again when the page is gone', async () => {
    const { asked, shown } = ready();
    await asked.calls.snapshot();
    asked.forget();
    asked.ask('requests');
    expect(shown).toEqual([]);
    await asked.calls.snapshot();
    await turn();
    expect(shown).toEqual(['requests']);
  });
});
