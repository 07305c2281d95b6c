// Bridge to the program: calls with their types, and events. Nothing else of the page reaches the program. Must not
// know React.

import { CALL_NAMES, CallError } from '../../src-shared/ipc.ts';
import type { Bridge, Calls, PageEvent } from '../../src-shared/ipc.ts';
import { browserConnection, createConsoleBridge } from './console-bridge.ts';
import type { Link } from './event-stream.ts';

export interface PageBridge {
  /** Each rejects with CallError when the program refuses or fails. */
  readonly calls: Calls;
  /** @returns a function that stops listening */
  readonly onEvent: (listener: (event: PageEvent) => void) => () => void;
  /** Tells when the program is gone and when it is back. A window is never without its program. */
  readonly onLink: (listener: (link: Link) => void) => () => void;
}

/**
 * The bridge that the preload put on the window, or one to the console that served the page; null on any other page.
 */
export function findBridge(): PageBridge | null {
  const { tabpyTray } = window as Window & { readonly tabpyTray?: Bridge };
  if (tabpyTray !== undefined) return bridgeOver(tabpyTray);
  if (location.protocol !== 'http:') return null;
  const way = createConsoleBridge(browserConnection());
  return { ...bridgeOver(way), onLink: (listener) => way.onLink(listener) };
}

/** Typed calls over the untyped bridge. */
export function bridgeOver(way: Bridge): PageBridge {
  const callNamed =
    (name: string) =>
    async (...values: readonly unknown[]): Promise<unknown> => {
      const reply = await way.call(name, values);
      if (!reply.ok) throw new CallError(reply.code, reply.message);
      return reply.answer;
    };
  return {
    // The table in src-shared/ipc.ts gives every call its type; the bridge has none.
    calls: Object.fromEntries(CALL_NAMES.map((name) => [name, callNamed(name)])) as unknown as Calls,
    onEvent: (listener) => way.onEvent(listener),
    onLink: () => () => undefined,
  };
}
