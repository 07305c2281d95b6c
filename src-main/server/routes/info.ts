// GET /info: what the server is and can do. Answers at once, whatever Python does.

import type { AppDeps, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';

/** TabPy's service_info_handler.py; Tableau reads `versions.v1.features`. */
export function createInfoRoute({
  settings,
  dataDir,
  creationTime,
  serverVersion,
  signIn,
}: AppDeps): (ctx: RouteContext) => void {
  const info = {
    description: settings.description,
    creation_time: creationTime,
    state_path: dataDir,
    server_version: serverVersion,
    name: settings.name,
    versions: {
      v1: {
        features: {
          evaluate_enabled: settings.evaluateEnabled,
          gzip_enabled: settings.gzipEnabled,
          // Prep then sends one JSON payload; Arrow Flight is not spoken here.
          arrow_enabled: false,
          ...(signIn === null ? {} : { authentication: { required: true, methods: { 'basic-auth': {} } } }),
        },
      },
    },
  };
  return (ctx) => sendJson(ctx, 200, info);
}
