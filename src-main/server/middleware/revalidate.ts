// Gives answers to GET a tag, and spares callers a body that they have already. Must not know what the answers say.

import { hash } from 'node:crypto';
import type { Context, Next } from 'koa';

/** Koa middleware: ETag on every 200 of GET and HEAD, 304 where `If-None-Match` names it, as Tornado does. */
export async function revalidate(ctx: Context, next: Next): Promise<void> {
  await next();
  const { body } = ctx;
  if (ctx.status !== 200 || (ctx.method !== 'GET' && ctx.method !== 'HEAD') || !Buffer.isBuffer(body)) return;
  if (!ctx.res.hasHeader('ETag')) ctx.set('ETag', `"${hash('sha1', body)}"`);
  if (!ctx.fresh) return;
  ctx.status = 304;
  ctx.body = null;
}
