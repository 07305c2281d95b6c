// Keeps the window's position between two runs.

import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { placeIn } from './window-place.ts';
import type { Place } from './window-place.ts';

/** Null when nothing is stored or readable: the window then opens at its first place. */
export async function readPlace(file: string): Promise<Place | null> {
  try {
    return placeIn(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Writes at once, because the program may be about to end. @throws Node's error */
export function writePlace(file: string, place: Place): void {
  writeFileAtomic.sync(file, JSON.stringify(place), { fsync: false });
}
