// POST /evaluate: hands the body to Python as it is. Must not parse it: a million numbers would block this process for
// 50 ms.

import type { AppDeps, RouteContext } from '../request-context.ts';
import { notePython, sendJsonBytes } from '../request-context.ts';
import { replyOfScript } from '../answer.ts';
import { callerOf } from '../caller.ts';
import { refusals } from '../errors.ts';
import { readBody } from '../request-body.ts';
import type { BodyRules } from '../request-body.ts';

export function createEvaluateRoute(
  { settings, runtime }: AppDeps,
  rules: BodyRules,
): (ctx: RouteContext) => Promise<void> {
  return async (ctx) => {
    const caller = callerOf(ctx);
    const body = await readBody(ctx, rules, caller);
    ctx.state.requestBytes = body.length;
    ctx.state.requestBody = body;
    const { evaluateEnabled, evaluateTimeoutSeconds } = settings();
    if (!evaluateEnabled) throw refusals.evaluateOff();
    const answer = await runtime.evaluate(body, caller);
    notePython(ctx, answer);
    const reply = replyOfScript(answer, evaluateTimeoutSeconds);
    sendJsonBytes(ctx, reply.status, reply.body);
  };
}
