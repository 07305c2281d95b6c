// Keeps the screen that the tray menu wants to open until the page is ready to show it.

import type { Calls, ShownPlace } from '../../src-shared/ipc.ts';

export interface AskedScreen {
  /** The page's calls; their `snapshot` contains a waiting screen. */
  readonly calls: Calls;
  ask(place: ShownPlace): void;
  /** The page is gone: later screens wait for the next page. */
  forget(): void;
}

export function createAskedScreen(calls: Calls, show: (place: ShownPlace) => void): AskedScreen {
  let isThere = false;
  let waiting: ShownPlace | null = null;
  return {
    calls: {
      ...calls,
      async snapshot() {
        const snapshot = await calls.snapshot();
        isThere = true;
        const place = waiting;
        waiting = null;
        // After the answer, which the page handles first.
        if (place !== null) setImmediate(() => show(place));
        return snapshot;
      },
    },
    ask(place) {
      if (isThere) show(place);
      else waiting = place;
    },
    forget: () => void (isThere = false),
  };
}
