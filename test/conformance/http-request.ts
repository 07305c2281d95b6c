// Sends a request byte for byte as a case says: no header of its own but Host and the length, the body when the server lets it.

import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import type { HttpRequest } from './case-form.ts';
import { bodyOf } from './request-body.ts';

/** The server of a group. */
export interface Target {
  readonly port: number;
  /** The certificate that vouches for a server of HTTPS; null: HTTP. */
  readonly certificate: Buffer | null;
  /** Who signs in where a request does not say otherwise. */
  readonly user: readonly [name: string, password: string] | null;
}

/** The address that TabPy's client is told. */
export function baseOf({ port, certificate }: Target): string {
  return `${certificate === null ? 'http' : 'https'}://${HOST}:${port}/`;
}

type CameBack = Omit<Answer, 'elapsedSeconds'>;
type Headers = readonly (readonly [name: string, value: string])[];
const HOST = '127.0.0.1';
const PATIENCE_MS = 90_000;
const CHUNK_BYTES = 65_536;

/** Resolves with what came back, or with why nothing did; each request has a connection of its own. */
export async function send(target: Target, request: HttpRequest): Promise<Answer> {
  const startedAt = performance.now();
  const body = bodyOf(request);
  const headers = headersOf(target, request, body);
  const came = await (request.version === '1.0'
    ? exchangeInOldHttp(target, request, headers, body)
    : exchange(target, request, headers, body));
  return { ...came, elapsedSeconds: (performance.now() - startedAt) / 1000 };
}

function headersOf({ user }: Target, request: HttpRequest, body: Buffer | null): Headers {
  const given = Object.entries(request.headers ?? {});
  const has = (name: string): boolean => given.some(([one]) => one.toLowerCase() === name);
  const signedIn = request.auth === undefined && !has('authorization') ? user : request.auth;
  const authorization = signedIn ? `Basic ${Buffer.from(signedIn.join(':')).toString('base64')}` : null;
  const hasLength = body === null ? ['POST', 'PUT', 'PATCH'].includes(request.method) : !has('content-length');
  return [
    ...given,
    ...(request.gzip ? [['Content-Encoding', 'gzip'] as const] : []),
    ...(authorization === null ? [] : [['Authorization', authorization] as const]),
    ...(request.chunked
      ? [['Transfer-Encoding', 'chunked'] as const]
      : hasLength
        ? [['Content-Length', String(body?.length ?? 0)] as const]
        : []),
  ];
}

function exchange(target: Target, request: HttpRequest, headers: Headers, body: Buffer | null): Promise<CameBack> {
  const { port, certificate } = target;
  const options: RequestOptions = { host: HOST, port, method: request.method, path: request.path, agent: false };
  const outgoing = certificate === null ? httpRequest(options) : httpsRequest({ ...options, ca: certificate });
  // Node would ask to close the connection.
  outgoing.removeHeader('connection');
  for (const [name, value] of headers) outgoing.setHeader(name, value);
  return new Promise((resolve) => {
    const finish = (came: CameBack): void => {
      clearTimeout(patience);
      resolve(came);
      outgoing.destroy();
    };
    const patience = setTimeout(() => finish(nothing('timeout', 'no answer')), PATIENCE_MS);
    // After the answer this comes too late to matter: a promise takes its first result.
    outgoing.on('error', (error) => finish(nothing('closed', error.message)));
    outgoing.once('response', (message) => void readAnswer(message).then(finish));
    void sendBody(outgoing, request, body);
  });
}

async function sendBody(outgoing: ClientRequest, request: HttpRequest, body: Buffer | null): Promise<void> {
  if (body === null) return void outgoing.end();
  if (request.wait_before_body !== undefined && !(await isWanted(outgoing, request.wait_before_body))) return;
  if (!request.chunked) return void outgoing.end(body);
  const step = Math.max(1, Math.min(CHUNK_BYTES, Math.floor(body.length / 3)));
  for (let at = 0; at < body.length; at += step) outgoing.write(body.subarray(at, at + step));
  outgoing.end();
}

/** Gives the server the chance to answer early: only an interim 100, or silence, lets the body follow. */
async function isWanted(outgoing: ClientRequest, seconds: number): Promise<boolean> {
  outgoing.flushHeaders();
  const done = new AbortController();
  const isWanted = await Promise.race([
    new Promise<boolean>((resolve) => outgoing.once('continue', () => resolve(true))),
    new Promise<boolean>((resolve) => outgoing.once('response', () => resolve(false))),
    new Promise<boolean>((resolve) => outgoing.once('error', () => resolve(false))),
    wait(seconds * 1000, true, { signal: done.signal }).catch(() => true),
  ]);
  done.abort();
  return isWanted;
}

async function readAnswer(message: IncomingMessage): Promise<CameBack> {
  const parts: Buffer[] = [];
  try {
    for await (const part of message) parts.push(part as Buffer);
  } catch (error) {
    return nothing('closed', `in the middle of the answer: ${(error as Error).message}`);
  }
  const { rawHeaders } = message;
  const headers = Array.from(
    { length: rawHeaders.length / 2 },
    (_, at) => [rawHeaders[2 * at]!, rawHeaders[2 * at + 1]!] as const,
  );
  return { status: message.statusCode!, headers, body: Buffer.concat(parts), note: '' };
}

/** HTTP/1.0, which Node does not send: the answer ends with the connection. */
function exchangeInOldHttp(
  { port }: Target,
  { method, path }: HttpRequest,
  headers: Headers,
  body: Buffer | null,
): Promise<CameBack> {
  const lines = [`${method} ${path} HTTP/1.0`, `Host: ${HOST}:${port}`, ...headers.map((one) => one.join(': '))];
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect({ host: HOST, port }, () => {
      socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body ?? Buffer.alloc(0)]));
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer')));
    socket.on('data', (part: Buffer) => void parts.push(part));
    socket.once('error', (error) => resolve(nothing('closed', error.message)));
    socket.once('end', () => resolve(oldAnswerIn(Buffer.concat(parts))));
  });
}

function oldAnswerIn(bytes: Buffer): CameBack {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const found = /^HTTP\/1\.[01] (\d{3}) /.exec(first)?.[1];
  if (end === -1 || found === undefined) return nothing('closed', `no answer of HTTP: ${bytes.toString('latin1')}`);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(found), headers, body: bytes.subarray(end + 4), note: '' };
}

function nothing(status: 'closed' | 'timeout', note: string): CameBack {
  return { status, headers: [], body: Buffer.alloc(0), note };
}
