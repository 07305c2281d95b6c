// Makes the file image of added packages, which every interpreter gets beside the image that it starts from. Must not
// import what makes images: the installed app has no sources.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { importedAs, isImportable } from '../../../../src-shared/wheel-path.ts';
import { Refusal } from '../../../../src-shared/refusal.ts';
import type { FileEntry } from '../guest/files.ts';
import { ADDED_IMAGE, FILE_IMAGES, PLAIN_LIBRARIES } from '../host/image-names.ts';
import { writeFileImage } from './file-image.ts';
import { readManifest, verifyFiles, writeManifest } from './manifest.ts';
import { filesOfWheel, SITE_PACKAGES } from './site-packages.ts';
import type { PythonFile } from './site-packages.ts';

export interface AddedWheel {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

export interface AddedImageInput {
  /** In the order in which they are named when two of them contain the same file. */
  readonly wheels: readonly AddedWheel[];
  /** The image that interpreters start from. */
  readonly imageDir: string;
  /** A folder of such images. */
  readonly outDir: string;
}

const KEPT = 3;
const REST_MS = 3_600_000;
const MOST_BYTES = 400_000_000;
/** Python runs these at its start, before anything else: no package may run code that way. */
const RUN_AT_START = /^[^/]+\.pth$/i;
const OURS = 'TabPy Tray';

/**
 * Makes the image of these wheels, or finds it complete.
 * @returns its folder, links resolved; null for no wheels
 * @throws Refusal `package-clash`
 */
export async function addedImage({ wheels, imageDir, outDir }: AddedImageInput): Promise<string | null> {
  if (wheels.length === 0) return null;
  const { inputs } = readManifest(imageDir);
  const hash = createHash('sha256')
    .update(`2 ${inputs}\n${wheels.map(({ sha256 }) => `${sha256}\n`).join('')}`)
    .digest('hex');
  const dir = join(outDir, hash.slice(0, 16));
  if (existsSync(dir)) {
    try {
      await verifyFiles(dir, readManifest(dir));
      utimesSync(dir, new Date(), new Date());
      return realpathSync(dir);
    } catch {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  const making = join(outDir, `making-${process.pid}-${hash.slice(0, 16)}`);
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  try {
    writeFileImage(making, ADDED_IMAGE, await filesOf(wheels, imageDir));
    await writeManifest(making, {
      inputs: hash,
      hasSnapshot: false,
      snapshotFault: null,
      preimport: [],
      wheels: wheels.map(({ path }) => basename(path)),
    });
    renameSync(making, dir);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  removeOld(outDir);
  return realpathSync(dir);
}

async function filesOf(wheels: readonly AddedWheel[], imageDir: string): Promise<readonly PythonFile[]> {
  const modules = createModules();
  const owners = new Map<string, { readonly owner: string; readonly bytes: Uint8Array | null }>();
  for (const image of [...FILE_IMAGES, PLAIN_LIBRARIES]) {
    if (!existsSync(join(imageDir, `${image}.json`))) continue;
    const table = JSON.parse(readFileSync(join(imageDir, `${image}.json`), 'utf8')) as readonly FileEntry[];
    for (const [path] of table) {
      owners.set(path, { owner: OURS, bytes: null });
      if (path.startsWith(`${SITE_PACKAGES}/`)) modules.note(path.slice(SITE_PACKAGES.length + 1), OURS);
    }
  }
  const files: PythonFile[] = [];
  let bytes = 0;
  for (const wheel of wheels) {
    // The process that draws the tray runs this: other work gets its turn between two wheels.
    await turn();
    for (const file of await filesOfWheel(wheel.path)) {
      const name = file.path.slice(SITE_PACKAGES.length + 1);
      if (RUN_AT_START.test(name)) continue;
      const known = owners.get(file.path);
      const isSame = known?.bytes && Buffer.compare(known.bytes, file.bytes) === 0;
      if (known && !isSame && isImportable(name))
        throw new Refusal(
          'package-clash',
          `${wheel.name} brings ${name}, which is a file of ${known.owner}. Both cannot be here.`,
        );
      const other = isSame ? null : modules.standingBefore(name, wheel.name);
      if (other !== null)
        throw new Refusal(
          'package-clash',
          `${wheel.name} brings ${name}, which is a part of ${other}. Both cannot be here.`,
        );
      // Licences and the like at the top level: the first file stays.
      if (known) continue;
      owners.set(file.path, { owner: wheel.name, bytes: file.bytes });
      files.push(file);
      modules.note(name, wheel.name);
      bytes += file.bytes.length;
      if (bytes > MOST_BYTES)
        throw new Refusal(
          'package-clash',
          `All added packages together would have more than ${MOST_BYTES / 1e6} MB, which every Python would hold.`,
        );
    }
  }
  return files;
}

interface Modules {
  note(path: string, owner: string): void;
  /** The owner of a module that a file of `owner` would replace or become a part of; null: there is none. */
  standingBefore(path: string, owner: string): string | null;
}

/**
 * The owner of each module: `x/__init__.py`, `x.so` and `x.py` are the same module for Python, and the first file
 * applies.
 */
function createModules(): Modules {
  const owners = new Map<string, string>();
  const packages = new Set<string>();
  return {
    note(path, owner) {
      if (!isImportable(path)) return;
      const name = importedAs(path);
      if (!owners.has(name)) owners.set(name, owner);
      if (owner === OURS && /(?:^|\/)__init__\.[^/]+$/.test(path)) packages.add(name);
    },
    standingBefore(path, owner) {
      if (!isImportable(path)) return null;
      const same = owners.get(importedAs(path));
      if (same !== undefined && same !== owner) return same;
      // Packages that share a folder have no __init__ of their own there; the folder belongs to one of ours that has
      // it.
      const parts = path.split('/');
      const isInside = parts.some((_, length) => length > 0 && packages.has(parts.slice(0, length).join('/')));
      return isInside ? OURS : null;
    },
  };
}

/** Another server, or an interpreter that is just starting, may still read an old image. */
function removeOld(outDir: string): void {
  const images = readdirSync(outDir).map((name) => ({ name, usedAt: statSync(join(outDir, name)).mtimeMs }));
  const unused = images.toSorted((a, b) => b.usedAt - a.usedAt).slice(KEPT);
  for (const { name } of unused.filter(({ usedAt }) => Date.now() - usedAt > REST_MS))
    rmSync(join(outDir, name), { recursive: true, force: true });
}
