// Own schemes (`app://bundle/…`) as origins that a stock Chromium knows (`http://bundle.app.localhost/…`, which counts as secure), and back.

import type { protocol as electronProtocol } from 'electron';

const ENDING = '.localhost';
const schemes = new Set<string>();
let isReady = false;

/** `protocol` of the stand-in: what is not bound to a session. */
export const schemeRegistry: Pick<typeof electronProtocol, 'registerSchemesAsPrivileged'> = {
  registerSchemesAsPrivileged(customSchemes) {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of customSchemes) schemes.add(scheme);
  },
};

/** From now on no scheme can be registered. */
export function closeSchemes(): void {
  isReady = true;
}

/** What Chromium is given for an address of the product's. */
export function toChromium(address: string): string {
  const url = new URL(address);
  const scheme = url.protocol.slice(0, -1);
  if (!schemes.has(scheme)) return address;
  return `http://${url.host}.${scheme}${ENDING}${url.pathname || '/'}${url.search}${url.hash}`;
}

/** What the product is told for an address of Chromium's; foreign ones as they are. */
export function fromChromium(address: string): string {
  const url = URL.parse(address);
  if (!url?.hostname.endsWith(ENDING)) return address;
  const host = url.hostname.slice(0, -ENDING.length);
  const scheme = host.slice(host.lastIndexOf('.') + 1);
  if (!schemes.has(scheme)) return address;
  return `${scheme}://${host.slice(0, -scheme.length - 1)}${url.pathname}${url.search}${url.hash}`;
}
