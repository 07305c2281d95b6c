// Fetches files that a package index offers, each at an address of its own. Must not decide whether a file is right.

import { bring } from '../store/download.ts';
import { fetchEach } from '../store/source.ts';
import type { Source } from '../store/source.ts';
import { partOf } from '../store/work-folder.ts';
import type { Web } from '../web/web.ts';

const ANSWER_MS = 15_000;
const IDLE_MS = 30_000;

/** @param host the index, for people */
export function indexSource(host: string, web: Pick<Web, 'open'>, mostBytes: number): Source {
  return {
    name: host,
    offers: (file) => file.url !== undefined,
    async fetch({ files, workDir, accept, progress, signal }) {
      await fetchEach(files, { signal, goesOn: () => true }, async (file) => {
        progress.file(file.fileName);
        const how = {
          ask: (headers: Readonly<Record<string, string>>, stop: AbortSignal) =>
            web.open(file.url!, { headers, signal: stop }),
          part: partOf(workDir, file.sha256),
          mostBytes,
          answerMs: ANSWER_MS,
          idleMs: IDLE_MS,
          progress,
          signal,
        };
        // Without its path: the address of a private index may contain a token.
        await bring(new URL(file.url!).host, how, (complete) => accept(file, complete));
      });
    },
  };
}
