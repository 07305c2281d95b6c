// Reads the bytes of a request, within the limit and un-gzipped. Must not look into them.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Settings } from '../../src-shared/settings.ts';
import { createBodyRoom } from './body-room.ts';
import type { BodyRoom } from './body-room.ts';
import { refusals } from './errors.ts';

const gunzipAsync = promisify(gunzip);

export interface BodyRules {
  /** For the body as sent and as unpacked: a small gzip can hold gigabytes. */
  readonly limitBytes: number;
  /** Whether packed bodies are unpacked; TabPy's TABPY_GZIP_ENABLE switches both directions. */
  readonly gzip: boolean;
  /** Shared by all requests of a server. */
  readonly room: BodyRoom;
}

// A packed body becomes a thousand times as large at most; what becomes less than this needs no turn.
const PACKED_BYTES_WITHOUT_TURN = 4096;

/** The rules that the settings make; called once a server, whose requests share the room. */
export function bodyRulesOf(settings: Pick<Settings, 'maxRequestMegabytes' | 'gzipEnabled'>): BodyRules {
  const limitBytes = settings.maxRequestMegabytes * 1024 * 1024;
  return { limitBytes, gzip: settings.gzipEnabled, room: createBodyRoom(limitBytes) };
}

/**
 * The body as bytes, unpacked where the request says gzip. Other encodings are passed over, as TabPy does; what they hide
 * is no JSON. It counts as held until the response is closed.
 * @throws Refused 413, 400 (no gzip), 503 (no room)
 */
export async function readBody(request: IncomingMessage, response: ServerResponse, rules: BodyRules): Promise<Buffer> {
  return (await arrivedBody(request, response, rules)) ?? readAll(request, response, rules);
}

// Those come with their head in one packet.
const SMALL_BYTES = 32 * 1024;

/** A small plain body that is there already, without the events of a stream; null where there is none. */
async function arrivedBody(
  request: IncomingMessage,
  response: ServerResponse,
  { limitBytes, room }: BodyRules,
): Promise<Buffer | null> {
  const { headers } = request;
  const claimed = Number(headers['content-length']);
  const isSmall = claimed > 0 && claimed <= SMALL_BYTES && claimed <= limitBytes;
  if (!isSmall || headers['content-encoding'] !== undefined || headers.expect !== undefined) return null;
  // Until then the parser has read on in what came with the head.
  await Promise.resolve();
  if (!request.complete || request.readableLength !== claimed) return null;
  if (!room.take(claimed)) throw refusals.noRoomForBodies();
  if (response.closed) room.give(claimed);
  else response.once('close', () => room.give(claimed));
  return request.read() as Buffer;
}

async function readAll(request: IncomingMessage, response: ServerResponse, rules: BodyRules): Promise<Buffer> {
  const { limitBytes, gzip, room } = rules;
  const claimed = Number(request.headers['content-length'] ?? 0);
  if (claimed > limitBytes) throw refusals.tooLarge(claimed, limitBytes);
  let held = 0;
  let isClosed = response.closed;
  const hold = (bytes: number): void => {
    if (!room.take(bytes)) throw refusals.noRoomForBodies();
    // A caller who left while a body was unpacked gives nothing back any more.
    if (isClosed) room.give(bytes);
    else held += bytes;
  };
  response.once('close', () => {
    isClosed = true;
    room.give(held);
    held = 0;
  });
  const raw = await collect(request, limitBytes, hold);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (!gzip || raw.length === 0 || (encoding !== 'gzip' && encoding !== 'x-gzip')) return raw;
  const unpack = (): Promise<Buffer> => unpacked(raw, limitBytes);
  const body = await (raw.length > PACKED_BYTES_WITHOUT_TURN ? room.inTurn(unpack) : unpack());
  hold(body.length);
  return body;
}

async function unpacked(raw: Buffer, limitBytes: number): Promise<Buffer> {
  try {
    return await gunzipAsync(raw, { maxOutputLength: limitBytes });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw refusals.tooLarge(limitBytes + 1, limitBytes);
    throw refusals.notGzip(message);
  }
}

function collect(request: IncomingMessage, limitBytes: number, hold: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      try {
        if (bytes > limitBytes) throw refusals.tooLarge(bytes, limitBytes);
        hold(chunk.length);
        chunks.push(chunk);
      } catch (refused) {
        // The rest is not read: the answer says so and the connection is closed.
        request.removeAllListeners('data').pause();
        reject(refused);
      }
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes)));
    request.once('error', () => reject(refusals.callerLeft()));
    request.once('close', () => {
      // Every request closes; an error made for each would cost a twentieth of a small call.
      if (!request.complete) reject(refusals.callerLeft());
    });
  });
}
