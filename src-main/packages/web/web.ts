// The HTTP client for packages: sign-in to an index, redirects, time-outs. Must not know what is fetched.

import type { Readable } from 'node:stream';
import { openRoutes } from './routes.ts';
import type { RouteOptions } from './routes.ts';

export interface WebOptions extends RouteOptions {
  /** Sent only to this origin. */
  readonly authorization?: { readonly origin: string; readonly value: string } | null;
}

export interface Question {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface WebAnswer {
  readonly status: number;
  /** The value of a header, by its name in lower case; null: it was not sent. */
  header(name: string): string | null;
  /** Ends with an error when the answer breaks off. Must be read to its end or destroyed. */
  readonly body: Readable;
  /** The final address. */
  readonly url: string;
}

export interface Web {
  /**
   * The answer, after redirects. Rejects when there is none, when a redirect leads from https to http, and with the reason of
   * the signal.
   */
  open(url: string, question: Question): Promise<WebAnswer>;
  /** Ends all running requests. */
  close(): void;
}

/** Opens a client with the settings of a moment; rejects when the address of the proxy is not valid. */
export type OpenWeb = () => Promise<Web>;

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** @throws Error with a sentence when the address of the proxy is not valid */
export async function openWeb({ authorization = null, ...options }: WebOptions): Promise<Web> {
  // 70 ms of loading that a start without any download does not need.
  const { errors, request } = await import('undici');
  const routes = await openRoutes(options);

  const ask = async (url: URL, { method = 'GET', headers, signal }: Question): Promise<WebAnswer> => {
    const signedIn = authorization?.origin === url.origin ? { authorization: authorization.value } : {};
    const asked = request(url, {
      method,
      headers: { 'user-agent': 'tabpy-tray', ...headers, ...signedIn },
      signal,
      dispatcher: routes.to(url),
      // The user of this client decides how long to wait.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const {
      statusCode,
      headers: sent,
      body,
    } = await untilAborted(asked, signal).catch((error: unknown) => {
      // undici's error for a proxy that answers CONNECT with anything but 200.
      if (error instanceof errors.RequestAbortedError && !signal.aborted)
        throw new Error(`the proxy does not connect to ${url.host} (${error.message})`, { cause: error });
      throw error;
    });
    // A reader gets the error by reading; for an unread body nobody needs it.
    body.on('error', () => undefined);
    return {
      status: statusCode,
      header: (name) => [sent[name] ?? []].flat().join(', ') || null,
      body,
      url: url.href,
    };
  };

  return {
    async open(address, question) {
      let url = httpUrl(address);
      for (let redirects = 0; ; redirects++) {
        const answer = await ask(url, question);
        const location = answer.header('location');
        if (!REDIRECTS.has(answer.status) || location === null) return answer;
        answer.body.destroy();
        if (redirects === MOST_REDIRECTS) throw new Error(`${url.host} redirects too often`);
        const next = httpUrl(new URL(location, url).href);
        if (url.protocol === 'https:' && next.protocol !== 'https:')
          throw new Error(`${url.host} redirects to an address without https`);
        url = next;
      }
    },
    close: () => routes.close(),
  };
}

/** undici looks at the signal only once the connection is made, which can take long. */
function untilAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function httpUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error(`${url.protocol} addresses are not allowed`);
  return url;
}
