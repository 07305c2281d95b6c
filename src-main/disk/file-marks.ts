// What tells that files are as they were, without reading them: sizes and times. Must not know what the files are for.

import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * One text for all of the files, and for those in folders: another one as soon as one is written, replaced or removed. The
 * time of the last change of any kind counts too: unlike the time of writing, no program can set it back.
 * @returns null when a file is missing or no file
 */
export function marksOf(places: readonly string[]): string | null {
  const hash = createHash('sha256');
  try {
    for (const place of places) {
      for (const file of filesIn(place)) {
        const { size, mtimeMs, ctimeMs, ino } = statSync(file);
        hash.update(`${file}\0${size} ${mtimeMs} ${ctimeMs} ${ino}\n`);
      }
    }
  } catch {
    return null;
  }
  return hash.digest('hex');
}

function filesIn(place: string): readonly string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}
