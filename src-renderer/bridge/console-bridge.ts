// Bridge from a browser: sends calls as POST and reads events as a stream, both from the origin of the page. Must not
// know what calls do.

import type { Bridge, PageEvent, Reply } from '../../src-shared/ipc.ts';
import { WORDS } from '../text/words.ts';

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

export interface ConsoleConnection {
  readonly fetch: typeof fetch;
  readonly openEvents: () => EventSource;
  /** Events were lost while the stream was down, so the page is loaded again. */
  readonly reload: () => void;
}

/** The real console, through the page's own window. */
export function browserConnection(): ConsoleConnection {
  return {
    fetch: (address, init) => fetch(address, init),
    openEvents: () => new EventSource('/events'),
    reload: () => location.reload(),
  };
}

export function createConsoleBridge(connection: ConsoleConnection): Bridge {
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
    onEvent(listener) {
      const events = connection.openEvents();
      let isCut = false;
      events.addEventListener('message', (message: MessageEvent<string>) => {
        listener(JSON.parse(message.data) as PageEvent);
      });
      events.addEventListener('error', () => (isCut = true));
      events.addEventListener('open', () => {
        if (isCut) connection.reload();
      });
      return () => events.close();
    },
  };
}
