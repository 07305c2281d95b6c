// Requires a sign-in where the server is set to. Must not know how names and passwords are kept.

import { basicCredentials } from './credentials.ts';
import { Departure } from './departure.ts';
import { refusals } from './errors.ts';
import type { AppDeps, RouteContext } from './request-context.ts';

/**
 * Notes the signed-in user. @throws HttpRefusal 401 where sign-in is required, 406 for credentials on a server without
 * sign-in
 */
export async function admit(ctx: RouteContext, { settings, signIn, isOwn }: AppDeps): Promise<void> {
  const { headers } = ctx.req;
  const asked = signIn();
  const credentials = basicCredentials(headers.authorization);
  if (asked === null) {
    if (credentials) throw refusals.credentialsNotWanted(settings().name);
    return;
  }
  if (isOwn(headers)) return;
  const isIn =
    credentials !== null && (await asked.check(credentials.user, credentials.password, ctx.ip, new Departure(ctx.res)));
  if (!isIn) throw refusals.wrongCredentials(settings().name);
  ctx.state.signedInAs = credentials.user.toLowerCase();
}
