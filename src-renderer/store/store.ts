// Store of the page: everything the program told, drawn at most once a frame. Must not know React or any screen.

import { CallError } from '../../src-shared/ipc.ts';
import type { PageEvent, Screen, ShownPlace } from '../../src-shared/ipc.ts';
import type { PageBridge } from '../bridge/bridge.ts';
import type { Link } from '../bridge/event-stream.ts';
import { afterEvent, pageStateOf } from './page-state.ts';
import type { PageState } from './page-state.ts';

/** Null until the program's snapshot came. */
export interface StoreContent {
  readonly page: PageState | null;
  /** Whether the program can be reached. While it cannot, `page` is what it told last. */
  readonly link: Link;
  /** Why the first snapshot did not come. */
  readonly noStart: string | null;
  /**
   * Why the last action of a screen failed, until it is dismissed, the user leaves the screen, or an action on it
   * succeeds.
   */
  readonly failures: Failures;
  /** Text for screen readers. `turn` grows so that the same text is read again. */
  readonly announcement: { readonly text: string; readonly turn: number };
}

export type Failures = Readonly<Partial<Record<Screen, string>>>;

export interface PageStore {
  readonly read: () => StoreContent;
  readonly subscribe: (listener: () => void) => () => void;
  /** Waits for an action of the user, and shows on the screen that is open now why it failed when it does. */
  readonly attempt: (call: Promise<unknown>) => Promise<boolean>;
  /** The same for a call that the page makes by itself: its success mends no failure of an action. */
  readonly look: (call: Promise<unknown>) => Promise<boolean>;
  readonly announce: (text: string) => void;
  /** The user dismissed the failure of a screen, or left the screen. */
  readonly dismissFailure: (screen: Screen) => void;
}

export interface StoreDeps {
  readonly bridge: PageBridge;
  /** The screen that is open. */
  readonly screen: () => Screen;
  /** The tray, a menu or a notification asks for a screen. */
  readonly onShow: (place: ShownPlace) => void;
  /** Calls back before the next drawing: `requestAnimationFrame`, which pauses while the page is hidden. */
  readonly beforeDrawing: (work: () => void) => void;
}

export function createStore({ bridge, screen, onShow, beforeDrawing }: StoreDeps): PageStore {
  let content: StoreContent = {
    page: null,
    link: 'up',
    noStart: null,
    failures: {},
    announcement: { text: '', turn: 0 },
  };
  const listeners = new Set<() => void>();
  /** Events since a snapshot was asked for; null: none is on its way. */
  let early: PageEvent[] | null = null;
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
  const dismissFailure = (of: Screen): void => {
    const { [of]: gone, ...others } = content.failures;
    if (gone !== undefined) change({ failures: others });
  };
  const answered = async (call: Promise<unknown>, of: Screen): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      change({ failures: { ...content.failures, [of]: messageOf(error) } });
      return false;
    }
  };
  const bringSnapshot = async (): Promise<void> => {
    early = [];
    try {
      const snapshot = await bridge.calls.snapshot();
      change({ page: (early ?? []).reduce(afterEvent, pageStateOf(snapshot)), noStart: null });
    } catch (error) {
      if (content.page === null) change({ noStart: messageOf(error) });
    }
    early = null;
  };

  // Listen first: events that come before the snapshot must not be lost.
  bridge.onLink((link) => {
    change({ link });
    // What happened meanwhile is not known.
    if (link === 'up') void bringSnapshot();
  });
  bridge.onEvent((event) => {
    if (event.name === 'show') return onShow(event.value);
    early?.push(event);
    if (content.page !== null) change({ page: afterEvent(content.page, event) });
  });
  void bringSnapshot();

  return {
    read: () => content,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async attempt(call) {
      const of = screen();
      const isDone = await answered(call, of);
      if (isDone) dismissFailure(of);
      return isDone;
    },
    look: (call) => answered(call, screen()),
    announce(text) {
      change({ announcement: { text, turn: content.announcement.turn + 1 } });
    },
    dismissFailure,
  };
}

/** A browser refuses the clipboard with a DOMException. Any other error is a bug of the page and goes to the console. */
function messageOf(error: unknown): string {
  if (error instanceof CallError || error instanceof DOMException) return error.message;
  throw error;
}
