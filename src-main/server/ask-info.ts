// Asks our own port for /info, as Tableau does first of all. Must not trust or change anything.

import { request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Address } from '../../src-shared/service-state.ts';
import { OWN_CLIENTS } from '../../src-shared/self-test.ts';

/** What came of it. Times in ms. */
export type Asked =
  | { readonly kind: 'answered'; readonly status: number; readonly elapsedMs: number }
  /** `code`: Node's, such as ECONNREFUSED. */
  | { readonly kind: 'failed'; readonly code: string };

const ANSWER_MS = 2_000;

/** Never rejects; takes at most two seconds. `host` is an address of this computer. */
export function askInfo({ protocol, port }: Pick<Address, 'protocol' | 'port'>, host: string): Promise<Asked> {
  const startedAt = performance.now();
  const ask = protocol === 'https' ? tlsRequest : request;
  return new Promise((resolve) => {
    const asked = ask(
      {
        host,
        port,
        path: '/info',
        agent: false,
        // Whether a certificate is the right one is looked at elsewhere.
        rejectUnauthorized: false,
        headers: { host: `localhost:${port}`, 'tabpy-client': OWN_CLIENTS.selfTest },
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

function failed({ code, name }: NodeJS.ErrnoException): Asked {
  return { kind: 'failed', code: name === 'AbortError' || name === 'TimeoutError' ? 'ETIMEDOUT' : (code ?? name) };
}
