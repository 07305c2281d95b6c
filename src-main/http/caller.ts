// Identifies the caller of a request: this keeps one workbook's Python state apart from another's.

import { isIPv4 } from 'node:net';
import type { Caller, RunWatch } from '../runtime/caller.ts';
import { Departure } from './departure.ts';
import type { RouteContext } from './request-context.ts';

/** These names are kept with each deployed version, so they are cut. */
const MOST_NAME_CHARACTERS = 300;

/** The party with which a caller shares its quota: a signed-in user, or all callers of one address. */
export function partyOf({ ip, state }: RouteContext): string {
  return state.signedInAs === null ? ip : `signed in as ${state.signedInAs}`;
}

/** A caller over HTTP. `watch` is set once its request is complete. */
export interface HttpCaller extends Caller {
  readonly left: Departure;
  watch?: RunWatch;
}

/** The caller behind a request: the signed-in user, the Tableau user when it is sent, and the address. */
export function callerOf(ctx: RouteContext): HttpCaller {
  const { headers } = ctx.req;
  const address = ctx.ip;
  const user = textOf(headers['tabpy-user']);
  const name = ctx.state.signedInAs;
  return {
    key: keyOf(name, user, address),
    party: partyOf(ctx),
    // In a getter, because it is needed only when somebody deploys.
    get name() {
      const client = textOf(headers['tabpy-client']);
      const known = [
        ...(client ? [`client ${client}`] : []),
        ...(user ? [`Tableau user ${user}`] : []),
        ...(name ? [`signed in as ${name}`] : []),
      ].join(', ');
      return known ? `${address} (${known.slice(0, MOST_NAME_CHARACTERS)})` : address;
    },
    left: new Departure(ctx.res),
  };
}

const textOf = (header: string | readonly string[] | undefined): string => (header ?? '').toString();

let last = { name: null as string | null, user: '', address: '', key: JSON.stringify([null, '', '']) };

/** Nearly always the caller of the previous request. */
function keyOf(name: string | null, user: string, address: string): string {
  if (last.name !== name || last.user !== user || last.address !== address)
    last = { name, user, address, key: JSON.stringify([name, user, address]) };
  return last.key;
}

/**
 * Whether the caller is on this computer: at a loopback address, or at the same address that it called. The callers
 * behind a proxy on this computer look like local callers too.
 */
export function isOnThisComputer({ req: { socket } }: RouteContext): boolean {
  const { remoteAddress = '', localAddress } = socket;
  const address = remoteAddress.replace(/^::ffff:/, '');
  return address === '::1' || (isIPv4(address) && address.startsWith('127.')) || remoteAddress === localAddress;
}
