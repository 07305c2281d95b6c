// Reads the bytes of a request, within the limit and un-gzipped. Must not look into them.

import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Settings } from '../../src-shared/settings.ts';
import { refusals } from './errors.ts';

const gunzipAsync = promisify(gunzip);

export interface BodyRules {
  /** For the body as sent and as unpacked: a small gzip can hold gigabytes. */
  readonly limitBytes: number;
  /** Whether packed bodies are unpacked; TabPy's TABPY_GZIP_ENABLE switches both directions. */
  readonly gzip: boolean;
}

/** The rules that the settings make. */
export function bodyRulesOf(settings: Pick<Settings, 'maxRequestMegabytes' | 'gzipEnabled'>): BodyRules {
  return { limitBytes: settings.maxRequestMegabytes * 1024 * 1024, gzip: settings.gzipEnabled };
}

/**
 * The body as bytes, unpacked where the request says gzip. Other encodings are passed over, as TabPy does; what they hide
 * is no JSON.
 * @throws Refused 413, 400 (no gzip)
 */
export async function readBody(request: IncomingMessage, { limitBytes, gzip }: BodyRules): Promise<Buffer> {
  const claimed = Number(request.headers['content-length'] ?? 0);
  if (claimed > limitBytes) throw refusals.tooLarge(claimed, limitBytes);
  const raw = await collect(request, limitBytes);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (!gzip || raw.length === 0 || (encoding !== 'gzip' && encoding !== 'x-gzip')) return raw;
  try {
    return await gunzipAsync(raw, { maxOutputLength: limitBytes });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw refusals.tooLarge(limitBytes + 1, limitBytes);
    throw refusals.notGzip(message);
  }
}

function collect(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        // The rest is not read: the answer says so and the connection is closed.
        request.removeAllListeners('data').pause();
        reject(refusals.tooLarge(bytes, limitBytes));
      } else {
        chunks.push(chunk);
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
