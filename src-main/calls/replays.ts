// Sends a request to our own port again, as Tableau would, and finds the record of it.

import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { OWN_CLIENTS } from '../../src-shared/self-test.ts';
import type { Address } from '../../src-shared/service-state.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { ReplayedRequest } from './page-calls.ts';

export interface Replays {
  /** Returns the number of the record. Rejects with Refusal when the server does not run, or did not answer. */
  send(request: ReplayedRequest, address: Address | null): Promise<number>;
  /** Whether a request was sent from here and is still running. */
  isOwn(headers: IncomingHttpHeaders): boolean;
  /** Called for every finished request. */
  note(id: number, headers: IncomingHttpHeaders): void;
}

const MARK = 'x-tabpy-tray-replay';

export function createReplays(): Replays {
  const waiting = new Map<string, (id: number) => void>();
  return {
    async send({ path, body, user, client }, address) {
      if (!address) throw new Refusal('refused', 'The server is stopped. Start it, then send the request again.');
      const mark = randomUUID();
      const recorded = new Promise<number>((resolve) => waiting.set(mark, resolve));
      try {
        await post(address, path, Buffer.from(body), {
          'content-type': 'application/json',
          'tabpy-client': OWN_CLIENTS[client],
          [MARK]: mark,
          ...(user === null ? {} : { 'tabpy-user': user }),
        });
        return await recorded;
      } catch (error) {
        throw new Refusal('refused', `The server did not answer (${(error as Error).message}).`);
      } finally {
        waiting.delete(mark);
      }
    },
    isOwn: (headers) => typeof headers[MARK] === 'string' && waiting.has(headers[MARK]),
    note(id, headers) {
      const mark = headers[MARK];
      if (typeof mark === 'string') waiting.get(mark)?.(id);
    },
  };
}

/** Resolves when the answer is there; it is in the record, so it is not read here. */
function post(
  { protocol, hosts, port }: Address,
  path: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const wildcards: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const host = hosts[0] ?? '127.0.0.1';
  return new Promise((resolve, reject) => {
    const ask = protocol === 'https' ? tlsRequest : request;
    const outgoing = ask(
      {
        // The request goes to this program itself, whose certificate need not have this name.
        rejectUnauthorized: false,
        host: wildcards[host] ?? host,
        port,
        path,
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': body.length },
      },
      (answer) => {
        answer.resume();
        answer.once('end', resolve);
        answer.once('error', reject);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
