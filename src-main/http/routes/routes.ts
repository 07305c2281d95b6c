// The table of all paths of the server. Must not know what happens behind them.

import { Router } from '@koa/router';
import type { Middleware, Next } from 'koa';
import type { AppDeps, RequestState, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';
import { admit } from '../admission.ts';
import { refusals } from '../errors.ts';
import { createFollow } from '../follow.ts';
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
 * All routes as one middleware. OPTIONS answers `{}` on every path of the interface. Unknown paths belong to the page
 * at `/`, as in TabPy: 404 for reading, 405 for anything else.
 */
export function createRoutes(deps: AppDeps, bodyRules: BodyRules): Middleware<RequestState> {
  const router = new Router<RequestState>({ strict: true, sensitive: true });
  const endpoints = createEndpointRoutes(deps, bodyRules);

  /** A handler behind the sign-in. Tableau learns from the 406 that a server wants no credentials (base_handler.py). */
  const guarded = (handler: Handler): never =>
    (async (ctx: RouteContext) => {
      await admit(ctx, deps);
      return handler(ctx);
    }) as never;

  const follow = createFollow(deps);
  const evaluate: Handler = guarded(createEvaluateRoute(deps, bodyRules, follow));
  const query: Handler = guarded(createQueryRoute(deps, bodyRules, follow));
  /** The paths that Tableau calls by the thousand skip the search through the router's table. */
  const frequent = ({ method, path }: RouteContext): Handler | null => {
    if (method !== 'POST') return null;
    if (path === EVALUATE) return evaluate;
    return path.startsWith(QUERY) && path.length > QUERY.length && !path.includes('/', QUERY.length) ? query : null;
  };

  // The page needs no credentials and ignores those that are sent.
  router.get([...PAGES], createIndexRoute(deps) as never);
  router.get('/info', guarded(createInfoRoute(deps)));
  router.get('/status', guarded(createStatusRoute(deps)));
  router.get(['/endpoints', '/endpoints/'], guarded(endpoints.list));
  router.post('/endpoints', guarded(endpoints.add));
  router.get('/endpoints/:name', guarded(endpoints.show));
  router.put('/endpoints/:name', guarded(endpoints.update));
  router.delete('/endpoints/:name', guarded(endpoints.remove));
  router.post(EVALUATE, evaluate as never);
  // TabPy accepts GET with a body for /query too.
  router.get(`${QUERY}:name`, query as never);
  router.post(`${QUERY}:name`, query as never);
  router.get('/configurations/endpoint_upload_destination', guarded(createUploadDestinationRoute(deps)));
  const dispatch = router.routes();

  return (async (ctx: RouteContext, next: Next) => {
    // Paths without the prefix are answered too: the window and administrators call those.
    ctx.path = withoutPrefix(ctx.path, deps.state()?.prefix ?? '');
    const handler = frequent(ctx);
    if (handler) return handler(ctx);
    const { method, path } = ctx;
    const isKnown = (): boolean => router.match(path, 'GET').path.length > 0;
    if (method === 'OPTIONS' && isKnown() && !PAGES.has(path)) return sendJson(ctx, 200, {});
    // Tornado answers HEAD only where a handler defines it: the static pages.
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
