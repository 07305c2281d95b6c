// Store of the page: everything the program told, drawn at most once a frame. Must not know React or any screen.

import { CallError } from '../../src-shared/ipc.ts';
import type { PageEvent, Screen } from '../../src-shared/ipc.ts';
import type { PageBridge } from '../bridge/bridge.ts';
import { afterEvent, pageStateOf } from './page-state.ts';
import type { PageState } from './page-state.ts';

/** Null until the program's snapshot came. */
export interface StoreContent {
  readonly page: PageState | null;
  /** Why the user's last call failed, until it is dismissed or another call succeeds. */
  readonly failure: string | null;
  /** Text for screen readers. `turn` grows so that the same text is read again. */
  readonly announcement: { readonly text: string; readonly turn: number };
}

export interface PageStore {
  readonly read: () => StoreContent;
  readonly subscribe: (listener: () => void) => () => void;
  /** Waits for a call, and shows why it failed when it does. */
  readonly attempt: (call: Promise<unknown>) => Promise<boolean>;
  readonly announce: (text: string) => void;
  readonly dismissFailure: () => void;
}

export interface StoreDeps {
  readonly bridge: PageBridge;
  /** The tray or a menu asks for a screen. */
  readonly onShow: (screen: Screen) => void;
  /** Calls back before the next drawing: `requestAnimationFrame`, which pauses while the page is hidden. */
  readonly beforeDrawing: (work: () => void) => void;
}

export function createStore({ bridge, onShow, beforeDrawing }: StoreDeps): PageStore {
  let content: StoreContent = { page: null, failure: null, announcement: { text: '', turn: 0 } };
  const listeners = new Set<() => void>();
  const early: PageEvent[] = [];
  let isDrawingDue = false;

  const draw = (): void => {
    isDrawingDue = false;
    for (const listener of listeners) listener();
  };
  const change = (changes: Partial<StoreContent>): void => {
    content = { ...content, ...changes };
    if (isDrawingDue) return;
    isDrawingDue = true;
    beforeDrawing(draw);
  };
  const fail = (error: unknown): void => {
    // A browser refuses the clipboard with a DOMException. Any other error is a bug of the page and goes to the
    // console.
    if (!(error instanceof CallError) && !(error instanceof DOMException)) throw error;
    change({ failure: error.message });
  };

  // Listen first: events that come before the snapshot must not be lost.
  bridge.onEvent((event) => {
    if (event.name === 'show') onShow(event.value);
    else if (content.page === null) early.push(event);
    else change({ page: afterEvent(content.page, event) });
  });
  bridge.calls
    .snapshot()
    .then((snapshot) => change({ page: early.splice(0).reduce(afterEvent, pageStateOf(snapshot)) }))
    .catch(fail);

  return {
    read: () => content,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async attempt(call) {
      try {
        await call;
        if (content.failure !== null) change({ failure: null });
        return true;
      } catch (error) {
        fail(error);
        return false;
      }
    },
    announce(text) {
      change({ announcement: { text, turn: content.announcement.turn + 1 } });
    },
    dismissFailure() {
      change({ failure: null });
    },
  };
}
