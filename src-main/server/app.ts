// The Koa application that speaks TabPy's REST. Must not know Python, Electron or where functions are kept.

import Koa from 'koa';
import type { Next } from 'koa';
import { ownFault } from '../../src-shared/own-fault.ts';
import { doorRulesOf, refusalAtTheDoor } from './door.ts';
import type { DoorRules } from './door.ts';
import { Refused, refusals } from './errors.ts';
import { compress } from './middleware/compress.ts';
import { revalidate } from './middleware/revalidate.ts';
import { refusalOfAmbiguity } from './one-reading.ts';
import { sendJson } from './request-context.ts';
import type { AppDeps, RequestState, RouteContext } from './request-context.ts';
import { createRoutes } from './routes/routes.ts';

/** The application; `app.callback()` serves requests. */
export function createApp(deps: AppDeps): Koa<RequestState> {
  const { settings, log, record, nextId } = deps;
  const app = new Koa<RequestState>();
  const doorRules = doorRulesOf(settings);
  const rulesNow = (): DoorRules => {
    const origin = deps.state()?.cors['Access-Control-Allow-Origin'];
    return origin === undefined ? doorRules : { ...doorRules, allowedOrigins: [...doorRules.allowedOrigins, origin] };
  };

  const recordRequest = async (ctx: RouteContext, next: Next): Promise<void> => {
    const startedAt = Date.now();
    const start = performance.now();
    const id = nextId();
    Object.assign(ctx.state, { failure: null, signedInAs: null, requestBody: null, responseBody: null, python: null });
    ctx.state.requestBytes = Number(ctx.request.headers['content-length'] ?? 0);
    await next();
    const { requestBody, responseBody, python } = ctx.state;
    const about = {
      id,
      startedAt,
      elapsedMs: performance.now() - start,
      method: ctx.method,
      path: ctx.path,
      status: ctx.status,
      requestBytes: ctx.state.requestBytes,
      responseBytes: Buffer.isBuffer(ctx.body) ? ctx.body.length : 0,
      client: ctx.get('TabPy-Client') || null,
      user: ctx.get('TabPy-User') || null,
      remoteAddress: ctx.ip,
      failure: ctx.state.failure,
    };
    record(about, {
      headers: ctx.req.headers,
      request: requestBody,
      response: responseBody,
      prints: python?.prints ?? '',
      printsDropped: python?.printsDropped ?? 0,
      error: python?.error ?? null,
      signedInAs: ctx.state.signedInAs,
    });
  };

  const answerErrors = async (ctx: RouteContext, next: Next): Promise<void> => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Refused)) {
        const { text, detail } = ownFault(error);
        log.error(`${ctx.method} ${ctx.path}: ${text}`, { detail });
      }
      const refused = error instanceof Refused ? error : refusals.internal();
      // A caller that waits for "100 Continue" sends no body after a refusal: the connection cannot be used again.
      if (ctx.req.headers.expect !== undefined) ctx.set('Connection', 'close');
      for (const [name, value] of Object.entries(refused.headers)) ctx.set(name, value);
      ctx.state.failure = refused.message;
      sendJson(ctx, refused.status, { message: refused.message, info: refused.info });
    }
  };

  const guardDoor = (ctx: RouteContext, next: Next): Promise<void> => {
    const { headers } = ctx.req;
    const refused = refusalAtTheDoor(
      {
        host: headers.host,
        origin: headers.origin,
        fetchSite: headers['sec-fetch-site'],
        userAgent: headers['user-agent'],
      },
      rulesNow(),
    );
    if (refused) throw refused;
    const ambiguity = refusalOfAmbiguity(ctx.req);
    if (ambiguity) throw ambiguity;
    // Browsers ask for them before they let a page of another site read an answer; TabPy sends them with every one.
    for (const [name, value] of Object.entries(deps.state()?.cors ?? {})) ctx.set(name, value);
    return next();
  };

  app.use(recordRequest);
  if (settings.gzipEnabled) app.use(compress);
  app.use(revalidate);
  app.use(answerErrors);
  app.use(guardDoor);
  app.use(createRoutes(deps));
  // Koa prints what it is told of here; all that matters went to the log already, the rest is callers who hung up.
  app.on('error', () => undefined);
  return app;
}
