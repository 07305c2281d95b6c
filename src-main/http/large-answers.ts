// Sends large answers piece by piece, and counts the bytes that are held.
// Threat: callers request a hundred megabytes each and never read them: the server would hold them all, for ever.

import { Readable } from 'node:stream';
import { partyOf } from './caller.ts';
import { refusals } from './errors.ts';
import type { HeldMemory } from './held-memory.ts';
import type { RouteContext } from './request-context.ts';
import type { SlowCallers } from './slow-callers.ts';

/** Smaller answers leave with one write, or wait in the system's own buffers. */
const LARGE_BYTES = 256 * 1024;
const PIECE_BYTES = 256 * 1024;

/**
 * @returns a function that holds a large answer until it was read; callers who hardly read are disconnected
 * @throws HttpRefusal 503 when too much is held already
 */
export function createLargeAnswers(memory: HeldMemory, slow: SlowCallers): (ctx: RouteContext) => void {
  return (ctx) => {
    const { body, res } = ctx;
    if (!Buffer.isBuffer(body) || body.length < LARGE_BYTES) return;
    const party = partyOf(ctx);
    if (!memory.take(party, body.length, body.length)) throw refusals.noMemoryForAnswers();
    let sent = 0;
    const watch = slow.watch(
      () => sent,
      () => void ctx.req.socket.destroy(),
    );
    res.once('close', () => {
      watch.done();
      memory.give(party, body.length);
    });
    ctx.body = Readable.from(
      pieces(body, (bytes) => {
        sent += bytes;
      }),
      { objectMode: false, highWaterMark: PIECE_BYTES },
    );
    ctx.length = body.length;
  };
}

function* pieces(body: Buffer, onPiece: (bytes: number) => void): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    const piece = body.subarray(at, at + PIECE_BYTES);
    yield piece;
    onPiece(piece.length);
  }
}
