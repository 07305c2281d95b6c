// Chromium's DevTools protocol over the two pipes of --remote-debugging-pipe. Must not know what is asked of the browser.

import type { Readable, Writable } from 'node:stream';

export type Params = Readonly<Record<string, unknown>>;

/** An event of the browser, or of one page when `sessionId` is there. */
export interface ProtocolEvent {
  readonly method: string;
  readonly params: Params;
  readonly sessionId?: string;
}

export interface DevTools {
  /** Rejects with the browser's words, and when the browser is gone. */
  send(method: string, params?: Params, sessionId?: string): Promise<Params>;
  /** Calls back for every event until the returned function is called. */
  listen(listener: (event: ProtocolEvent) => void): () => void;
  /** The browser is gone: everything that waits is rejected. */
  close(why: string): void;
}

interface Message extends Partial<ProtocolEvent> {
  readonly id?: number;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

export function openDevTools(requests: Writable, answers: Readable): DevTools {
  const waiting = new Map<
    number,
    { resolve: (result: Params) => void; reject: (error: Error) => void; what: string }
  >();
  const listeners = new Set<(event: ProtocolEvent) => void>();
  let lastId = 0;
  let closed: string | null = null;

  const take = (message: Message): void => {
    if (message.id === undefined) {
      for (const listener of listeners) listener(message as ProtocolEvent);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(`${asked.what}: ${message.error.message}`));
    else asked?.resolve(message.result ?? {});
  };

  let parts: Buffer[] = [];
  answers.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      parts.push(rest.subarray(0, end));
      const text = Buffer.concat(parts).toString('utf8');
      parts = [];
      rest = rest.subarray(end + 1);
      take(JSON.parse(text) as Message);
    }
    parts.push(rest);
  });
  // A pipe breaks when the browser ends; whoever started it says so through `close`.
  requests.on('error', () => undefined);
  answers.on('error', () => undefined);

  return {
    send(method, params = {}, sessionId) {
      if (closed !== null) return Promise.reject(new Error(`${method}: ${closed}`));
      lastId += 1;
      const id = lastId;
      const { promise, resolve, reject } = Promise.withResolvers<Params>();
      waiting.set(id, { resolve, reject, what: method });
      requests.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return promise;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close(why) {
      closed ??= why;
      for (const { reject, what } of waiting.values()) reject(new Error(`${what}: ${why}`));
      waiting.clear();
    },
  };
}
