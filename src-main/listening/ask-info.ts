// Requests /info from our own port, as Tableau does first, and checks that the answer is ours. Must not trust or change
// anything.
// Threat: another program may listen under another address of this computer with the same port. So the token that is
// sent gives no access; it only shows us that a request arrived here.

import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Address } from '../../src-shared/service-state.ts';
import { OWN_CLIENTS } from '../../src-shared/self-test.ts';

/** The result of the request. Times in ms. */
export type Asked =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly elapsedMs: number;
      /** Whether this server answered, and no other program. */
      readonly isOurs: boolean;
    }
  /** `code`: Node's, such as ECONNREFUSED. */
  | { readonly kind: 'failed'; readonly code: string };

export interface OwnPort {
  /** Never rejects; takes at most two and a half seconds. `host` is an address of this computer. */
  askInfo(address: Pick<Address, 'protocol' | 'port'>, host: string): Promise<Asked>;
  /** Called for every finished request of this server. */
  note(headers: IncomingHttpHeaders): void;
}

const ANSWER_MS = 2_000;
/** The request is noted at about the time when its answer is read. */
const NOTED_MS = 500;
const MARK = 'x-tabpy-tray-self-test';

export function createOwnPort(): OwnPort {
  const waiting = new Map<string, () => void>();
  return {
    async askInfo(address, host) {
      const mark = randomUUID();
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.set(mark, () => resolve(true));
      try {
        const asked = await ask(address, host, { [MARK]: mark });
        if (asked.kind === 'failed') return asked;
        const timer = setTimeout(() => resolve(false), NOTED_MS);
        const isOurs = await promise;
        clearTimeout(timer);
        return { ...asked, isOurs };
      } finally {
        waiting.delete(mark);
      }
    },
    note(headers) {
      const mark = headers[MARK];
      if (typeof mark === 'string') waiting.get(mark)?.();
    },
  };
}

type Answer =
  | Omit<Extract<Asked, { readonly kind: 'answered' }>, 'isOurs'>
  | Extract<Asked, { readonly kind: 'failed' }>;

function ask(
  { protocol, port }: Pick<Address, 'protocol' | 'port'>,
  host: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const startedAt = performance.now();
  const send = protocol === 'https' ? tlsRequest : request;
  return new Promise((resolve) => {
    const asked = send(
      {
        host,
        port,
        path: '/info',
        agent: false,
        // The certificate itself is checked elsewhere.
        rejectUnauthorized: false,
        headers: { ...headers, host: `localhost:${port}`, 'tabpy-client': OWN_CLIENTS.selfTest },
        signal: AbortSignal.timeout(ANSWER_MS),
      },
      (answer) => {
        answer.once('error', (error: NodeJS.ErrnoException) => resolve(failed(error)));
        answer.once('end', () =>
          resolve({ kind: 'answered', status: answer.statusCode ?? 0, elapsedMs: performance.now() - startedAt }),
        );
        answer.resume();
      },
    );
    asked.once('error', (error: NodeJS.ErrnoException) => resolve(failed(error)));
    asked.end();
  });
}

function failed({ code, name }: NodeJS.ErrnoException): Extract<Asked, { readonly kind: 'failed' }> {
  return { kind: 'failed', code: name === 'AbortError' || name === 'TimeoutError' ? 'ETIMEDOUT' : (code ?? name) };
}
