// Opens the server's addresses as the settings say. Must not know what is served.

import type { RequestListener } from 'node:http';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import { listen } from '../listening/listen.ts';
import type { Listener } from '../listening/listen.ts';
import { readTls } from '../listening/tls.ts';
import { followRenewal } from '../listening/tls-renewal.ts';

/** Opens the addresses of settings, with their certificate where they name one. */
export async function listenAs(handler: RequestListener, settings: Settings, log: Log): Promise<Listener> {
  const tls = readTls(settings);
  const listener = await listen(handler, settings.hosts, settings.port, tls);
  const stopFollowing = tls
    ? followRenewal({ settings, onRenewed: (fresh) => listener.renew(fresh), log })
    : () => undefined;
  return {
    ...listener,
    close(graceMs) {
      stopFollowing();
      return listener.close(graceMs);
    },
  };
}
