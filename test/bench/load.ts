// A light load generator: raw sockets, request bytes made ahead, answers counted but not read. Must not know what is asked.

import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** One answer; `body` is empty when it was not asked for and the status is 200. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** What one slice of load came to: `elapsedMs` runs until the last answer is there. */
export interface Slice {
  readonly elapsedMs: number;
  readonly latenciesMs: readonly number[];
}

/** Connections that stay open and repeat one request. */
export interface Load {
  /** Each connection asks again as soon as it is answered, for `forMs` and at least once. Rejects on any other answer than 200. */
  run(forMs: number): Promise<Slice>;
  close(): void;
}

/** One keep-alive connection: one question at a time. */
interface Connection {
  ask(request: Buffer, keepsBody: boolean): Promise<Answer>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/** The address in a server's URL. @throws Error when it is no http URL */
export function addressOf(url: string): Address {
  const { protocol, hostname, port } = URL.parse(url) ?? { protocol: '', hostname: '', port: '' };
  if (protocol !== 'http:') throw new Error(`'${url}' is no server's address. Write it as http://127.0.0.1:9004.`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
}

/** The bytes of one HTTP request; a GET when there is no body. */
export function requestBytes({ host, port }: Address, route: string, body: Buffer | null): Buffer {
  const name = host.includes(':') ? `[${host}]` : host;
  const head = `${body ? 'POST' : 'GET'} ${route} HTTP/1.1\r\nHost: ${name}:${port}\r\nConnection: keep-alive\r\n`;
  if (!body) return Buffer.from(`${head}\r\n`);
  return Buffer.concat([
    Buffer.from(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
  ]);
}

/** Asks once, on a connection of its own. Rejects when nobody answers. */
export async function askOnce(address: Address, request: Buffer): Promise<Answer> {
  const connection = await open(address);
  try {
    return await connection.ask(request, true);
  } finally {
    connection.close();
  }
}

/** Opens the connections. Rejects when the server takes none. */
export async function openLoad(address: Address, request: Buffer, count: number): Promise<Load> {
  const connections = await Promise.all(Array.from({ length: count }, () => open(address)));
  return {
    async run(forMs) {
      const latenciesMs: number[] = [];
      const start = performance.now();
      const until = start + forMs;
      const repeat = async (connection: Connection): Promise<void> => {
        for (let now = performance.now(); ;) {
          const { status, body } = await connection.ask(request, false);
          if (status !== 200) throw new Error(`answered ${status} under load: ${body.toString('utf8', 0, 300)}`);
          const asked = now;
          now = performance.now();
          latenciesMs.push(now - asked);
          if (now >= until) return;
        }
      };
      await Promise.all(connections.map(repeat));
      return { elapsedMs: performance.now() - start, latenciesMs };
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

async function open({ host, port }: Address): Promise<Connection> {
  const socket = await opened(host, port);
  socket.setNoDelay(true);
  let waiting: { readonly keepsBody: boolean; readonly resolve: (answer: Answer) => void } | null = null;
  let fail: (error: Error) => void = () => undefined;
  let head: Buffer = NOTHING;
  let status = 0;
  let missing = -1;
  let kept: Buffer[] = [];

  const takeHead = (chunk: Buffer): Buffer | null => {
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const end = head.indexOf(HEAD_END);
    if (end < 0) return null;
    const text = head.toString('latin1', 0, end);
    status = Number(text.slice(9, 12));
    missing = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? -1);
    if (missing < 0) {
      socket.destroy(new Error('sent an answer without Content-Length, which the bench does not read'));
      return null;
    }
    const rest = head.subarray(end + HEAD_END.length);
    head = NOTHING;
    return rest;
  };
  socket.on('data', (chunk) => {
    const part = missing < 0 ? takeHead(chunk) : chunk;
    if (!part || !waiting) return;
    missing -= part.length;
    if (waiting.keepsBody || status !== 200) kept.push(part);
    if (missing > 0) return;
    const { resolve } = waiting;
    const body = kept.length > 0 ? Buffer.concat(kept) : NOTHING;
    waiting = null;
    missing = -1;
    kept = [];
    resolve({ status, body });
  });
  socket.on('error', (error) => fail(error));
  socket.on('close', () => fail(new Error('closed the connection before it answered')));

  return {
    ask: (request, keepsBody) =>
      new Promise((resolve, reject) => {
        waiting = { keepsBody, resolve };
        fail = reject;
        socket.write(request);
      }),
    close: () => void socket.destroy(),
  };
}

function opened(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
