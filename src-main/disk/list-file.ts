// Reads a list that the program keeps as JSON in its data folder. Must not know what is in it.

import { rename } from 'node:fs/promises';
import { readTextFile } from './regular-file.ts';

/**
 * Reads the list; a missing file is an empty list. A damaged file is set aside: nothing in it is lost.
 * @param listIn the list in parsed JSON; null when it is not one
 * @param onDamaged called with the new name of a damaged file
 */
export async function readListFile<Item>(
  file: string,
  listIn: (value: unknown) => readonly Item[] | null,
  onDamaged: (aside: string) => void,
): Promise<readonly Item[]> {
  let text: string;
  try {
    text = await readTextFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const list = listIn(jsonOf(text));
  if (list !== null) return list;
  const aside = `${file}.damaged-${Date.now()}`;
  await rename(file, aside);
  onDamaged(aside);
  return [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
