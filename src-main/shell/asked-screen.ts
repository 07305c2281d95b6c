// A screen that the tray asks for while the page is not there yet: kept until the page has what it needs to show it.
// Must not know windows.

import type { Calls, Screen } from '../../src-shared/ipc.ts';

export interface AskedScreen {
  /** The calls for the page; its `snapshot` brings a waiting screen along. */
  readonly calls: Calls;
  ask(screen: Screen): void;
  /** The page is gone: what is asked from now on waits for the next one. */
  forget(): void;
}

export function createAskedScreen(calls: Calls, show: (screen: Screen) => void): AskedScreen {
  let isThere = false;
  let waiting: Screen | null = null;
  return {
    calls: {
      ...calls,
      async snapshot() {
        const snapshot = await calls.snapshot();
        isThere = true;
        const screen = waiting;
        waiting = null;
        // After the answer, which the page takes first.
        if (screen !== null) setImmediate(() => show(screen));
        return snapshot;
      },
    },
    ask(screen) {
      if (isThere) show(screen);
      else waiting = screen;
    },
    forget: () => void (isThere = false),
  };
}
