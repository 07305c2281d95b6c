// Keeps the console's next link in a file that only the user of this program can read.

import { rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readTextFile } from '../disk/regular-file.ts';

const NAME = 'console-link';
const OWNER_ONLY = 0o600;

/** Keeps a link in the data folder. Rejects with Node's error when it cannot be written. */
export async function keepLink(dataDir: string, link: string): Promise<void> {
  await writeFileAtomic(path.join(dataDir, NAME), `${link}\n`, { mode: OWNER_ONLY });
}

/** The link that works now; null when no console of this data folder is open. */
export async function readLink(dataDir: string): Promise<string | null> {
  const text = await readTextFile(path.join(dataDir, NAME)).catch(() => '');
  return text.trim() || null;
}

export async function forgetLink(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, NAME), { force: true });
}
