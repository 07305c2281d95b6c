// The list of added packages in the data folder, each with version and SHA-256. Must not fetch anything.

import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { PackageSource } from '../../../src-shared/package.ts';
import { readListFile } from '../../disk/list-file.ts';

export interface LockedPackage {
  /** As PEP 503 normalises it. */
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly source: PackageSource;
  /** As the user wrote it; null: only other packages need it. */
  readonly asked: string | null;
  readonly neededBy: readonly string[];
  /** Top-level names that a script can import. */
  readonly modules: readonly string[];
  /** Why importing it failed, when it was tried. */
  readonly fault: string | null;
}

/** The whole file. */
export type AddedLock = readonly LockedPackage[];

const text = (most: number): v.GenericSchema<string> => v.pipe(v.string(), v.maxLength(most));
const schema = v.object({
  format: v.literal(1),
  packages: v.array(
    v.object({
      name: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
      version: text(100),
      // It decides which file is read.
      fileName: v.pipe(v.string(), v.regex(/^[\w.+!-]+\.whl$/)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      source: v.picklist(['index', 'pyodide', 'file']),
      asked: v.nullable(text(1_000)),
      neededBy: v.array(text(1_000)),
      modules: v.array(text(1_000)),
      fault: v.nullable(text(2_000)),
    }),
  ),
});

const FILE = 'packages.json';

/**
 * The added packages. An unreadable file is set aside and reported through `warn`: its wheels stay, and can be added
 * again.
 */
export async function readLock(dir: string, warn: (text: string) => void): Promise<AddedLock> {
  return readListFile(
    path.join(dir, FILE),
    (value) => {
      const parsed = v.safeParse(schema, value, { abortEarly: true });
      return parsed.success ? parsed.output.packages : null;
    },
    (aside) =>
      warn(`The list of added Python packages was damaged and was renamed to ${aside}. Add the packages again.`),
  );
}

export async function writeLock(dir: string, packages: AddedLock): Promise<void> {
  await writeFileAtomic(path.join(dir, FILE), `${JSON.stringify({ format: 1, packages }, null, 2)}\n`);
}
