// Checks, before anything is fetched, whether Pyodide's builds can be reached from here, and how large they are.

import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { OpenWeb, Web } from '../web/web.ts';
import { reasonOf } from './source.ts';

export interface PyodidePlace {
  /** A folder that has some of them; null: the user named none. */
  readonly folder: string | null;
  /** Its server, with the closing slash. */
  readonly url: string;
  readonly openWeb: OpenWeb;
}

export interface FoundBuilds {
  /** By file name, of those whose size is known. */
  readonly bytes: ReadonlyMap<string, number>;
  /** Why they are not available; null when they are. */
  readonly fault: string | null;
}

const ANSWER_MS = 5_000;

/** Never rejects. After the first file that the server refuses, no further file is requested. */
export async function findBuilds(fileNames: readonly string[], place: PyodidePlace): Promise<FoundBuilds> {
  const bytes = new Map<string, number>();
  let web: Web | null = null;
  try {
    for (const fileName of fileNames) {
      const there = place.folder === null ? null : await stat(path.join(place.folder, fileName)).catch(() => null);
      const size = there?.isFile()
        ? there.size
        : await sizeOf((web ??= await place.openWeb()), new URL(fileName, place.url).href);
      if (size !== null) bytes.set(fileName, size);
    }
    return { bytes, fault: null };
  } catch (error) {
    return { bytes, fault: `${new URL(place.url).host}: ${reasonOf(error)}` };
  } finally {
    web?.close();
  }
}

/** The size of a file, from the server's headers; null: unknown. Rejects when the server does not have it. */
async function sizeOf(web: Web, url: string): Promise<number | null> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = await web.open(url, { method: 'HEAD', signal }).catch((error: unknown) => {
    throw signal.aborted ? new Error(`no answer within ${ANSWER_MS / 1000} s`) : error;
  });
  answer.body.resume();
  if (answer.status !== 200) throw new Error(`it answered ${answer.status}`);
  const length = Number(answer.header('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : null;
}
