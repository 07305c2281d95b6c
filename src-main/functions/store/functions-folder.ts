// Finds the folder of the deployed functions, and whether TabPy keeps its own there.

import { access, readdir } from 'node:fs/promises';
import path from 'node:path';

/** No function of TabPy's can have this name, so neither program touches the other's files in the folder. */
const OURS = 'tabpy-tray.functions';

/**
 * The folder of our functions. `chosen` is the setting (TabPy's TABPY_QUERY_OBJECT_PATH), empty by default. TabPy
 * deletes folders in it by the names of its functions, and so do we; therefore ours is a subfolder.
 */
export function functionsFolder(dataDir: string, chosen: string): string {
  return chosen === '' ? path.join(dataDir, 'endpoints') : path.join(path.resolve(chosen), OURS);
}

/** Folders outside the data folder that only one program at a time may write. */
export function furtherFolders(dataDir: string, chosen: string): readonly string[] {
  return chosen === '' ? [] : [functionsFolder(dataDir, chosen)];
}

/** Whether a folder holds functions in TabPy's own layout: `<name>/<version>/pickle_archive`. */
export async function holdsTabpysFunctions(folder: string): Promise<boolean> {
  for (const name of await foldersIn(folder)) {
    for (const version of (await foldersIn(path.join(folder, name))).filter((one) => /^\d+$/.test(one))) {
      const isThere = await access(path.join(folder, name, version, 'pickle_archive')).then(
        () => true,
        () => false,
      );
      if (isThere) return true;
    }
  }
  return false;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
