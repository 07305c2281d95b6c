// Refuses requests that another server on the way could read in another way than this one, though Node's parser accepts
// them. Pure.
// Threat: the host name that the request guard checks is not the name that was called; the end of one request is the
// start of another.

import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './errors.ts';

const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/** Why a request has more than one reading (RFC 9112: 3.2, 3.2.2, 6.1), or null. */
export function refusalOfAmbiguity(
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'httpVersion' | 'url'>,
): HttpRefusal | null {
  const { headers, rawHeaders, httpVersion, url = '' } = request;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]!.toLowerCase() === 'host') hosts += 1;
  if (hosts > 1) return ambiguous('It names more than one Host.');
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return ambiguous('It is neither HTTP/1.1 nor HTTP/1.0.');
  if (!url.startsWith('/') && url !== '*' && !ABSOLUTE.test(url))
    return ambiguous('Its target is neither a path of this server nor an http address.');
  const target = ABSOLUTE.exec(url)?.[1];
  if (target !== undefined && target.toLowerCase() !== headers.host?.toLowerCase())
    return ambiguous('Its target and its Host name different servers.');
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined && (encoding.toLowerCase() !== 'chunked' || httpVersion === '1.0'))
    return ambiguous('Its Transfer-Encoding is not the chunks of HTTP/1.1.');
  return null;
}

function ambiguous(why: string): HttpRefusal {
  return new HttpRefusal(400, 'Bad Request', why, { Connection: 'close' });
}
