// Folders for files on their way into the store: a folder for each fill, so that two fills never write the same file.
// What a fill that ended early had downloaded is used by the next fill.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const PART = '.part';
/** A process id may belong to another program by now. */
const ABANDONED_MS = 24 * 3600 * 1000;

export interface WorkFolder {
  readonly dir: string;
  /** Removes everything but interrupted downloads, which the next fill continues. */
  close(): Promise<void>;
}

/** The place of the download of a file with this SHA-256 until it is complete; only these files outlive a fill. */
export function partOf(workDir: string, sha256: string): string {
  return path.join(workDir, `${sha256.slice(0, 32)}${PART}`);
}

/** Makes a folder of its own below `parent`, with the downloads that ended fills left. Rejects when it cannot be written. */
export async function openWorkFolder(parent: string): Promise<WorkFolder> {
  const dir = path.join(parent, `${process.pid}-${randomUUID()}`);
  await mkdir(dir, { recursive: true });
  for (const name of await readdir(parent)) {
    if (await isAbandoned(parent, name)) await importFromTabpy(path.join(parent, name), dir);
  }
  return {
    dir,
    close: async () => {
      const names = await readdir(dir);
      const spent = names.filter((name) => !name.endsWith(PART));
      for (const name of spent) await rm(path.join(dir, name), { recursive: true, force: true });
      if (spent.length === names.length) await rm(dir, { recursive: true, force: true });
      else await rename(dir, path.join(parent, `left-${randomUUID()}`));
    },
  };
}

async function isAbandoned(parent: string, name: string): Promise<boolean> {
  const pid = /^(\d+)-/.exec(name)?.[1];
  if (!pid) return name.startsWith('left-');
  if (Number(pid) !== process.pid && !isAlive(Number(pid))) return true;
  const found = await stat(path.join(parent, name)).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ABANDONED_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function importFromTabpy(left: string, dir: string): Promise<void> {
  // Of two fills that see the same folder, one gets it: a folder can be renamed only once.
  const mine = path.join(dir, 'taken');
  try {
    await rename(left, mine);
  } catch {
    return;
  }
  for (const name of await readdir(mine)) {
    if (name.endsWith(PART)) await rename(path.join(mine, name), path.join(dir, name));
  }
  await rm(mine, { recursive: true, force: true });
}
