// A proxy on loopback that hands on what is asked, tells what it was asked for, and can be made silent. Must not know the client.

import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface FakeProxy {
  /** As a variable would have it. */
  readonly address: string;
  /** `GET http://…` or `CONNECT host:port`, in order. */
  readonly asked: readonly string[];
  /** Proxy-Authorization of each. */
  readonly credentials: readonly (string | undefined)[];
  /** Whether it answers at all; may be set by a test. */
  isSilent: boolean;
  /** The status of a refusal of everything; may be set by a test. */
  refuses: number | null;
}

/** Every name leads to loopback. Listens until the test ends. */
export async function startProxy(): Promise<FakeProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    credentials.push(incoming.headers['proxy-authorization']);
    if (proxy.isSilent) return;
    if (proxy.refuses !== null) return void response.writeHead(proxy.refuses).end();
    const { port, pathname } = new URL(incoming.url!);
    ask({ host: '127.0.0.1', port, path: pathname, method: incoming.method }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    }).end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (incoming, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    credentials.push(incoming.headers['proxy-authorization']);
    if (proxy.isSilent) return;
    if (proxy.refuses !== null) return void socket.end(`HTTP/1.1 ${proxy.refuses} No\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connect(Number(incoming.url!.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as { port: number };
  const proxy: FakeProxy = { address: `http://127.0.0.1:${port}`, asked, credentials, isSilent: false, refuses: null };
  return proxy;
}
