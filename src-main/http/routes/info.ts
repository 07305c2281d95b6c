// GET /info: the server's description and features. Answers at once, whatever Python does.

import type { AppDeps, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';

/** As TabPy's service_info_handler.py; Tableau reads `versions.v1.features`. */
export function createInfoRoute(deps: AppDeps): (ctx: RouteContext) => void {
  const { dataDir, creationTime, serverVersion } = deps;
  return (ctx) => {
    const settings = deps.settings();
    const edited = deps.state();
    const features = {
      evaluate_enabled: settings.evaluateEnabled,
      gzip_enabled: settings.gzipEnabled,
      // Prep then sends one JSON payload; this server does not support Arrow Flight.
      arrow_enabled: false,
      ...(deps.signIn() === null ? {} : { authentication: { required: true, methods: { 'basic-auth': {} } } }),
    };
    sendJson(ctx, 200, {
      description: edited?.description ?? settings.description,
      creation_time: edited?.creationTime ?? creationTime,
      state_path: settings.statePath || dataDir,
      server_version: serverVersion,
      name: edited?.name || settings.name,
      versions: { v1: { features } },
    });
  };
}
