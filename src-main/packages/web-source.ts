// Pyodide's files on a web server, as its CDN has them. Must not decide whether a file is right.

import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { finished } from 'node:stream/promises';
import type { Progress } from './progress.ts';
import { fetchEach } from './source.ts';
import type { Source } from './source.ts';
import { partOf } from './work-folder.ts';

export interface WebLimits {
  /** For the first answer of all: a network that does not reach the server must not hold up a start. */
  readonly connectMs: number;
  /** Without a byte for so long, a download has broken off. */
  readonly idleMs: number;
}

const LIMITS: WebLimits = { connectMs: 5_000, idleMs: 30_000 };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * A web server with Pyodide's files directly under `baseUrl`. A download that broke off goes on where it stopped, also
 * in a later fill. The proxy that HTTPS_PROXY and its siblings name in `env` is used.
 */
export function webSource(baseUrl: string, limits: WebLimits = LIMITS, env: Env = process.env): Source {
  return {
    name: new URL(baseUrl).host,
    offers: (file) => file.pip === null,
    async fetch({ files, workDir, accept, progress, signal }) {
      const protocol = baseUrl.startsWith('https:') ? https : http;
      const agent = new protocol.Agent({ keepAlive: true, proxyEnv: { ...env } });
      let isReached = false;
      try {
        await fetchEach(files, { signal, goesOn: () => isReached }, async (file) => {
          const part = partOf(workDir, file.sha256);
          const fetchPart = (): Promise<boolean> =>
            download(new URL(file.fileName, baseUrl).href, {
              ask: (url, options, answer) => protocol.get(url, { ...options, agent }, answer),
              part,
              answerMs: isReached ? limits.idleMs : limits.connectMs,
              idleMs: limits.idleMs,
              progress,
              signal,
            });
          progress.file(file.fileName);
          const isResumed = await fetchPart();
          isReached = true;
          try {
            await accept(file, part);
          } catch (error) {
            if (!isResumed) throw error;
            // The first half was another file's or damaged: once more, from the start.
            await rm(part, { force: true });
            await fetchPart();
            await accept(file, part);
          }
        });
      } finally {
        agent.destroy();
      }
    },
  };
}

interface Download {
  readonly ask: (
    url: string,
    options: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
    answer: (response: IncomingMessage) => void,
  ) => http.ClientRequest;
  readonly part: string;
  readonly answerMs: number;
  readonly idleMs: number;
  readonly progress: Progress;
  readonly signal: AbortSignal | null;
}

/** Fetches `url` to the end of `part`. Answers whether the beginning was there already. */
async function download(url: string, { ask, part, answerMs, idleMs, progress, signal }: Download): Promise<boolean> {
  const have = (await stat(part).catch(() => null))?.size ?? 0;
  const silence = new AbortController();
  const silentFor = (ms: number): NodeJS.Timeout =>
    setTimeout(() => silence.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  const stop = signal ? AbortSignal.any([silence.signal, signal]) : silence.signal;
  let timer = silentFor(answerMs);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
      ask(url, { headers, signal: stop }, resolve).on('error', reject);
    }).catch((error: unknown) => {
      throw stop.aborted ? stop.reason : error;
    });
    clearTimeout(timer);
    timer = silentFor(idleMs);
    const status = response.statusCode ?? 0;
    // 416: all of it was there already.
    const isAllThere = have > 0 && status === 416;
    if (isAllThere || (status !== 200 && status !== 206)) {
      response.resume();
      if (isAllThere) return true;
      throw new Error(`${url} answered ${status}`);
    }
    const isResumed = response.headers['content-range']?.startsWith(`bytes ${have}-`) ?? false;
    progress.expect(Number(response.headers['content-length'] ?? 0));
    response.on('data', (chunk: Buffer) => {
      timer.refresh();
      progress.bytes(chunk.length);
    });
    await save(response, part, isResumed);
    if (stop.aborted) throw stop.reason;
    if (!response.complete) throw new Error(`${url} broke off`);
    return isResumed;
  } finally {
    clearTimeout(timer);
  }
}

/** Writes what comes, also of an answer that breaks off: the next try goes on there. */
async function save(response: IncomingMessage, part: string, isResumed: boolean): Promise<void> {
  const target = createWriteStream(part, { flags: isResumed ? 'a' : 'w' });
  const written = finished(target);
  const over = new Promise<void>((resolve) => response.once('close', resolve));
  // A broken-off answer is told by `complete`; a full disk by `written`.
  response.on('error', () => undefined);
  target.on('error', () => response.destroy());
  response.pipe(target);
  await over;
  target.end();
  await written;
}
