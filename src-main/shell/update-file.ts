// Keeps the time of the last update check between two runs.

import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';

export interface LastLook {
  /** ms since 1970; null: never, or unreadable. */
  read(): number | null;
  keep(at: number): void;
}

export function lastLookIn(file: string, warn: (text: string) => void): LastLook {
  return {
    read() {
      try {
        const at = Number(readFileSync(file, 'utf8'));
        return Number.isFinite(at) && at > 0 ? at : null;
      } catch {
        return null;
      }
    },
    keep(at) {
      try {
        writeFileAtomic.sync(file, String(at), { fsync: false });
      } catch (error) {
        warn(`the time of the last look for updates could not be saved: ${(error as Error).message}`);
      }
    },
  };
}
