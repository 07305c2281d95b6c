// The Python that a TabPy runs in, found from the place of its state. Must not run it.

import path from 'node:path';
import { pythonIn } from '../environments/python-path.ts';

const PACKAGES = new Set(['site-packages', 'dist-packages']);

/** The path of the Python into which TabPy was installed; null where its state lies elsewhere. */
export async function pythonOfTabpy(
  stateFolder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const parts = stateFolder.split(/[\\/]/);
  const packages = parts.findLastIndex((part) => PACKAGES.has(part));
  // `lib/python3.12/site-packages`, or Windows' `Lib/site-packages`.
  const lib = parts.slice(0, packages).findLastIndex((part) => /^lib(?:64)?$/i.test(part));
  if (packages < 0 || lib < 1) return null;
  const root = parts.slice(0, lib).join('/') || '/';
  // Debian's Python has packages in /usr/local, too.
  return (await pythonIn(root, platform)) ?? (root === '/usr/local' ? pythonIn(path.dirname(root), platform) : null);
}
