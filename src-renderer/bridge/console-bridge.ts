// Bridge from a browser: sends calls as POST and reads events as a stream, both from the origin of the page. Must not
// know what calls do.

import type { Bridge, PageEvent, Reply } from '../../src-shared/ipc.ts';
import { WORDS } from '../text/words.ts';
import { followEvents } from './event-stream.ts';
import type { Link, StreamConnection } from './event-stream.ts';

const GONE: Reply<never> = {
  ok: false,
  code: 'failed',
  message: WORDS.console.gone,
};
const STRANGER: Reply<never> = {
  ok: false,
  code: 'foreign-sender',
  message: WORDS.console.stranger,
};

const TOO_LARGE: Reply<never> = { ok: false, code: 'refused', message: WORDS.console.tooLarge };

export interface ConsoleConnection extends StreamConnection {
  readonly fetch: typeof fetch;
}

export interface ConsoleBridge extends Bridge {
  /** @returns a function that stops listening */
  onLink(listener: (link: Link) => void): () => void;
}

// A program that is stopped accepts connections and never answers.
const LOOK_MS = 2_000;

/** The real console, through the page's own window. */
export function browserConnection(): ConsoleConnection {
  return {
    fetch: (address, init) => fetch(address, init),
    openEvents: () => new EventSource('/events'),
    async look() {
      try {
        const { status } = await fetch('/alive', { signal: AbortSignal.timeout(LOOK_MS) });
        return status === 204 ? 'up' : status === 401 ? 'stranger' : 'lost';
      } catch {
        return 'lost';
      }
    },
    reload: () => location.reload(),
    isSeen: () => document.visibilityState === 'visible',
    onSeen(listener) {
      const onChange = (): void => {
        if (document.visibilityState === 'visible') listener();
      };
      document.addEventListener('visibilitychange', onChange);
      return () => document.removeEventListener('visibilitychange', onChange);
    },
  };
}

export function createConsoleBridge(connection: ConsoleConnection): ConsoleBridge {
  const links = new Set<(link: Link) => void>();
  return {
    async call(name, values) {
      try {
        const answer = await connection.fetch(`/call/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(values),
        });
        if (answer.status === 401) return STRANGER;
        if (answer.status === 413) return TOO_LARGE;
        return answer.ok ? ((await answer.json()) as Reply<unknown>) : GONE;
      } catch {
        return GONE;
      }
    },
    onEvent: (listener) =>
      followEvents(connection, {
        event: (text) => listener(JSON.parse(text) as PageEvent),
        link(link) {
          for (const tell of links) tell(link);
        },
      }),
    onLink(listener) {
      links.add(listener);
      return () => void links.delete(listener);
    },
  };
}
