// What Pyodide's own distribution contains, as its lock lists it. Must not know where its files are.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { normalName } from '../../../src-shared/package.ts';

export interface PyodideBuild {
  readonly version: string;
  readonly fileName: string;
  readonly sha256: string;
  /** Names of packages. */
  readonly depends: readonly string[];
  /** What can be imported. */
  readonly imports: readonly string[];
}

export interface PyodideBuilds {
  /** Such as `2026_0`: a compiled wheel fits only one of them. */
  readonly abi: string;
  /** By normal name. */
  readonly builds: Readonly<Record<string, PyodideBuild>>;
}

interface Locked {
  readonly name: string;
  readonly version: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly depends: readonly string[];
  readonly imports: readonly string[];
}

/** Reads the lock that lies in an image: its wheels, not its tests and system libraries. */
export async function readPyodideBuilds(imageDir: string): Promise<PyodideBuilds> {
  const lock = JSON.parse(await readFile(path.join(imageDir, 'pyodide-lock.json'), 'utf8')) as {
    readonly info: { readonly abi_version: string };
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const wheels = Object.values(lock.packages).filter(({ file_name: name }) => name.endsWith('.whl'));
  const builds = wheels.map(({ name, version, file_name: fileName, sha256, depends, imports }) => {
    // A file name that is read from a file decides where we write.
    if (path.basename(fileName) !== fileName) throw new Error(`Bad file name in Pyodide's lock: ${fileName}`);
    return [normalName(name), { version, fileName, sha256, depends, imports }] as const;
  });
  return { abi: lock.info.abi_version, builds: Object.fromEntries(builds) };
}
