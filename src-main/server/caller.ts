// Who calls: what keeps one workbook's Python state apart from another's. Must not know what is called.

import { isIPv4 } from 'node:net';
import type { Caller } from '../runtime/runtime.ts';
import type { RouteContext } from './request-context.ts';

/** They are kept with each version that somebody deploys. */
const MOST_NAME_CHARACTERS = 300;

/** The caller behind a request: who signed in, the Tableau user when it is sent, and the address. Its signal fires when it hangs up. */
export function callerOf(ctx: RouteContext): Caller {
  const controller = new AbortController();
  // It may have hung up while its body was being unpacked.
  if (ctx.res.closed) controller.abort();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) controller.abort();
  });
  const [name, user, client] = [ctx.state.signedInAs, ctx.get('TabPy-User'), ctx.get('TabPy-Client')];
  const known = [
    ...(client ? [`client ${client}`] : []),
    ...(user ? [`Tableau user ${user}`] : []),
    ...(name ? [`signed in as ${name}`] : []),
  ].join(', ');
  return {
    key: JSON.stringify([name, user, ctx.ip]),
    name: known ? `${ctx.ip} (${known.slice(0, MOST_NAME_CHARACTERS)})` : ctx.ip,
    left: controller.signal,
  };
}

/**
 * Whether the caller is on this computer: at a loopback address, or at the one that it called (whoever calls one's own
 * address has it too). A proxy on this computer counts for those behind it.
 */
export function isOnThisComputer({ req: { socket } }: RouteContext): boolean {
  const { remoteAddress = '', localAddress } = socket;
  const address = remoteAddress.replace(/^::ffff:/, '');
  return address === '::1' || (isIPv4(address) && address.startsWith('127.')) || remoteAddress === localAddress;
}
