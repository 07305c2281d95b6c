// The folder where TabPy's client, in its local mode, leaves pickles. Must not look into them.

import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import type { Registry } from '../functions/registry.ts';
import { MOST_PICKLE_BYTES } from '../functions/quota.ts';

export interface Upload {
  readonly pickle: Buffer;
  /** A pickle in this folder was put there by somebody who may write to this computer's disk; no script can. */
  readonly isStaged: boolean;
}

/** The folder where TabPy's client, in its local mode, leaves `endpoints/<name>/<version>/pickle_archive`. */
export interface UploadFolder {
  readonly path: string;
  /**
   * The pickle under a `src_path` that a client named, or null when there is none. Only paths inside the folder are
   * read. A deployed version that never passed through the folder (a remote deployment) is found too: clients read
   * `endpoints/<name>/<version>` back as if TabPy had kept it.
   * Rejects with Refusal `over-quota`, without reading, for a pickle larger than the quota of all functions together.
   */
  read(srcPath: string): Promise<Upload | null>;
}

export function createUploadFolder(folder: string, registry: Registry): UploadFolder {
  return {
    path: folder,
    async read(srcPath) {
      const relative = path.relative(folder, path.resolve(folder, srcPath));
      const parts = relative.split(path.sep);
      if (parts[0] === '..' || path.isAbsolute(relative)) return null;
      const staged = await readInside(folder, path.join(relative, 'pickle_archive'));
      if (staged) return { pickle: staged, isStaged: true };
      const [top, name, version] = parts;
      if (parts.length !== 3 || top !== 'endpoints' || name === undefined || !/^\d+$/.test(version ?? '')) return null;
      const deployed = await registry.readPickle(name, Number(version));
      return deployed && { pickle: deployed, isStaged: false };
    },
  };
}

/** The bytes of a file, or null when it does not exist or a link leads out of the folder. */
async function readInside(folder: string, relative: string): Promise<Buffer | null> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(path.join(folder, relative))]);
    return file.startsWith(root + path.sep) ? await readRegularFile(file, MOST_PICKLE_BYTES) : null;
  } catch (error) {
    if (isRefusal(error, 'file-too-large'))
      throw new Refusal(
        'over-quota',
        `The saved function is larger than ${MOST_PICKLE_BYTES / 1e6} MB. Make it smaller.`,
      );
    // Nothing was left there, or only a pipe or a folder.
    return null;
  }
}
