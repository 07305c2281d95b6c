// Calls of the page to the real server, by the way of its console. Must not know what is called.

import { request } from 'node:http';
import { expect, vi } from 'vitest';
import type { CallAnswer, CallArguments, CallName, Reply } from '../../src-shared/ipc.ts';
import type { RunningServer } from './running-server.ts';

/** Makes a call; rejects with its message when it is refused. */
export type CallConsole = <Name extends CallName>(
  name: Name,
  ...values: CallArguments<Name>
) => Promise<CallAnswer<Name>>;

/** Enters the console of a server that was started with `--console`. */
export async function consoleCalls(server: RunningServer): Promise<CallConsole> {
  const link = await vi.waitFor(
    () => new URL(/in a browser: (\S+)/.exec(server.output())?.[1] ?? expect.fail(`no link in ${server.output()}`)),
    { timeout: 120_000 },
  );
  const entered = await fetch(link);
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!;
  return async (name, ...values) => {
    const reply = await post(link, `/call/${name}`, cookie, JSON.stringify(values));
    if (!reply.ok) throw new Error(reply.message);
    return reply.answer as never;
  };
}

/** Not fetch, which will not send the header `Sec-Fetch-Site` of a browser. */
function post(link: URL, path: string, cookie: string, body: string): Promise<Reply<unknown>> {
  const headers = { cookie, origin: link.origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: link.hostname, port: link.port, path, method: 'POST', headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('end', () => resolve(JSON.parse(Buffer.concat(parts).toString()) as Reply<unknown>));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
