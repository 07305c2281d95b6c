// Opens and closes the server's addresses. Must not know what is served there.

import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server as TlsServer } from 'node:https';
import { refusals } from '../http/errors.ts';
import type { TlsMaterial } from './tls.ts';

export interface Listener {
  readonly port: number;
  /** The addresses that are really open, such as `127.0.0.1` and `::1`. */
  readonly hosts: readonly string[];
  /** Uses a renewed certificate for connections from now on. Does nothing where the server speaks http. */
  renew(tls: TlsMaterial): void;
  /** Accepts no more callers, lets answers finish for up to `graceMs`, then closes the connections. */
  close(graceMs: number): Promise<void>;
}

// Tableau keeps connections open between refreshes; Node's own five seconds would break them in the middle of a click.
const KEEP_ALIVE_MS = 75_000;
const HEADERS_MS = 30_000;
// A hundred megabytes over a slow line take minutes; slow-callers.ts cuts a caller that sends a byte a second.
const REQUEST_MS = 600_000;
const LEAVE_MS = 1_000;
const MAX_HEADER_BYTES = 32 * 1024;

/**
 * Listens on every host with one port; port 0 takes a free one. A host that the machine does not have (no IPv6) is left
 * out as long as another host remains. Rejects with Node's error (EADDRINUSE, EACCES …) otherwise.
 * @param tls null: http
 */
export async function listen(
  handler: RequestListener,
  hosts: readonly string[],
  port: number,
  tls: TlsMaterial | null = null,
): Promise<Listener> {
  const servers: (Server | TlsServer)[] = [];
  const opened: string[] = [];
  let actual = port;
  try {
    for (const host of hosts) {
      try {
        const server = await open(handler, host, actual, tls);
        servers.push(server);
        opened.push(host);
        actual = (server.address() as { port: number }).port;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const isMissing = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
        if (!isMissing || (opened.length === 0 && host === hosts.at(-1))) throw error;
      }
    }
  } catch (error) {
    await Promise.all(servers.map((server) => shut(server, 0)));
    throw error;
  }
  return {
    port: actual,
    hosts: opened,
    renew(fresh) {
      for (const server of servers) if ('setSecureContext' in server) server.setSecureContext(fresh);
    },
    close: async (graceMs) => {
      await Promise.all(servers.map((server) => shut(server, graceMs)));
    },
  };
}

function open(
  handler: RequestListener,
  host: string,
  port: number,
  tls: TlsMaterial | null,
): Promise<Server | TlsServer> {
  const serve: RequestListener = (request, response) => {
    // Otherwise the caller would keep the connection open, and with it a server that is closing.
    response.once('finish', () => {
      if (!server.listening) request.socket.end();
    });
    handler(request, response);
  };
  const options = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    noDelay: true,
  };
  const server = tls ? createTlsServer({ ...options, ...tls }, serve) : createServer(options, serve);
  // The handler decides first: a body over the limit is refused before it is sent. Reading the body sends "100
  // Continue".
  server.on('checkContinue', (request, response) => {
    request.once('resume', () => {
      // After a refusal Node reads the rest of the body away, which resumes the request as well.
      if (!response.headersSent) response.writeContinue();
    });
    serve(request, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    // Some callers never hang up. They sent no valid request, so nothing keeps the connection open for longer.
    setTimeout(() => socket.destroy(), LEAVE_MS).unref();
    const { status, reason } = wordsOf(error.code);
    const body = JSON.stringify({ message: reason, info: 'The request is not valid HTTP/1.1.' });
    socket.end(
      `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.removeListener('error', reject);
      // A caller that could not be accepted (no free file descriptor) tries again; without this listener Node would end
      // the program.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

function wordsOf(code: string | undefined): { status: number; reason: string } {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, reason: 'Request Header Fields Too Large' };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, reason: 'Request Timeout' };
  return { status: 400, reason: refusals.badRequest('Bad Request').message };
}

function shut(server: Server | TlsServer, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
