// Gives answers to GET a tag, and spares callers a body that they have already. Must not know what the answers say.

import { hash } from 'node:crypto';
import type { Context } from 'koa';

/** Sets ETag on every 200 of GET and HEAD, and answers 304 where `If-None-Match` names it, as Tornado does. */
export function revalidate(ctx: Context): void {
  const { body } = ctx;
  if (ctx.status !== 200 || !Buffer.isBuffer(body)) return;
  if (!ctx.res.hasHeader('ETag')) ctx.set('ETag', `"${hash('sha1', body)}"`);
  if (!ctx.fresh) return;
  ctx.status = 304;
  ctx.body = null;
}
