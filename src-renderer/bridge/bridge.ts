// The page's only way to the program: calls with their types, and what happened as events. Must not know React or what is shown.

import { CALL_NAMES, CallError } from '../../src-shared/ipc.ts';
import type { Bridge, Calls, PageEvent } from '../../src-shared/ipc.ts';
import { browserWay, createConsoleBridge } from './console-bridge.ts';

export interface PageBridge {
  /** Each rejects with CallError when the program refuses or fails. */
  readonly calls: Calls;
  /** @returns how to stop listening */
  readonly onEvent: (listener: (event: PageEvent) => void) => () => void;
}

/** What the preload put on the window, or the console that the page came from; null where somebody else opened the page. */
export function findBridge(): PageBridge | null {
  const { tabpyTray } = window as Window & { readonly tabpyTray?: Bridge };
  if (tabpyTray !== undefined) return bridgeOver(tabpyTray);
  return location.protocol === 'http:' ? bridgeOver(createConsoleBridge(browserWay())) : null;
}

/** Typed calls over the untyped way on which they travel. */
export function bridgeOver(way: Bridge): PageBridge {
  const callNamed =
    (name: string) =>
    async (...values: readonly unknown[]): Promise<unknown> => {
      const reply = await way.call(name, values);
      if (!reply.ok) throw new CallError(reply.code, reply.message);
      return reply.answer;
    };
  return {
    // The table in src-shared/ipc.ts gives every call its type; the way itself has none.
    calls: Object.fromEntries(CALL_NAMES.map((name) => [name, callNamed(name)])) as unknown as Calls,
    onEvent: (listener) => way.onEvent(listener),
  };
}
