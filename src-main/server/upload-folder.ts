// The folder where TabPy's client, in its local mode, leaves pickles. Must not look into them.

import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Registry } from '../endpoints/registry.ts';

/** Where TabPy's client, in its local mode, leaves `endpoints/<name>/<version>/pickle_archive`. */
export interface UploadFolder {
  readonly path: string;
  /**
   * The pickle under a `src_path` that a client named, or null when there is none. Only paths inside the folder are read.
   * A deployed version that never passed through the folder (a remote deployment) is found there too: clients read
   * `endpoints/<name>/<version>` back as if TabPy had kept it.
   */
  readPickle(srcPath: string): Promise<Buffer | null>;
}

export function createUploadFolder(folder: string, registry: Registry): UploadFolder {
  return {
    path: folder,
    async readPickle(srcPath) {
      const relative = path.relative(folder, path.resolve(folder, srcPath));
      const parts = relative.split(path.sep);
      if (parts[0] === '..' || path.isAbsolute(relative)) return null;
      const staged = await readInside(folder, path.join(relative, 'pickle_archive'));
      if (staged) return staged;
      const [top, name, version] = parts;
      if (parts.length !== 3 || top !== 'endpoints' || name === undefined || !/^\d+$/.test(version ?? '')) return null;
      return registry.readPickle(name, Number(version));
    },
  };
}

/** The bytes of a file, or null when there is none or a link leads out of the folder. */
async function readInside(folder: string, relative: string): Promise<Buffer | null> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(path.join(folder, relative))]);
    return file.startsWith(root + path.sep) ? await readFile(file) : null;
  } catch {
    // Nothing was left there.
    return null;
  }
}
