// The address as it is shown and copied. Pure; must not know who listens.

import type { Address } from '../../src-shared/service-state.ts';

/** `http://localhost:9004`; the first address where localhost would not reach the server. */
export function addressText({ hosts, port }: Address): string {
  return `http://${hostText(hosts)}:${port}`;
}

/** What Tableau wants as the server's name. */
export function hostText(hosts: readonly string[]): string {
  if (hosts.length === 0 || hosts.some(reachesLocalhost)) return 'localhost';
  const [first = ''] = hosts;
  return first.includes(':') ? `[${first}]` : first;
}

/** Whether others than this computer can reach a server that listens there. */
export function isOpenToNetwork(hosts: readonly string[]): boolean {
  return hosts.some((host) => !isLoopback(host));
}

function reachesLocalhost(host: string): boolean {
  return isLoopback(host) || host === '0.0.0.0' || host === '::';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
