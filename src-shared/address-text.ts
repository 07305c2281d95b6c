// The server's address as text, as it is shown and copied. Pure.

import type { Address } from './service-state.ts';
import type { Settings } from './settings.ts';

/** `http://localhost:9004`; the first address where localhost would not reach the server. */
export function addressText({ protocol, hosts, port }: Omit<Address, 'since'>): string {
  return `${protocol}://${hostText(hosts)}:${port}`;
}

/** The same for a server that does not listen now, from the settings. */
export function intendedAddress({ transferProtocol, hosts, port }: Settings): string {
  return addressText({ protocol: transferProtocol, hosts, port });
}

/** The value for Tableau's field of the server's name. */
export function hostText(hosts: readonly string[]): string {
  if (hosts.length === 0 || hosts.some(reachesLocalhost)) return 'localhost';
  const [first = ''] = hosts;
  return first.includes(':') ? `[${first}]` : first;
}

/** Whether other computers can reach a server that listens there. */
export function isOpenToNetwork(hosts: readonly string[]): boolean {
  return hosts.some((host) => !isLoopback(host));
}

function reachesLocalhost(host: string): boolean {
  return isLoopback(host) || host === '0.0.0.0' || host === '::';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
