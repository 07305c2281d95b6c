// POST /evaluate: hands the body to Python as it is. Must not parse it: a million numbers would block this process for
// 50 ms.

import type { AppDeps, RouteContext } from '../request-context.ts';
import type { Follow } from '../follow.ts';
import { noteBody, sendJsonBytes } from '../request-context.ts';
import { replyOfScript } from '../answer.ts';
import type { Answer } from '../../runtime/answer.ts';
import { callerOf } from '../caller.ts';
import type { HttpCaller } from '../caller.ts';
import { refusals } from '../errors.ts';
import { readBody } from '../request-body.ts';
import type { BodyRules } from '../request-body.ts';

export function createEvaluateRoute(
  { settings, runtime }: AppDeps,
  rules: BodyRules,
  follow: Follow,
): (ctx: RouteContext) => Promise<void> {
  const run = (body: Buffer, by: HttpCaller): Promise<Answer> => runtime.evaluate(body, by);
  return async (ctx) => {
    const caller = callerOf(ctx);
    const body = await readBody(ctx, rules, caller);
    const { evaluateEnabled, evaluateTimeoutSeconds } = settings();
    if (!evaluateEnabled) {
      noteBody(ctx, body);
      throw refusals.evaluateOff();
    }
    const answer = await follow(ctx, caller, body, run);
    const reply = replyOfScript(answer, evaluateTimeoutSeconds);
    sendJsonBytes(ctx, reply.status, reply.body);
  };
}
