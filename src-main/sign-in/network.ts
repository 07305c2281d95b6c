// The network of an address, under which wrong passwords are counted: one computer, or the network that a home or
// office gets. Pure.

import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** Providers assign whole /64 networks: each customer has 2^64 addresses. */
const GROUPS_OF_NETWORK = 4;

/** An IPv4 address, also where it is written as IPv6; for an IPv6 address its /64 network. */
export function networkOf(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%', 1);
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (v4 !== undefined) return v4;
  if (!isIPv6(plain) || plain === '::1') return plain;
  const [head = '', tail] = plain.split('::');
  const groupsOf = (text: string | undefined): readonly string[] => (text ? text.split(':') : []);
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => '0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return `${groups
    .slice(0, GROUPS_OF_NETWORK)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
