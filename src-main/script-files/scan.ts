// Lists the files of a folder that scripts may read: regular files, within limits, nothing that a link leads to. Must
// not read them.

import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';

export interface ScannedFile {
  /** Below the folder, with slashes. */
  readonly name: string;
  readonly bytes: number;
  /** Changes whenever the content may have. */
  readonly mark: string;
}

export interface Scan {
  /** In the order of their names. */
  readonly files: readonly ScannedFile[];
  /** What was left out, with the reason, in words for the log. */
  readonly leftOut: readonly string[];
}

export interface ScanLimits {
  readonly files: number;
  /** For one file, and for all together: every interpreter holds a copy. */
  readonly fileBytes: number;
  readonly bytes: number;
}

export const SCAN_LIMITS: ScanLimits = { files: 1_000, fileBytes: 200_000_000, bytes: 300_000_000 };

/** Names of unfinished files of programs, and of files that systems leave behind. */
const UNWANTED = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$|__pycache__$)|\.(?:tmp|part|crdownload)$|~$/i;

/**
 * Lists a folder. Links are not followed: through a link, scripts could read files that nobody put there. Rejects with
 * Node's error when the folder itself cannot be read.
 */
export async function scan(folder: string, limits: ScanLimits = SCAN_LIMITS): Promise<Scan> {
  const root = await realpath(folder);
  const found: ScannedFile[] = [];
  const leftOut: string[] = [];
  let isFull = false;

  const look = async (below: string): Promise<void> => {
    const entries = await entriesOf(below);
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (isFull) return;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (UNWANTED.test(entry.name)) continue;
      if (entry.isDirectory()) await look(name);
      else if (entry.isFile()) await add(name);
      else leftOut.push(`${name} is not a regular file`);
    }
  };
  const entriesOf = async (below: string): Promise<readonly Dirent[]> => {
    try {
      return await readdir(path.join(root, below), { withFileTypes: true });
    } catch (error) {
      if (below === '') throw error;
      if (!isGone(error)) leftOut.push(`${below} cannot be read (${(error as NodeJS.ErrnoException).code})`);
      return [];
    }
  };
  const add = async (name: string): Promise<void> => {
    const facts = await lstat(path.join(root, name)).catch((error: unknown) => {
      if (isGone(error)) return null;
      throw error;
    });
    if (facts === null) return;
    const { size: bytes, mtimeMs, ino } = facts;
    const whole = found.reduce((sum, one) => sum + one.bytes, bytes);
    if (bytes > limits.fileBytes) {
      leftOut.push(`${name} is larger than ${limits.fileBytes / 1e6} MB`);
    } else if (whole > limits.bytes) {
      leftOut.push(`${name} does not fit: the files together are larger than ${limits.bytes / 1e6} MB`);
    } else if (found.length === limits.files) {
      isFull = true;
      leftOut.push(`there are more than ${limits.files} files`);
    } else {
      found.push({ name, bytes, mark: `${bytes}-${mtimeMs}-${ino}` });
    }
  };
  await look('');
  return { files: found, leftOut };
}

/** Programs write temporary files beside those that they replace, and remove them during the scan. */
function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
