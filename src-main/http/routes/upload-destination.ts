// GET /configurations/endpoint_upload_destination: the folder where TabPy's client, in its local mode, puts its files.

import type { AppDeps, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';

export function createUploadDestinationRoute({ uploads }: AppDeps): (ctx: RouteContext) => void {
  return (ctx) => sendJson(ctx, 200, { path: uploads.path });
}
