// How packages are reached: which proxy leads to an address, and whose certificates are trusted. Must not send
// anything.

import tls from 'node:tls';
import type { Dispatcher } from 'undici';

type Env = Readonly<Record<string, string | undefined>>;

export interface RouteOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in lower case first. */
  readonly env: Env;
  /** For every address, instead of `env`; empty: from `env`. */
  readonly proxy: string;
  /** Certificates that are trusted beside the system's, PEM; null: none. */
  readonly certificates: string | null;
}

export interface Routes {
  to(url: URL): Dispatcher;
  /** Ends all connections. */
  close(): void;
}

/** @throws Error with a sentence when the address of a proxy is not valid */
export async function openRoutes({ env, proxy, certificates }: RouteOptions): Promise<Routes> {
  const { EnvHttpProxyAgent } = await import('undici');
  const trusted = trustedCertificates(certificates);
  const noProxy = proxy === '' ? valueOf(env, 'NO_PROXY') : '';
  // A route for each protocol: EnvHttpProxyAgent takes HTTP_PROXY for https too, which neither pip nor curl does.
  const routeOf = (variable: string): Dispatcher => {
    const address = proxyAddress(proxy || valueOf(env, variable));
    return new EnvHttpProxyAgent({
      httpProxy: address,
      httpsProxy: address,
      noProxy,
      // As pip: http requests go to the proxy as they are, and https goes through a tunnel.
      proxyTunnel: false,
      ...nameAlone(address),
      connect: trusted,
      requestTls: trusted,
      proxyTls: trusted,
    });
  };
  const [plain, secure] = [routeOf('HTTP_PROXY'), routeOf('HTTPS_PROXY')];
  return {
    to: ({ protocol }) => (protocol === 'https:' ? secure : plain),
    close: () => void Promise.all([plain.destroy(), secure.destroy()]),
  };
}

function valueOf(env: Env, name: string): string {
  return env[name.toLowerCase()] ?? env[name] ?? '';
}

/** pip and curl accept `proxy.example.com:8080` too. */
function proxyAddress(text: string): string {
  if (text === '') return '';
  const address = text.includes('://') ? text : `http://${text}`;
  // Not quoted: it may contain a password.
  if (!URL.canParse(address) || !/^https?:\/\//i.test(address))
    throw new Error(
      'The address of the proxy for packages is not valid. Correct it under Settings ▸ Proxy for packages, or in HTTPS_PROXY or the settings of pip.',
    );
  return address;
}

/** undici sends a name only with a password. */
function nameAlone(address: string): { token?: string } {
  if (address === '') return {};
  const { username, password } = new URL(address);
  if (username === '' || password !== '') return {};
  return { token: `Basic ${Buffer.from(`${decodeURIComponent(username)}:`).toString('base64')}` };
}

/** The system's certificates are trusted too, because companies install the certificate of their proxy there. */
function trustedCertificates(more: string | null): { ca?: string[] } {
  // Node before 22.15 knows only its own certificates.
  const knowsSystem = typeof tls.getCACertificates === 'function';
  const system = knowsSystem ? tls.getCACertificates('system') : [];
  if (system.length === 0 && more === null) return {};
  const usual = knowsSystem ? tls.getCACertificates('default') : tls.rootCertificates;
  return { ca: [...usual, ...system, ...(more === null ? [] : [more])] };
}
