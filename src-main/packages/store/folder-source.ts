// A folder that already holds wheels, such as a USB stick or a share. Must not change it.

import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchEach, reasonOf } from './source.ts';
import type { Source } from './source.ts';
import { readWheel } from '../added/wheel-check.ts';

export function folderSource(folder: string): Source {
  return {
    name: `the folder ${folder}`,
    offers: () => true,
    async fetch({ files, workDir, accept, signal }) {
      const names = await readdir(folder).catch((error: unknown) => {
        throw new Error(`it cannot be read (${reasonOf(error)})`, { cause: error });
      });
      const there = files.filter((file) => names.includes(file.fileName));
      await fetchEach(there, { signal, goesOn: () => true }, async (file) => {
        const copy = path.join(workDir, file.fileName);
        // A share may hold a pipe of this name, which would never end.
        await writeFile(copy, await readWheel(path.join(folder, file.fileName)));
        await accept(file, copy);
      });
      const without = files.length - there.length;
      if (without > 0) throw new Error(`it does not have ${without} of ${files.length} files`);
    },
  };
}
