// A program's control socket: takes the window's calls from commands of the same user on this computer, as HTTP over
// the socket. Must not know what the calls do.
// Threat: see socket-place.ts. A program of the same user has all rights of the user; nothing here keeps it out.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { replyTo } from '../../src-shared/call-reply.ts';
import { CALL_NAMES, CallError } from '../../src-shared/ipc.ts';
import type { CallName, Calls, Reply } from '../../src-shared/ipc.ts';
import { ownFault } from '../../src-shared/own-fault.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { bodyText, jsonOf } from '../disk/call-text.ts';

export interface ControlSocket {
  readonly address: string;
  readonly key: string;
  /** From now on calls are answered; earlier calls have waited. */
  answer(calls: Calls): void;
  close(): Promise<void>;
}

/** An exported file of functions in base64, within JSON. */
const MOST_BODY_BYTES = 320_000_000;

/** Opens a control socket. Rejects with Node's error when the address cannot be used. */
export async function openControlSocket(
  address: string,
  log: { error(text: string, more?: { readonly detail: readonly string[] }): void },
): Promise<ControlSocket> {
  const key = randomBytes(32).toString('base64url');
  const calls = Promise.withResolvers<Calls>();
  const server = createServer((asked, answer) => {
    const respond = (status: number, value: unknown): void => {
      answer.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      answer.end(JSON.stringify(value));
    };
    if (!isSame(asked.headers.authorization ?? '', `Bearer ${key}`)) {
      respond(403, failure('foreign-sender', 'Only programs that can read the data folder may call.'));
      return;
    }
    void (async () => {
      const body = await bodyText(asked, MOST_BODY_BYTES);
      if (body === null) return respond(413, failure('bad-arguments', 'The call is too large.'));
      const name = asked.url?.slice(1) ?? '';
      const reply = await replyTo(await calls.promise, name, jsonOf(body), (error) => {
        const { text, detail } = ownFault(error);
        log.error(`the call ${name} failed: ${text}`, { detail });
      });
      respond(200, reply);
    })().catch(() => answer.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: address }, resolve);
  });
  // Waiting commands must not keep the program alive.
  server.unref();
  // Other users cannot reach the folder anyway; this protects copies of the file elsewhere.
  if (process.platform !== 'win32') await chmod(address, 0o600);
  return {
    address,
    key,
    answer: (given) => calls.resolve(given),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The calls of the program behind a socket. They reject with CallError; with `refused` when that program has ended. */
export function callsThrough({ address, key }: Pick<ControlSocket, 'address' | 'key'>): Calls {
  const one = async (name: CallName, values: readonly unknown[]): Promise<unknown> => {
    const reply = await send(address, key, name, JSON.stringify(values));
    if (!reply.ok) throw new CallError(reply.code, reply.message);
    return reply.answer;
  };
  const entries = CALL_NAMES.map((name) => [name, (...values: readonly unknown[]) => one(name, values)] as const);
  // Each call has the types of CALLS, by its name.
  return Object.fromEntries(entries) as unknown as Calls;
}

function send(address: string, key: string, name: CallName, body: string): Promise<Reply<unknown>> {
  return new Promise((resolve, reject) => {
    const gone = (error: Error): void =>
      reject(new Refusal('refused', `TabPy Tray ended before it answered (${error.message}).`));
    const bytes = Buffer.from(body);
    const asked = request(
      {
        socketPath: address,
        path: `/${name}`,
        method: 'POST',
        agent: false,
        headers: { authorization: `Bearer ${key}`, 'content-length': bytes.length },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('error', gone);
        answer.once('end', () => {
          const reply = jsonOf(Buffer.concat(parts).toString('utf8'));
          if (isReply(reply)) resolve(reply);
          else gone(new Error('its answer is not valid'));
        });
      },
    );
    asked.once('error', gone);
    asked.end(bytes);
  });
}

function failure(code: CallError['code'], message: string): Reply<never> {
  return { ok: false, code, message };
}

function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
