// Keeps the screen that the tray menu wants to open until the page is ready to show it.

import type { Calls, Screen } from '../../src-shared/ipc.ts';

export interface AskedScreen {
  /** The page's calls; their `snapshot` contains a waiting screen. */
  readonly calls: Calls;
  ask(screen: Screen): void;
  /** The page is gone: later screens wait for the next page. */
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
        // After the answer, which the page handles first.
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
