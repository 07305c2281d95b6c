// The Koa application that speaks TabPy's REST. Must not know Python, Electron or where functions are kept.

import { isAscii } from 'node:buffer';
import Koa from 'koa';
import type { Next } from 'koa';
import { ownFault } from '../../src-shared/own-fault.ts';
import { guardRulesOf, refusalByGuard } from './request-guard.ts';
import type { GuardRules } from './request-guard.ts';
import { HttpRefusal, refusals } from './errors.ts';
import { compress, LEAST_PACKED_BYTES } from './compress.ts';
import { revalidate } from './revalidate.ts';
import { refusalOfAmbiguity } from './one-reading.ts';
import { createHeldMemory } from './held-memory.ts';
import { createLargeAnswers } from './large-answers.ts';
import { createRecords } from './records.ts';
import { bodyRulesOf } from './request-body.ts';
import { sendJson } from './request-context.ts';
import type { AppDeps, RequestState, RouteContext } from './request-context.ts';
import { createRoutes } from './routes/routes.ts';

/** The application; `app.callback()` serves requests. */
export function createApp(deps: AppDeps): Koa<RequestState> {
  const { settings } = deps;
  const app = new Koa<RequestState>();
  const guard = createGuard(deps);
  const records = createRecords(deps.record);
  const bodyRules = bodyRulesOf(settings);
  const holdLargeAnswer = createLargeAnswers(
    createHeldMemory(() => 0),
    bodyRules.slow,
  );

  // One middleware around the routes: five middlewares, each with a promise, would take a twentieth of a small call's
  // time.
  app.use(async (ctx: RouteContext, next: Next) => {
    const finish = records.begin(ctx, deps.nextId());
    try {
      guard(ctx);
      await next();
    } catch (error) {
      answerError(ctx, error, deps.log);
    }
    if (ctx.method === 'GET' || ctx.method === 'HEAD') revalidate(ctx);
    if (settings().gzipEnabled) await compress(ctx);
    try {
      holdLargeAnswer(ctx);
    } catch (error) {
      ctx.remove('Content-Encoding');
      answerError(ctx, error, deps.log);
    }
    finish();
    sendInOnePiece(ctx);
  });
  app.use(createRoutes(deps, bodyRules));
  // Koa prints the errors that it gets here. Everything that matters is in the log already; the rest is callers who
  // hung up.
  app.on('error', () => undefined);
  return app;
}

/**
 * A small answer, which is not gzipped, is sent as text: it goes out in one write with its head; bytes would need a
 * second write.
 */
function sendInOnePiece(ctx: RouteContext): void {
  const { body } = ctx;
  if (Buffer.isBuffer(body) && body.length < LEAST_PACKED_BYTES && isAscii(body)) ctx.body = body.toString('latin1');
}

/** Refuses requests that may not come in, and adds the CORS headers to the others. */
function createGuard({ settings, state }: AppDeps): (ctx: RouteContext) => void {
  let madeOf = settings();
  let guardRules = guardRulesOf(madeOf);
  const rulesNow = (): GuardRules => {
    if (settings() !== madeOf) {
      madeOf = settings();
      guardRules = guardRulesOf(madeOf);
    }
    const origin = state()?.cors['Access-Control-Allow-Origin'];
    return origin === undefined
      ? guardRules
      : { ...guardRules, allowedOrigins: [...guardRules.allowedOrigins, origin] };
  };
  return (ctx) => {
    const { headers } = ctx.req;
    const knock = {
      host: headers.host,
      origin: headers.origin,
      fetchSite: headers['sec-fetch-site'],
      userAgent: headers['user-agent'],
    };
    const refused = refusalByGuard(knock, rulesNow(), ctx.req.socket) ?? refusalOfAmbiguity(ctx.req);
    if (refused) throw refused;
    // Browsers check these headers before they let a page of another site read an answer; TabPy sends them with every
    // answer.
    for (const [name, value] of Object.entries(state()?.cors ?? {})) ctx.set(name, value);
  };
}

function answerError(ctx: RouteContext, error: unknown, log: AppDeps['log']): void {
  if (!(error instanceof HttpRefusal)) {
    const { text, detail } = ownFault(error);
    log.error(`${ctx.method} ${ctx.path}: ${text}`, { detail });
  }
  const refused = error instanceof HttpRefusal ? error : refusals.internal();
  // A caller that waits for "100 Continue" sends no body after a refusal: the connection cannot be used again.
  if (ctx.req.headers.expect !== undefined) ctx.set('Connection', 'close');
  for (const [name, value] of Object.entries(refused.headers)) ctx.set(name, value);
  ctx.state.failure = refused.message;
  sendJson(ctx, refused.status, { message: refused.message, info: refused.info });
}
