// Looks, before anything is fetched, whether Pyodide's builds can be had from here, and how large they are.

import { stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { reasonOf } from './source.ts';

export interface PyodidePlace {
  /** A folder that has some of them; null: none was named. */
  readonly folder: string | null;
  /** Its server, with the closing slash. */
  readonly url: string;
  /** HTTP_PROXY and its siblings. */
  readonly proxies: Readonly<Record<string, string | undefined>>;
}

export interface FoundBuilds {
  /** By file name, of those whose size is known. */
  readonly bytes: ReadonlyMap<string, number>;
  /** Why they cannot be had, where they cannot; null otherwise. */
  readonly fault: string | null;
}

const ANSWER_MS = 5_000;

/** Never rejects. After the first file that the server does not give, no other is asked for. */
export async function findBuilds(fileNames: readonly string[], place: PyodidePlace): Promise<FoundBuilds> {
  const bytes = new Map<string, number>();
  const protocol = place.url.startsWith('https:') ? https : http;
  const agent = new protocol.Agent({ keepAlive: true, proxyEnv: { ...place.proxies } });
  const sizeOf = (fileName: string): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const url = new URL(fileName, place.url);
      protocol
        .request(url, { method: 'HEAD', agent, signal }, ({ statusCode = 0, headers }) => {
          const length = Number(headers['content-length'] ?? Number.NaN);
          if (statusCode === 200) resolve(Number.isSafeInteger(length) ? length : null);
          else reject(new Error(`it answered ${statusCode}`));
        })
        .on('error', (error) => reject(signal.aborted ? new Error(`no answer within ${ANSWER_MS / 1000} s`) : error))
        .end();
    });
  try {
    for (const fileName of fileNames) {
      const there = place.folder === null ? null : await stat(path.join(place.folder, fileName)).catch(() => null);
      const size = there?.isFile() ? there.size : await sizeOf(fileName);
      if (size !== null) bytes.set(fileName, size);
    }
    return { bytes, fault: null };
  } catch (error) {
    return { bytes, fault: `${new URL(place.url).host}: ${reasonOf(error)}` };
  } finally {
    agent.destroy();
  }
}
