// Asks web servers: proxy, certificates, sign-in of an index, redirections. Must not know what is fetched.

import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

export interface WebOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY in any case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For everything, instead of what `env` says; empty: as `env` says. */
  readonly proxy: string;
  /** Certificates that are trusted beside the system's, PEM; null: none. */
  readonly certificates: string | null;
  /** Sent to this origin, and to no other. */
  readonly authorization: { readonly origin: string; readonly value: string } | null;
}

export interface Web {
  /** The answer, after redirections. Rejects when there is none, or when it leads from https to http. */
  open(
    url: string,
    how: { readonly headers?: Readonly<Record<string, string>>; readonly signal: AbortSignal },
  ): Promise<{
    readonly response: IncomingMessage;
    /** Where it came from in the end. */
    readonly url: string;
  }>;
  close(): void;
}

const MOST_REDIRECTIONS = 5;

export function createWeb({ env, proxy, certificates, authorization }: WebOptions): Web {
  const proxyEnv = proxy === '' ? { ...env } : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  const plain = new http.Agent({ keepAlive: true, proxyEnv });
  const secure = new https.Agent({ keepAlive: true, proxyEnv, ...trusted(certificates) });
  const ask = (url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? https.get(url, { agent: secure, headers, signal }, resolve)
          : http.get(url, { agent: plain, headers, signal }, resolve);
      request.on('error', reject);
    });

  return {
    async open(address, { headers = {}, signal }) {
      let url = httpUrl(address);
      for (let hop = 0; ; hop++) {
        const signedIn = authorization?.origin === url.origin ? { authorization: authorization.value } : {};
        const response = await ask(url, { 'user-agent': 'tabpy-tray', ...headers, ...signedIn }, signal);
        const { location } = response.headers;
        const isRedirection = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0) && location !== undefined;
        if (!isRedirection) return { response, url: url.href };
        response.resume();
        if (hop === MOST_REDIRECTIONS) throw new Error(`${url.host} redirects without end`);
        const next = httpUrl(new URL(location, url).href);
        if (url.protocol === 'https:' && next.protocol !== 'https:')
          throw new Error(`${url.host} redirects to an address without https`);
        url = next;
      }
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

function httpUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error(`${url.protocol} addresses are not fetched`);
  return url;
}

/** What the system trusts counts too: companies put the certificate of their proxy there. */
function trusted(certificates: string | null): { ca?: string[] } {
  const system = typeof tls.getCACertificates === 'function' ? tls.getCACertificates('system') : [];
  if (system.length === 0 && certificates === null) return {};
  return { ca: [...tls.getCACertificates('default'), ...system, ...(certificates === null ? [] : [certificates])] };
}
