// Every path of the server, in one table. Must not know what happens behind them.

import { Router } from '@koa/router';
import type { Middleware, Next } from 'koa';
import type { AppDeps, RequestState, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';
import { admit } from '../admission.ts';
import { refusals } from '../errors.ts';
import type { BodyRules } from '../request-body.ts';
import { createEndpointRoutes } from './endpoints.ts';
import { createEvaluateRoute } from './evaluate.ts';
import { createIndexRoute } from './index-page.ts';
import { createInfoRoute } from './info.ts';
import { createQueryRoute } from './query.ts';
import { createStatusRoute } from './status.ts';
import { createUploadDestinationRoute } from './upload-destination.ts';

type Handler = (ctx: RouteContext) => Promise<void> | void;

const EVALUATE = '/evaluate';
const QUERY = '/query/';
const PAGES: ReadonlySet<string> = new Set(['/', '/index.html']);

/**
 * All routes as one middleware. OPTIONS is `{}` on every path of the interface. Paths that nobody knows belong to the page
 * at `/`, as in TabPy: 404 for who reads them, 405 for anything else.
 */
export function createRoutes(deps: AppDeps, bodyRules: BodyRules): Middleware<RequestState> {
  const router = new Router<RequestState>({ strict: true, sensitive: true });
  const endpoints = createEndpointRoutes(deps, bodyRules);

  /** A handler for who may come in. Tableau tells from the 406 that a server wants no credentials (base_handler.py). */
  const guarded = (handler: Handler): never =>
    (async (ctx: RouteContext) => {
      await admit(ctx, deps);
      return handler(ctx);
    }) as never;

  const evaluate: Handler = guarded(createEvaluateRoute(deps, bodyRules));
  const query: Handler = guarded(createQueryRoute(deps, bodyRules));
  /** What Tableau sends by the thousand needs no search through the router's table. */
  const frequent = ({ method, path }: RouteContext): Handler | null => {
    if (method !== 'POST') return null;
    if (path === EVALUATE) return evaluate;
    return path.startsWith(QUERY) && path.length > QUERY.length && !path.includes('/', QUERY.length) ? query : null;
  };

  // The page wants no credentials, whoever sends some.
  router.get([...PAGES], createIndexRoute(deps) as never);
  router.get('/info', guarded(createInfoRoute(deps)));
  router.get('/status', guarded(createStatusRoute(deps)));
  router.get(['/endpoints', '/endpoints/'], guarded(endpoints.list));
  router.post('/endpoints', guarded(endpoints.add));
  router.get('/endpoints/:name', guarded(endpoints.show));
  router.put('/endpoints/:name', guarded(endpoints.update));
  router.delete('/endpoints/:name', guarded(endpoints.remove));
  router.post(EVALUATE, evaluate as never);
  // The seed's own example of /query is a GET with a body.
  router.get(`${QUERY}:name`, query as never);
  router.post(`${QUERY}:name`, query as never);
  router.get('/configurations/endpoint_upload_destination', guarded(createUploadDestinationRoute(deps)));
  const dispatch = router.routes();

  return (async (ctx: RouteContext, next: Next) => {
    // Paths without the prefix are answered too: the window and who looks after the server ask for those.
    ctx.path = withoutPrefix(ctx.path, deps.state()?.prefix ?? '');
    const handler = frequent(ctx);
    if (handler) return handler(ctx);
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

function withoutPrefix(path: string, prefix: string): string {
  return prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}
