// The refusals of this server: TabPy's statuses and texts. Must not know Koa.

import type { Json } from '../../src-shared/function.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { RefusalCode } from '../../src-shared/refusal.ts';

/** An answer that is an error, thrown by a route and written by the app as `{"message", "info"}`. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly info: Json;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, info: Json = {}, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.info = info;
    this.headers = headers;
  }
}

/** Every refusal that does not come from Python. The texts are those of TabPy 2.16 where TabPy has one. */
export const refusals = {
  credentialsNotWanted: (realm: string) =>
    new HttpRefusal(406, 'Username or password provided when authentication not available.', 'Not Acceptable', {
      'WWW-Authenticate': `Basic realm="${quotable(realm)}"`,
    }),
  /**
   * TabPy sends the same text for missing, unreadable and wrong credentials (base_handler.py,
   * should_fail_with_auth_error).
   */
  wrongCredentials: (realm: string) =>
    new HttpRefusal(401, 'Invalid credentials provided.', 'Unauthorized request.', {
      'WWW-Authenticate': `Basic realm="${quotable(realm)}"`,
    }),
  tooLarge: (bytes: number, limitBytes: number) =>
    new HttpRefusal(
      413,
      `Request with size ${bytes} exceeded limit of ${limitBytes} (bytes).`,
      'Request Entity Too Large',
      {
        Connection: 'close',
      },
    ),
  notGzip: (why: string) =>
    new HttpRefusal(
      400,
      'The request has the header for gzip, but its body is not valid gzip.',
      `Send it uncompressed, or compress it again (${why}).`,
    ),
  evaluateOff: () =>
    new HttpRefusal(
      404,
      'Ad-hoc scripts have been disabled on this analytics extension, please contact your administrator.',
    ),
  unknownEndpoint: (name: string) => new HttpRefusal(404, 'Unknown endpoint', `Endpoint ${name} is not found`),
  noSuchEndpoint: (name: string) => new HttpRefusal(404, `endpoint ${name} does not exist.`),
  notFound: (path: string) => new HttpRefusal(404, 'Not Found', `There is nothing at ${path}.`),
  methodNotAllowed: (method: string, path: string) =>
    new HttpRefusal(405, 'Method Not Allowed', `${method} is not possible at ${path}.`),
  emptyBody: () => new HttpRefusal(400, 'Input body cannot be empty'),
  undecodableBody: (why: string) => new HttpRefusal(400, 'Failed to decode input body', why),
  badRequest: (message: string, info: Json = {}) => new HttpRefusal(400, message, info),
  notStored: (why: string) => new HttpRefusal(500, 'The function could not be stored.', `OSError : ${why}`),
  foreignHost: (host: string) =>
    new HttpRefusal(
      403,
      `This server does not accept requests for the name '${host}'.`,
      'Use the name localhost, or add the name under Settings ▸ Other server names (--allow-host).',
    ),
  foreignPage: (origin: string) =>
    new HttpRefusal(
      403,
      'A web page of another site called this server.',
      `If you trust it, allow it under Settings ▸ Web pages that may call this server (--allow-origin ${origin}).`,
    ),
  callerLeft: () => new HttpRefusal(499, 'The caller closed the connection before Python was free.'),
  overloaded: (waiting: number) =>
    new HttpRefusal(
      503,
      'Too many requests are waiting for Python.',
      `${waiting} requests wait already. Try again in a moment.`,
      {
        'Retry-After': '1',
      },
    ),
  noMemoryForBodies: () =>
    new HttpRefusal(503, 'The waiting requests contain too much data.', 'Try again in a moment.', {
      'Retry-After': '1',
      Connection: 'close',
    }),
  noMemoryForAnswers: () =>
    new HttpRefusal(503, 'Too many large answers have not been read yet.', 'Read those answers, then try again.', {
      'Retry-After': '1',
    }),
  tooSlow: () =>
    new HttpRefusal(
      408,
      'The request came too slowly.',
      'Less than 10 kB arrived per second. Send the request again.',
      {
        Connection: 'close',
      },
    ),
  stopping: () => new HttpRefusal(503, 'The server is stopping.', 'Start it again and repeat the request.'),
  internal: () => new HttpRefusal(500, 'The server failed to answer.', 'The log of the server says more.'),
} as const;

/**
 * How the program's refusals look over HTTP, in TabPy's words where it has some. A code that is not listed here is a
 * fault of the program.
 */
const OVER_HTTP: Partial<Record<RefusalCode, (message: string) => HttpRefusal>> = {
  'name-taken': (message) => refusals.badRequest(message),
  'over-quota': (message) => refusals.badRequest(message),
  'still-used': (message) => refusals.badRequest(`Error when removing endpoint: ${message}`),
  'no-such-function': () => refusals.badRequest('Error when changing TabPy state: target endpoint is not valid.'),
  'not-stored': (message) => refusals.notStored(message),
};

/** A refusal of the program as an HttpRefusal; any other error as it is. */
export function overHttp(error: unknown): unknown {
  return error instanceof Refusal ? (OVER_HTTP[error.code]?.(error.message) ?? error) : error;
}

/** A name within quotes in a header: headers are ASCII, and a quote would end the name. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, "'");
}
