// Who calls: what keeps one workbook's Python state apart from another's. Must not know what is called.

import type { Caller } from '../runtime/runtime.ts';
import type { RouteContext } from './request-context.ts';

/** The caller behind a request: who signed in, the Tableau user when it is sent, and the address. Its signal fires when it hangs up. */
export function callerOf(ctx: RouteContext): Caller {
  const controller = new AbortController();
  // It may have hung up while its body was being unpacked.
  if (ctx.res.closed) controller.abort();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) controller.abort();
  });
  return { key: JSON.stringify([ctx.state.signedInAs, ctx.get('TabPy-User'), ctx.ip]), left: controller.signal };
}
