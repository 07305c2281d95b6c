// Adds a tag to answers to GET, and answers 304 to callers that already have the body.

import { hash } from 'node:crypto';
import type { Context } from 'koa';

/** Sets ETag on every 200 of GET and HEAD, and answers 304 where `If-None-Match` names that tag, as Tornado does. */
export function revalidate(ctx: Context): void {
  const { body } = ctx;
  if (ctx.status !== 200 || !Buffer.isBuffer(body)) return;
  if (!ctx.res.hasHeader('ETag')) ctx.set('ETag', `"${hash('sha1', body)}"`);
  if (!ctx.fresh) return;
  ctx.status = 304;
  ctx.body = null;
}
