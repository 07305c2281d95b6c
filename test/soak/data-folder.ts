// A data folder that can be filled to the brim: a small disk in memory where the system lets us have one. Must not know the server.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface DataFolder {
  readonly path: string;
  /** null: it is a folder of the machine's own disk, which nobody may fill. */
  readonly disk: { fill(): Promise<void>; free(): Promise<void> } | null;
  readonly remove: () => void;
}

const SIZE = '8m';

export function createDataFolder(): DataFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-soak-'));
  const isMounted = process.platform === 'linux' && process.getuid?.() === 0 && mounted(folder);
  const ballast = path.join(folder, 'ballast');
  const remove = (): void => {
    process.removeListener('exit', remove);
    // Lazily: a server that was killed this moment may still be on its way out.
    if (isMounted) execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return {
    path: folder,
    disk: isMounted ? { fill: () => fill(ballast), free: () => rm(ballast, { force: true }) } : null,
    remove,
  };
}

function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Writes until not even a page is left. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    for (const bytes of [1 << 18, 1 << 12, 1 << 8, 1]) await writeUntilFull(handle, Buffer.alloc(bytes));
  } finally {
    await handle.close();
  }
}

async function writeUntilFull(handle: Awaited<ReturnType<typeof open>>, block: Buffer): Promise<void> {
  try {
    for (;;) await handle.appendFile(block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
