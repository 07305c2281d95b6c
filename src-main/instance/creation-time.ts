// When a data folder was first used, as /info shows it.

import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readTextFile } from '../disk/regular-file.ts';

/** Seconds since 1970 as text: /info's creation_time. Stored at the first call. */
export async function creationTimeOf(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'created');
  const known = (await readTextFile(file).catch(() => '')).trim();
  if (/^\d+$/.test(known)) return known;
  const now = String(Math.floor(Date.now() / 1000));
  await writeFileAtomic(file, `${now}\n`);
  return now;
}
