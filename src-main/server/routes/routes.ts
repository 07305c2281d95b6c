// Every path of the server, in one table. Must not know what happens behind them.

import { Router } from '@koa/router';
import type { Middleware, Next } from 'koa';
import type { AppDeps, RequestState, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';
import { refusals } from '../errors.ts';
import { createEndpointRoutes } from './endpoints.ts';
import { createEvaluateRoute } from './evaluate.ts';
import { createIndexRoute } from './index-page.ts';
import { createInfoRoute } from './info.ts';
import { createQueryRoute } from './query.ts';
import { createStatusRoute } from './status.ts';
import { createUploadDestinationRoute } from './upload-destination.ts';

/** All routes as one middleware; unknown paths are 404, wrong methods 405, OPTIONS is `{}` on every path that exists. */
export function createRoutes(deps: AppDeps): Middleware<RequestState> {
  const router = new Router<RequestState>({ strict: true, sensitive: true });
  const endpoints = createEndpointRoutes(deps);
  const query = createQueryRoute(deps);

  router.get('/', createIndexRoute(deps) as never);
  router.get('/info', createInfoRoute(deps) as never);
  router.get('/status', createStatusRoute(deps) as never);
  router.get(['/endpoints', '/endpoints/'], endpoints.list as never);
  router.post('/endpoints', endpoints.add as never);
  router.get('/endpoints/:name', endpoints.show as never);
  router.put('/endpoints/:name', endpoints.update as never);
  router.delete('/endpoints/:name', endpoints.remove as never);
  router.post('/evaluate', createEvaluateRoute(deps) as never);
  // The seed's own example of /query is a GET with a body.
  router.get('/query/:name', query as never);
  router.post('/query/:name', query as never);
  router.get('/configurations/endpoint_upload_destination', createUploadDestinationRoute(deps) as never);
  const dispatch = router.routes();

  return (async (ctx: RouteContext, next: Next) => {
    const { method, path } = ctx;
    // Tornado answers HEAD only where a handler says so: the static pages.
    if (method === 'OPTIONS' || (method === 'HEAD' && path !== '/')) {
      if (router.match(path, 'GET').path.length === 0) throw refusals.notFound(path);
      if (method === 'HEAD') throw refusals.methodNotAllowed(method, path);
      return sendJson(ctx, 200, {});
    }
    await dispatch(ctx as never, async () => {
      if (router.match(path, method).path.length > 0) throw refusals.methodNotAllowed(method, path);
      throw refusals.notFound(path);
    });
    return next();
  }) as Middleware<RequestState>;
}
