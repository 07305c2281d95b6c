// The proxy through which all requests of one session come: own schemes are answered by the product's handlers, the rest as its rules say.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromChromium } from './origins.ts';

type Listener = Parameters<Electron.WebRequest['onBeforeRequest']>[0];
type HeadersListener = Parameters<Electron.WebRequest['onHeadersReceived']>[0];

/** What the session was told; read anew for each request. */
export interface GateRules {
  readonly handlers: Map<string, (request: Request) => Response | Promise<Response>>;
  onBeforeRequest: Listener;
  onHeadersReceived: HeadersListener;
  /** Whether what no handler answers may go on to the network. */
  isOpen: boolean;
}

export interface Gate {
  readonly port: number;
  close(): void;
}

const RESOURCE_TYPES: Readonly<Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']>> = {
  document: 'mainFrame',
  iframe: 'subFrame',
  script: 'script',
  worker: 'script',
  style: 'stylesheet',
  image: 'image',
  font: 'font',
  empty: 'xhr',
};
// The headers of the way, not of the answer.
const HOP = new Set(['connection', 'transfer-encoding', 'content-length', 'content-encoding', 'keep-alive']);
let lastId = 0;

export async function openGate(rules: GateRules): Promise<Gate> {
  const server = createServer((request, response) => {
    answer(rules, request, response).catch(() => response.destroy());
  });
  // https, wss and ws: only their host is known here.
  server.on('connect', (request, socket: Socket, head) => {
    socket.on('error', () => undefined);
    void tunnel(rules, `https://${request.url}/`, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(rules: GateRules, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = fromChromium(request.url ?? '');
  const decision = await decide(rules, url, request);
  if (decision.redirectURL) return void response.writeHead(307, { location: decision.redirectURL }).end();
  const handler = rules.handlers.get(new URL(url).protocol.slice(0, -1));
  if (decision.cancel || (!handler && !rules.isOpen)) return void response.destroy();
  const method = request.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const asked = new Request(url, {
    method,
    headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  });
  const given = await (handler ? handler(asked) : fetch(asked));
  const headers = await headersOf(rules, url, given);
  response.writeHead(given.status, { ...headers, 'cache-control': 'no-store' });
  if (given.body) await pipeline(Readable.fromWeb(given.body), response);
  else response.end();
}

async function tunnel(rules: GateRules, url: string, socket: Socket, head: Buffer): Promise<void> {
  const decision = await decide(rules, url, null);
  if (decision.cancel || !rules.isOpen) return void socket.destroy();
  const { hostname, port } = new URL(url);
  const far = connect(Number(port || 443), hostname, () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    far.write(head);
    far.pipe(socket).pipe(far);
  });
  far.on('error', () => socket.destroy());
}

function decide(rules: GateRules, url: string, request: IncomingMessage | null): Promise<Electron.CallbackResponse> {
  const { onBeforeRequest } = rules;
  if (!onBeforeRequest) return Promise.resolve({});
  lastId += 1;
  const details: Electron.OnBeforeRequestListenerDetails = {
    id: lastId,
    url,
    method: request?.method ?? 'GET',
    resourceType: RESOURCE_TYPES[String(request?.headers['sec-fetch-dest'])] ?? 'other',
    referrer: request?.headers.referer ?? '',
    timestamp: Date.now(),
    uploadData: [],
  };
  return new Promise((resolve) => onBeforeRequest(details, resolve));
}

async function headersOf(rules: GateRules, url: string, given: Response): Promise<Record<string, string | string[]>> {
  const responseHeaders: Record<string, string[]> = {};
  for (const [name, value] of given.headers) {
    if (!HOP.has(name)) responseHeaders[name] = [...(responseHeaders[name] ?? []), value];
  }
  const { onHeadersReceived } = rules;
  if (!onHeadersReceived) return responseHeaders;
  const details = { url, responseHeaders, statusCode: given.status } as Electron.OnHeadersReceivedListenerDetails;
  const changed = await new Promise<Electron.HeadersReceivedResponse>((resolve) => onHeadersReceived(details, resolve));
  return changed.responseHeaders ?? responseHeaders;
}
