// Where the window's place is kept between two runs. Must not know windows.

import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { placeIn } from './window-place.ts';
import type { Place } from './window-place.ts';

/** Null when nothing was kept, or when it cannot be read: the window then opens where it did the first time. */
export async function readPlace(file: string): Promise<Place | null> {
  try {
    return placeIn(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** At once: it is called when the program may be about to end. @throws Node's error */
export function writePlace(file: string, place: Place): void {
  writeFileAtomic.sync(file, JSON.stringify(place), { fsync: false });
}
