// Load through autocannon: connections that stay open, each asking again as soon as it is answered. Must not know what is asked.

import autocannon from 'autocannon';

/** What is asked, again and again. */
export interface Question {
  readonly url: string;
  readonly route: string;
  readonly body: Buffer;
  readonly connections: number;
  /** Callers that take turns on each connection; 1: nobody is named. */
  readonly callers: number;
}

/** What one slice of load came to. */
export interface Slice {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

/** Asks once. Rejects when nobody answers. @param body null: a GET */
export async function askOnce(url: string, route: string, body: Buffer | null): Promise<Reply> {
  const response = await fetch(new URL(route, url), {
    method: body === null ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

const FEW = 100;

/** Asks for about so long. Rejects on any other answer than 200. @param usualMs what one request usually takes */
export function runSlice(question: Question, forMs: number, usualMs: number): Promise<Slice> {
  // What takes long is measured by its latency, of two requests on each connection.
  const isSlow = usualMs * 4 > forMs;
  return run(question, isSlow ? { amount: 2 * question.connections } : { duration: forMs / 1000 });
}

/** Has every caller ask a few times, so that each has a warm Python. */
export async function warmUp(question: Question): Promise<void> {
  await run(question, { amount: 3 * question.callers * question.connections });
}

async function run(
  { url, route, body, connections, callers }: Question,
  length: { readonly amount: number } | { readonly duration: number },
): Promise<Slice> {
  const headers = { 'content-type': 'application/json' };
  const named = (caller: number) => ({
    method: 'POST' as const,
    headers: { ...headers, 'TabPy-User': `caller ${caller}` },
  });
  const latenciesMs: number[] = [];
  const start = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: new URL(route, url).href,
        method: 'POST',
        body,
        connections,
        timeout: 120,
        ...length,
        ...(callers > 1 ? { requests: Array.from({ length: callers }, (_, caller) => named(caller)) } : { headers }),
      },
      (error, done) => (error ? reject(error as Error) : resolve(done)),
    );
    // Its own histogram knows whole milliseconds only.
    instance.on('response', (_client, _status, _bytes, responseTime) => void latenciesMs.push(responseTime));
  });
  if (result.non2xx > 0) throw new Error(`answered ${result.non2xx} requests with another status than 200 under load`);
  if (result.errors > 0) throw new Error(`did not answer ${result.errors} requests under load`);
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const elapsedMs = 'duration' in length ? result.duration * 1000 : performance.now() - start;
  const meanMs = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
  return {
    // Of few requests, what one takes says more than how many fitted in.
    perSecond: sorted.length < FEW * connections ? (connections * 1000) / meanMs : (sorted.length * 1000) / elapsedMs,
    requests: sorted.length,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}
