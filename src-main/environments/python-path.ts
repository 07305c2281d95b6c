// Where the executable of a Python lies below a folder: of a virtual environment, of conda, of an installation. Must not
// run anything.

import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** From the folder of an environment to its executable, the likeliest first. */
function placesOf(platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32'
    ? ['Scripts/python.exe', 'python.exe', 'bin/python.exe']
    : ['bin/python3', 'bin/python', 'bin/python3.14', 'bin/python3.13', 'bin/python3.12', 'bin/python3.11'];
}

/** The executable in the folder of an environment; null: there is none. */
export async function pythonIn(folder: string, platform: NodeJS.Platform): Promise<string | null> {
  for (const place of placesOf(platform)) {
    const file = path.join(folder, place);
    if ((await stat(file).catch(() => null))?.isFile()) return file;
  }
  return null;
}

/**
 * What makes two paths the same Python. The executable of a virtual environment is a link to another Python, so its
 * folder decides, not where the link leads.
 */
export async function identityOf(python: string): Promise<string> {
  const folder = path.dirname(python);
  const root = path.dirname(folder);
  for (const one of [root, folder]) {
    if ((await stat(path.join(one, 'pyvenv.cfg')).catch(() => null))?.isFile())
      return `${await realpath(one).catch(() => one)}${path.sep}`;
  }
  return realpath(python).catch(() => python);
}
