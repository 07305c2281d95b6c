// A web server with files, which a test can make slow, broken or silent. Must not know the store.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export interface CdnRequest {
  readonly path: string;
  readonly range: string | null;
}

export interface FakeCdn {
  /** With the closing slash that `webSource` wants. */
  readonly url: string;
  readonly requests: readonly CdnRequest[];
  /** What it does with a request; the plain answer, with ranges, unless a test says otherwise. */
  answer: (request: IncomingMessage, response: ServerResponse, bytes: Buffer | undefined) => void;
}

/** Serves `files` below /full/ until the test ends. */
export async function startCdn(files: Readonly<Record<string, string | Buffer>>): Promise<FakeCdn> {
  const requests: CdnRequest[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, range: request.headers.range ?? null });
    const content = files[path.replace('/full/', '')];
    cdn.answer(request, response, content === undefined ? undefined : Buffer.from(content));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as { port: number };
  const cdn: FakeCdn = { url: `http://127.0.0.1:${port}/full/`, requests, answer: answerPlainly };
  return cdn;
}

/** 200, or 206 and 416 for a range; 404 for what is not there. */
export function answerPlainly(request: IncomingMessage, response: ServerResponse, bytes: Buffer | undefined): void {
  if (!bytes) return void response.writeHead(404).end();
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  if (start >= bytes.length) return void response.writeHead(416).end();
  const rest = bytes.subarray(start);
  response
    .writeHead(206, {
      'content-length': rest.length,
      'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
    })
    .end(rest);
}
