// GET /status: the state of the deployed functions. Answers at once, whatever Python does.

import type { AppDeps, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';

export function createStatusRoute({ registry }: AppDeps): (ctx: RouteContext) => void {
  return (ctx) => {
    const entries = [...registry.snapshot().endpoints.values()].map(({ name, version, type, status, lastError }) => [
      name,
      { version, type, status, last_error: lastError },
    ]);
    sendJson(ctx, 200, Object.fromEntries(entries));
  };
}
