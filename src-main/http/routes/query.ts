// POST (and GET) /query/:name: calls a deployed function. Hands the body to Python as it is.

import type { AppDeps, RouteContext } from '../request-context.ts';
import type { Follow } from '../follow.ts';
import { sendJsonBytes } from '../request-context.ts';
import { replyOfFunction } from '../answer.ts';
import { callerOf } from '../caller.ts';
import { queriedNameIn } from '../path-name.ts';
import { readBody } from '../request-body.ts';
import type { BodyRules } from '../request-body.ts';

export function createQueryRoute(
  { runtime }: AppDeps,
  rules: BodyRules,
  follow: Follow,
): (ctx: RouteContext) => Promise<void> {
  return async (ctx) => {
    const name = queriedNameIn(ctx.path);
    const caller = callerOf(ctx);
    const body = await readBody(ctx, rules, caller);
    const answer = await follow(ctx, caller, body, (sent, by) => runtime.query(name, sent, by));
    const reply = replyOfFunction(answer, name);
    if (reply.etag !== null) ctx.set('ETag', `"${reply.etag}"`);
    sendJsonBytes(ctx, reply.status, reply.body);
  };
}
