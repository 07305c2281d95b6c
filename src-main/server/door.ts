// Decides who may come in: the name by which the server was called, and the page that calls. Pure.
// Threat: any page in the analyst's browser can POST text/plain to localhost:9004/evaluate without a pre-flight, and a
// name under a stranger's control can be made to resolve to 127.0.0.1 (DNS rebinding). TabPy has no defence.

import { isIPv6 } from 'node:net';
import type { Settings } from '../../src-shared/settings.ts';
import { refusals } from './errors.ts';
import type { Refused } from './errors.ts';

export interface DoorRules {
  /** Names besides localhost, 127.0.0.1 and [::1], lower case, without port. `*` allows every name. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** The rules of the settings: an address that was opened on purpose is also a name under which the server may be called. */
export function doorRulesOf({ hosts, allowedHosts, allowedOrigins }: Settings): DoorRules {
  return { allowedHosts: [...allowedHosts, ...hosts.filter((host) => !isWildcard(host))].map(asInUrl), allowedOrigins };
}

/** A name or address as the Host header has it: lower case, IPv6 in brackets. */
function asInUrl(host: string): string {
  return (isIPv6(host) ? `[${host}]` : host).toLowerCase();
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

export interface Knock {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly userAgent: string | undefined;
}

const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Why a request is refused at the door, or null. */
export function refusalAtTheDoor(knock: Knock, rules: DoorRules): Refused | null {
  const name = knock.host?.replace(/:\d+$/, '').toLowerCase();
  // HTTP/1.0 needs no Host; a browser always sends one, so there is nothing to rebind without it.
  if (
    name !== undefined &&
    !OWN_NAMES.has(name) &&
    !rules.allowedHosts.includes(name) &&
    !rules.allowedHosts.includes('*')
  ) {
    return refusals.foreignHost(name);
  }
  if (knock.origin !== undefined && [knock.origin, '*'].some((one) => rules.allowedOrigins.includes(one))) return null;
  const isForeignPage =
    knock.fetchSite !== undefined && knock.fetchSite !== 'same-origin' && knock.fetchSite !== 'none';
  // Browsers before Sec-Fetch-Site still say Origin; programs that say Origin (TabPy lets them in) are no browsers.
  const isOldBrowser =
    knock.fetchSite === undefined &&
    knock.origin !== undefined &&
    (knock.userAgent ?? '').startsWith('Mozilla/') &&
    !isSamePlace(knock);
  return isForeignPage || isOldBrowser ? refusals.foreignPage(knock.origin ?? 'ORIGIN') : null;
}

function isSamePlace({ origin, host }: Knock): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}
