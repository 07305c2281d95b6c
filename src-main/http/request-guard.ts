// Request guard: checks the host name by which the server was called, and the page that calls. Pure.
// Threat: any page in the analyst's browser can POST text/plain to localhost:9004/evaluate without a pre-flight, and a
// name under a stranger's control can resolve to 127.0.0.1 (DNS rebinding). TabPy has no defence.

import { isIP, isIPv6 } from 'node:net';
import type { Settings } from '../../src-shared/settings.ts';
import { refusals } from './errors.ts';
import type { HttpRefusal } from './errors.ts';

export interface GuardRules {
  /** Names besides localhost, 127.0.0.1 and [::1], lower case, without port. `*` allows every name. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** The server listens on every address: each address of this computer is also a valid name. */
  readonly isOnEveryAddress?: boolean;
}

/**
 * The rules from the settings: an address that was opened on purpose is also a name under which the server may be
 * called.
 */
export function guardRulesOf({ hosts, allowedHosts, allowedOrigins }: Settings): GuardRules {
  return {
    allowedHosts: [...allowedHosts, ...hosts.filter((host) => !isWildcard(host))].map(asInUrl),
    allowedOrigins,
    isOnEveryAddress: hosts.some(isWildcard),
  };
}

/**
 * Names and addresses beside localhost by which the server may be called. @param interfaces as `os.networkInterfaces()`
 * returns them
 */
export function ownHosts(
  { hosts, allowedHosts }: Settings,
  interfaces: Readonly<Record<string, readonly { readonly address: string }[] | undefined>>,
): readonly string[] {
  const named = [...hosts, ...allowedHosts].filter((host) => !isWildcard(host) && host !== '*');
  if (!hosts.some(isWildcard)) return named;
  return [...named, ...Object.values(interfaces).flatMap((all = []) => all.map(({ address }) => address))];
}

/** A name or address as the Host header writes it: lower case, IPv6 in brackets. */
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

/** The connection that a request came by; Node's socket is one. */
export interface Way {
  readonly localAddress?: string | undefined;
}

/** Why the request guard refuses a request, or null. */
export function refusalByGuard(knock: Knock, rules: GuardRules, way: Way = {}): HttpRefusal | null {
  const name = knock.host?.replace(/:\d+$/, '').toLowerCase();
  // HTTP/1.0 needs no Host; a browser always sends it, so without Host there is no browser and no rebinding.
  if (
    name !== undefined &&
    !OWN_NAMES.has(name) &&
    !rules.allowedHosts.includes(name) &&
    !rules.allowedHosts.includes('*') &&
    !(rules.isOnEveryAddress && isAddressOf(way, name))
  ) {
    return refusals.foreignHost(name);
  }
  if (knock.origin !== undefined && [knock.origin, '*'].some((one) => rules.allowedOrigins.includes(one))) return null;
  const isForeignPage =
    knock.fetchSite !== undefined && knock.fetchSite !== 'same-origin' && knock.fetchSite !== 'none';
  // Browsers older than Sec-Fetch-Site still send Origin. Programs that send Origin, which TabPy accepts, are not
  // browsers.
  const isOldBrowser =
    knock.fetchSite === undefined &&
    knock.origin !== undefined &&
    (knock.userAgent ?? '').startsWith('Mozilla/') &&
    !isSamePlace(knock);
  return isForeignPage || isOldBrowser ? refusals.foreignPage(knock.origin ?? 'ORIGIN') : null;
}

/**
 * Whether the server was called by the very address at which it was reached. Only a name can be rebound, never an
 * address.
 */
function isAddressOf({ localAddress }: Way, name: string): boolean {
  const called = name.replace(/^\[(.*)\]$/, '$1');
  if (localAddress === undefined || isIP(called) === 0) return false;
  return plainAddress(called) === plainAddress(localAddress);
}

/** Normalises an address: without the zone of IPv6, and IPv4 in its own form where an IPv6 socket accepted it. */
function plainAddress(address: string): string {
  const [bare = ''] = address.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare);
  if (mapped) return mapped[1]!;
  return isIPv6(bare) ? new URL(`http://[${bare}]`).hostname : bare;
}

function isSamePlace({ origin, host }: Knock): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}
