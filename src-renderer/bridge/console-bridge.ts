// The way to the program from a browser: calls as POST, events as a stream, both from where the page came. Must not know what they say.

import type { Bridge, PageEvent, Reply } from '../../src-shared/ipc.ts';

const GONE: Reply<never> = {
  ok: false,
  code: 'failed',
  message: 'The program does not answer. When it runs again, open the link that it prints.',
};
const STRANGER: Reply<never> = {
  ok: false,
  code: 'foreign-sender',
  message: 'This browser is not known any more: the program was started again. Open the link that it prints.',
};

const TOO_LARGE: Reply<never> = { ok: false, code: 'refused', message: 'This is too large to be sent.' };

export interface ConsoleWay {
  readonly fetch: typeof fetch;
  readonly openEvents: () => EventSource;
  /** What happened while the stream was cut is not known: the page begins anew. */
  readonly reload: () => void;
}

/** The real one, of the page's own window. */
export function browserWay(): ConsoleWay {
  return {
    fetch: (address, init) => fetch(address, init),
    openEvents: () => new EventSource('/events'),
    reload: () => location.reload(),
  };
}

export function createConsoleBridge(way: ConsoleWay): Bridge {
  return {
    async call(name, values) {
      try {
        const answer = await way.fetch(`/call/${name}`, {
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
      const events = way.openEvents();
      let isCut = false;
      events.addEventListener('message', (message: MessageEvent<string>) => {
        listener(JSON.parse(message.data) as PageEvent);
      });
      events.addEventListener('error', () => (isCut = true));
      events.addEventListener('open', () => {
        if (isCut) way.reload();
      });
      return () => events.close();
    },
  };
}
