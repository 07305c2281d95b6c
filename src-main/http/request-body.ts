// Reads the bytes of a request, within the limit and un-gzipped. Must not look into them.

import type { IncomingMessage } from 'node:http';
import type { Settings } from '../../src-shared/settings.ts';
import type { Caller } from '../runtime/caller.ts';
import { ChunkStore } from './chunk-store.ts';
import { refusals } from './errors.ts';
import type { HttpRefusal } from './errors.ts';
import { createHeldMemory } from './held-memory.ts';
import type { HeldMemory } from './held-memory.ts';
import type { RouteContext } from './request-context.ts';
import { createSlowCallers } from './slow-callers.ts';
import type { SlowCallers } from './slow-callers.ts';
import { createUnpacking } from './unpacking.ts';
import type { Unpacking } from './unpacking.ts';

export interface BodyRules {
  /** Limit of the body, both as sent and as unpacked: a small gzip can hold gigabytes. */
  readonly limitBytes: number;
  /** Whether packed bodies are unpacked; TabPy's TABPY_GZIP_ENABLE switches both directions. */
  readonly gzip: boolean;
  /** These are shared by all requests of a server. */
  readonly held: HeldMemory;
  readonly slow: SlowCallers;
  readonly unpacking: Unpacking;
}

/** The rules from the current settings; made once, because all requests of a server share the memory that is held. */
export function bodyRulesOf(settings: () => Pick<Settings, 'maxRequestMegabytes' | 'gzipEnabled'>): BodyRules {
  const limitBytes = (): number => settings().maxRequestMegabytes * 1024 * 1024;
  return {
    get limitBytes() {
      return limitBytes();
    },
    get gzip() {
      return settings().gzipEnabled;
    },
    held: createHeldMemory(limitBytes),
    slow: createSlowCallers(),
    unpacking: createUnpacking(),
  };
}

/**
 * Reads the body as bytes, unpacked where the request names gzip. Other encodings are ignored, as TabPy does; such a
 * body is not valid JSON. The bytes are held until the response is closed.
 * @throws HttpRefusal 413, 400 (invalid gzip), 503 (no memory), 408 (too slow)
 */
export async function readBody(ctx: RouteContext, rules: BodyRules, caller: Caller): Promise<Buffer> {
  return (await arrivedBody(ctx.req, rules)) ?? readAll(ctx, rules, caller);
}

// Such bodies arrive in one packet with their head. All that may wait together hold little, so they are not counted.
const SMALL_BYTES = 32 * 1024;

/** A small plain body that has arrived already, without the events of a stream; null otherwise. */
async function arrivedBody(request: IncomingMessage, { limitBytes }: BodyRules): Promise<Buffer | null> {
  const { headers } = request;
  const claimed = Number(headers['content-length']);
  const isSmall = claimed > 0 && claimed <= SMALL_BYTES && claimed <= limitBytes;
  if (!isSmall || headers['content-encoding'] !== undefined || headers.expect !== undefined) return null;
  // One turn later the parser has also read the bytes that came with the head.
  await Promise.resolve();
  return request.complete && request.readableLength === claimed ? (request.read() as Buffer) : null;
}

async function readAll({ req, res }: RouteContext, rules: BodyRules, caller: Caller): Promise<Buffer> {
  const { limitBytes, gzip, held: memory, slow, unpacking } = rules;
  const claimed = Number(req.headers['content-length'] ?? 0);
  if (claimed > limitBytes) throw refusals.tooLarge(claimed, limitBytes);
  const { party } = caller;
  let held = 0;
  let isClosed = res.closed;
  const hold = (bytes: number): boolean => {
    if (!memory.take(party, bytes, Math.max(held + bytes, claimed))) return false;
    // The caller left while its body was unpacked, and the close event has passed: release the memory here.
    if (isClosed) memory.give(party, bytes);
    else held += bytes;
    return true;
  };
  res.once('close', () => {
    isClosed = true;
    memory.give(party, held);
    held = 0;
  });
  const raw = await collect(req, limitBytes, hold, slow);
  const encoding = req.headers['content-encoding']?.trim().toLowerCase();
  if (!gzip || raw.length === 0 || (encoding !== 'gzip' && encoding !== 'x-gzip')) return raw;
  let bytes = 0;
  return unpacking
    .unpack(raw, caller, (more) => {
      bytes += more;
      if (bytes > limitBytes) throw refusals.tooLarge(limitBytes + 1, limitBytes);
      if (!hold(more)) throw refusals.noMemoryForBodies();
    })
    .catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      throw code?.startsWith('Z_') ? refusals.notGzip(message) : error;
    });
}

function collect(
  request: IncomingMessage,
  limitBytes: number,
  hold: (bytes: number) => boolean,
  slow: SlowCallers,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const store = new ChunkStore();
    const refuse = (refused: HttpRefusal): void => {
      watch.done();
      // The rest is not read: the answer is a refusal and the connection is closed.
      request.removeAllListeners('data').pause();
      reject(refused);
    };
    const watch = slow.watch(
      () => store.bytes,
      () => refuse(refusals.tooSlow()),
    );
    request.on('data', (chunk: Buffer) => {
      const bytes = store.bytes + chunk.length;
      if (bytes > limitBytes) return refuse(refusals.tooLarge(bytes, limitBytes));
      if (!hold(store.add(chunk))) refuse(refusals.noMemoryForBodies());
    });
    request.once('end', () => {
      watch.done();
      resolve(store.whole());
    });
    request.once('error', () => reject(refusals.callerLeft()));
    request.once('close', () => {
      watch.done();
      // Every request closes; an error made for each would take a twentieth of a small call's time.
      if (!request.complete) reject(refusals.callerLeft());
    });
  });
}
