// Gzips large answers for callers that accept it.

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'koa';

const gzipAsync = promisify(gzip);

// Tornado's own threshold (GZipContentEncoding.MIN_LENGTH), so that answers look as TabPy's do.
export const LEAST_PACKED_BYTES = 1024;
// On loopback level 6 takes more time than it saves; level 1 is five times faster and its result a few per cent larger.
const LEVEL = 1;

/** Gzips the answer when `Accept-Encoding` names gzip. Resolves at once where there is nothing to do. */
export async function compress(ctx: Context): Promise<void> {
  // Nearly always the only value.
  if (ctx.res.hasHeader('Vary')) ctx.vary('Accept-Encoding');
  else ctx.res.setHeader('Vary', 'Accept-Encoding');
  const { body } = ctx;
  if (!Buffer.isBuffer(body) || body.length < LEAST_PACKED_BYTES) return;
  if (ctx.acceptsEncodings('gzip', 'identity') !== 'gzip') return;
  ctx.body = await gzipAsync(body, { level: LEVEL });
  ctx.set('Content-Encoding', 'gzip');
}
