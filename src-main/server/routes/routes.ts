// Every path of the server, in one table. Must not know what happens behind them.

import { Router } from '@koa/router';
import type { Middleware, Next } from 'koa';
import type { AppDeps, RequestState, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';
import { basicCredentials } from '../credentials.ts';
import { refusals } from '../errors.ts';
import { createEndpointRoutes } from './endpoints.ts';
import { createEvaluateRoute } from './evaluate.ts';
import { createIndexRoute } from './index-page.ts';
import { createInfoRoute } from './info.ts';
import { createQueryRoute } from './query.ts';
import { createStatusRoute } from './status.ts';
import { createUploadDestinationRoute } from './upload-destination.ts';

type Handler = (ctx: RouteContext) => Promise<void> | void;

const PAGES: ReadonlySet<string> = new Set(['/', '/index.html']);

/**
 * All routes as one middleware. OPTIONS is `{}` on every path of the interface. Paths that nobody knows belong to the page
 * at `/`, as in TabPy: 404 for who reads them, 405 for anything else.
 */
export function createRoutes(deps: AppDeps): Middleware<RequestState> {
  const router = new Router<RequestState>({ strict: true, sensitive: true });
  const endpoints = createEndpointRoutes(deps);
  const query = createQueryRoute(deps);

  /** A handler of a server without sign-in: Tableau tells that from the 406 which credentials get (base_handler.py). */
  const open = (handler: Handler): never =>
    ((ctx: RouteContext) => {
      if (basicCredentials(ctx.req.headers.authorization)) throw refusals.credentialsNotWanted(deps.settings.name);
      return handler(ctx);
    }) as never;

  // The page wants no credentials, whoever sends some.
  router.get([...PAGES], createIndexRoute(deps) as never);
  router.get('/info', open(createInfoRoute(deps)));
  router.get('/status', open(createStatusRoute(deps)));
  router.get(['/endpoints', '/endpoints/'], open(endpoints.list));
  router.post('/endpoints', open(endpoints.add));
  router.get('/endpoints/:name', open(endpoints.show));
  router.put('/endpoints/:name', open(endpoints.update));
  router.delete('/endpoints/:name', open(endpoints.remove));
  router.post('/evaluate', open(createEvaluateRoute(deps)));
  // The seed's own example of /query is a GET with a body.
  router.get('/query/:name', open(query));
  router.post('/query/:name', open(query));
  router.get('/configurations/endpoint_upload_destination', open(createUploadDestinationRoute(deps)));
  const dispatch = router.routes();

  return (async (ctx: RouteContext, next: Next) => {
    const { method, path } = ctx;
    const isKnown = (): boolean => router.match(path, 'GET').path.length > 0;
    if (method === 'OPTIONS' && isKnown() && !PAGES.has(path)) return sendJson(ctx, 200, {});
    // Tornado answers HEAD only where a handler says so: the static pages.
    if (method === 'HEAD' && isKnown() && !PAGES.has(path)) throw refusals.methodNotAllowed(method, path);
    await dispatch(ctx as never, async () => {
      if (isKnown() || (method !== 'GET' && method !== 'HEAD')) throw refusals.methodNotAllowed(method, path);
      throw refusals.notFound(path);
    });
    return next();
  }) as Middleware<RequestState>;
}
