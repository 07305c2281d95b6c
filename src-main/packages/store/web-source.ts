// Pyodide's files on a web server, laid out as on its CDN. Must not decide whether a file is right.

import type { OpenWeb } from '../web/web.ts';
import { bring } from './download.ts';
import { fetchEach } from './source.ts';
import type { Source } from './source.ts';
import { partOf } from './work-folder.ts';

export interface WebLimits {
  /** For the very first answer: a network that does not reach the server must not delay a start. */
  readonly connectMs: number;
  /** After so long without a byte, a download has broken off. */
  readonly idleMs: number;
}

const LIMITS: WebLimits = { connectMs: 5_000, idleMs: 30_000 };

/** Five times the largest file of Pyodide's distribution. */
const MOST_BYTES = 500_000_000;

/**
 * A web server with Pyodide's files directly under `baseUrl`. An interrupted download continues where it stopped, also
 * in a later fill.
 */
export function webSource(baseUrl: string, openWeb: OpenWeb, limits: WebLimits = LIMITS): Source {
  return {
    name: new URL(baseUrl).host,
    offers: (file) => file.pip === null && file.url === undefined,
    async fetch({ files, workDir, accept, progress, signal }) {
      const web = await openWeb();
      let isReached = false;
      try {
        await fetchEach(files, { signal, goesOn: () => isReached }, async (file) => {
          const url = new URL(file.fileName, baseUrl).href;
          progress.file(file.fileName);
          const how = {
            ask: (headers: Readonly<Record<string, string>>, stop: AbortSignal) =>
              web.open(url, { headers, signal: stop }),
            part: partOf(workDir, file.sha256),
            mostBytes: MOST_BYTES,
            answerMs: isReached ? limits.idleMs : limits.connectMs,
            idleMs: limits.idleMs,
            progress,
            signal,
          };
          await bring(url, how, (complete) => {
            isReached = true;
            return accept(file, complete);
          });
        });
      } finally {
        web.close();
      }
    },
  };
}
