// Follows a request while Python has it: people see it in the list, can stop it, and learn what was sent even when
// Python ended before it answered.

import { Live } from '../activity/live-requests.ts';
import type { Answer } from '../runtime/answer.ts';
import type { HttpCaller } from './caller.ts';
import { noteBody, notePython } from './request-context.ts';
import type { AppDeps, RouteContext } from './request-context.ts';

/** So many requests that ended are looked at together; facts of others stay unknown. */
const MOST_DESCRIBED = 4;
const STOPPED: Answer = { kind: 'ended', reason: { kind: 'stopped', why: 'a user stopped it while it waited' } };

export type Follow = (
  ctx: RouteContext,
  caller: HttpCaller,
  body: Buffer,
  run: (body: Buffer, caller: HttpCaller) => Promise<Answer>,
) => Promise<Answer>;

/** @returns a function that runs a request whose body has come, and notes what the record needs */
export function createFollow({ live, runtime, amend, log }: AppDeps): Follow {
  let describing = 0;
  const describeLater = async (id: number, body: Buffer, caller: HttpCaller): Promise<void> => {
    if (describing >= MOST_DESCRIBED) return;
    describing += 1;
    try {
      const meta = await runtime.describe(body, caller);
      if (meta !== null) amend(id, meta);
    } catch (error) {
      log.debug(`a request that ended could not be described: ${(error as Error).message}`);
    } finally {
      describing -= 1;
    }
  };
  return async (ctx, caller, body, run) => {
    const { state } = ctx;
    noteBody(ctx, body);
    const one = new Live(liveFactsOf(ctx), body, () => caller.left.leave());
    state.live = one;
    caller.watch = one;
    live.add(one);
    let answer: Answer;
    try {
      answer = await run(body, caller);
    } finally {
      live.remove(one);
    }
    if (one.isStopped && answer.kind === 'refused') answer = STOPPED;
    notePython(ctx, answer);
    if (answer.kind === 'ended') void describeLater(state.id, body, caller);
    return answer;
  };
}

function liveFactsOf(ctx: RouteContext): Live['facts'] {
  const { id, startedAt, requestBytes } = ctx.state;
  return {
    id,
    startedAt,
    method: ctx.method,
    path: ctx.path,
    user: ctx.get('TabPy-User') || null,
    client: ctx.get('TabPy-Client') || null,
    remoteAddress: ctx.ip,
    requestBytes,
  };
}
