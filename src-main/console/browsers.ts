// Which browsers may use the console: a link with a token that works once, then a cookie. Must not know HTTP.
// Threat: any page in the browser can reach a localhost port, and so can any program of another user of this computer.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Browsers {
  /** The token of the link that works now. */
  token(): string;
  /** Exchanges a token for a cookie's value, once; null for any other text. A new token replaces it. */
  admit(token: string): string | null;
  isKnown(cookie: string | undefined): boolean;
  /** @returns a function that stops listening */
  onNewToken(listener: (token: string) => void): () => void;
}

const BYTES = 32;
// The number of browsers that used a link; older ones must use a new link.
const MOST = 16;

export function createBrowsers(): Browsers {
  const listeners = new Set<(token: string) => void>();
  let token = fresh();
  let known: Buffer[] = [];
  return {
    token: () => token,
    admit(given) {
      if (!timingSafeEqual(hashOf(given), hashOf(token))) return null;
      token = fresh();
      for (const tell of listeners) tell(token);
      const cookie = fresh();
      known = [...known, hashOf(cookie)].slice(-MOST);
      return cookie;
    },
    isKnown(cookie) {
      if (cookie === undefined) return false;
      const hash = hashOf(cookie);
      return known.some((one) => timingSafeEqual(one, hash));
    },
    onNewToken(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const fresh = (): string => randomBytes(BYTES).toString('base64url');
const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
