// The own folder of a native interpreter: what its files take, and its removal. Must not follow links.

import { chmod, lstat, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export interface FilesTaken {
  readonly bytes: number;
  readonly files: number;
}

const BLOCK_BYTES = 512;

/**
 * What the files of a process take: those in its folder, and those that it deleted and still has open.
 * @param limit counting ends beyond it
 */
export async function filesTaken(folder: string, pid: number, limit: FilesTaken): Promise<FilesTaken> {
  let bytes = 0;
  let files = 0;
  const count = (one: { readonly blocks: number }): boolean => {
    bytes += one.blocks * BLOCK_BYTES;
    files += 1;
    return bytes <= limit.bytes && files <= limit.files;
  };
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const entry of await entriesOf(at)) {
      const place = path.join(at, entry.name);
      const found = await lstat(place).catch(() => null);
      if (found !== null && !count(found)) return { bytes, files };
      if (entry.isDirectory()) folders.push(place);
    }
  }
  for (const entry of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    const found = await stat(`/proc/${pid}/fd/${entry}`).catch(() => null);
    if (found?.isFile() && found.nlink === 0 && !count(found)) return { bytes, files };
  }
  return { bytes, files };
}

/** Removes the folder of an interpreter that has ended, also what it made unreadable. */
export async function removeFolder(folder: string): Promise<void> {
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    await chmod(at, 0o700).catch(() => undefined);
    for (const entry of await readdir(at, { withFileTypes: true }).catch(() => []))
      if (entry.isDirectory()) folders.push(path.join(at, entry.name));
  }
  await rm(folder, { recursive: true, force: true });
}

/** A folder that hides what it holds is opened first; one that has gone holds nothing. */
async function entriesOf(folder: string): Promise<readonly { readonly name: string; isDirectory(): boolean }[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return [];
    // Only one's own folders can be opened so; a link in its place leads to nothing that is changed by reading.
    if (!(await lstat(folder).catch(() => null))?.isDirectory()) return [];
    await chmod(folder, 0o700).catch(() => undefined);
    return await readdir(folder, { withFileTypes: true }).catch(() => []);
  }
}
