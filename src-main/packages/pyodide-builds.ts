// What Pyodide's own distribution has, as its lock names it. Must not know where its files are.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { normalName } from './added-set.ts';

export interface PyodideBuild {
  readonly version: string;
  readonly fileName: string;
  readonly sha256: string;
  /** Names of packages. */
  readonly depends: readonly string[];
  /** What can be imported. */
  readonly imports: readonly string[];
  /** Why it cannot be added, where it cannot. */
  readonly whyNot: string | null;
}

export interface PyodideBuilds {
  /** Such as `2026_0`: compiled wheels are for one of them. */
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

/** Reads the lock that lies in an image. */
export async function readPyodideBuilds(imageDir: string): Promise<PyodideBuilds> {
  const lock = JSON.parse(await readFile(path.join(imageDir, 'pyodide-lock.json'), 'utf8')) as {
    readonly info: { readonly abi_version: string };
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const locked = new Map(Object.values(lock.packages).map((one) => [normalName(one.name), one]));
  const isWheel = ({ file_name: name }: Locked): boolean => name.endsWith('.whl') && path.basename(name) === name;
  /** A library beside Python's packages: the image has no place for those that come later. */
  const libraryOf = (one: Locked, seen = new Set<string>()): string | null => {
    if (!isWheel(one)) return one.name;
    for (const name of one.depends.map(normalName)) {
      const needed = locked.get(name);
      if (!needed || seen.has(name)) continue;
      const library = libraryOf(needed, seen.add(name));
      if (library !== null) return library;
    }
    return null;
  };
  const builds: Record<string, PyodideBuild> = {};
  for (const [name, one] of locked) {
    if (!isWheel(one)) continue;
    const library = libraryOf(one);
    builds[name] = {
      version: one.version,
      fileName: one.file_name,
      sha256: one.sha256,
      depends: one.depends,
      imports: one.imports,
      whyNot: library === null ? null : `it needs the system library ${library}, which cannot be added`,
    };
  }
  return { abi: lock.info.abi_version, builds };
}
