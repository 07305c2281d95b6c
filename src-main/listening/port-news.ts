// Facts about a port: which program holds it, whether TabPy answers there, which other port is free. Must not change
// anything.

import { request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { createServer } from 'node:net';
import type { PortHolder } from '../../src-shared/service-state.ts';
import { holderOf } from './port-holder.ts';

export interface PortNews {
  readonly holder: PortHolder | null;
  /** Such as `TabPy 2.16.0`; null when the program there does not answer like TabPy. */
  readonly answersLike: string | null;
  /** The next port that is free, or null when none of the next twenty is. */
  readonly freePort: number | null;
}

const ANSWER_MS = 1_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const PORTS_TRIED = 20;

export async function lookAtPort(port: number): Promise<PortNews> {
  const [holder, answersLike, freePort] = await Promise.all([holderOf(port), tabpyAt(port), freePortAfter(port)]);
  return { holder, answersLike, freePort };
}

/** Whether a port can be listened on now: `free`, or Node's code for why not (EADDRINUSE, EACCES …). */
export async function tryPort(port: number, hosts: readonly string[] = ['127.0.0.1', '::1']): Promise<string> {
  for (const host of hosts) {
    const answer = await tryAddress(port, host);
    // A computer without IPv6 has no ::1.
    if (answer !== 'free' && answer !== 'EADDRNOTAVAIL' && answer !== 'EAFNOSUPPORT') return answer;
  }
  return 'free';
}

function tryAddress(port: number, host: string): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });
}

async function freePortAfter(port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(port + PORTS_TRIED, 65_535); next += 1) {
    if ((await tryPort(next)) === 'free') return next;
  }
  return null;
}

/** Requests /info as Tableau does, with http and then with https. Never rejects; takes at most two seconds. */
export async function tabpyAt(port: number, host = '127.0.0.1'): Promise<string | null> {
  return (await infoAt(request, port, host)) ?? (await infoAt(tlsRequest, port, host));
}

function infoAt(ask: typeof request | typeof tlsRequest, port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    // The answer is only looked at, not trusted: any certificate will do.
    const about = { host, port, path: '/info', agent: false, timeout: ANSWER_MS, rejectUnauthorized: false };
    const asked = ask(about, (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > MAX_ANSWER_BYTES) asked.destroy();
      });
      answer.once('end', () => resolve(nameIn(Buffer.concat(parts).toString())));
      answer.once('error', () => resolve(null));
    });
    // A socket's time-out begins again with each byte; this timer also cuts a program that sends slowly.
    const limit = setTimeout(() => asked.destroy(), ANSWER_MS);
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(null));
    asked.once('close', () => {
      clearTimeout(limit);
      resolve(null);
    });
    asked.end();
  });
}

const OWN_VERSION = /\+tray\.(.+)$/;

function nameIn(text: string): string | null {
  let info: unknown;
  try {
    info = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof info !== 'object' || info === null || !('versions' in info) || !('server_version' in info)) return null;
  const version = String(info.server_version).slice(0, 40);
  const own = OWN_VERSION.exec(version)?.[1];
  return own === undefined ? `TabPy ${version}` : `TabPy Tray ${own}`;
}
