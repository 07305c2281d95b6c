// Marks of files, from sizes and times: they tell that files have not changed, without reading them.

import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * A text that identifies the state of all files, and of those in folders: it changes as soon as a file is written,
 * replaced or removed. It includes the time of the last change of any kind, because no program can set that time back.
 * @returns null when a file is missing or not a regular file
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
