// The image's manifest: what the image was made from, and the SHA-256 of every file.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** The version of this file's format. What images are made from, and by, is in their inputs' hash. */
export const IMAGE_FORMAT = 2;

export interface ImageFile {
  readonly bytes: number;
  readonly sha256: string;
}

export interface ImageManifest {
  readonly format: typeof IMAGE_FORMAT;
  /** SHA-256 over everything that went in. */
  readonly inputs: string;
  readonly hasSnapshot: boolean;
  /** Why there is no snapshot. */
  readonly snapshotFault: string | null;
  readonly preimport: readonly string[];
  readonly wheels: readonly string[];
  readonly files: Readonly<Record<string, ImageFile>>;
}

const MANIFEST = 'manifest.json';
/**
 * A server that answers requests reads an image at the same time: each chunk blocks it for a fifth of a millisecond.
 */
const CHUNK_BYTES = 1 << 18;

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

async function filesOf(folder: string): Promise<Record<string, ImageFile>> {
  const names = readdirSync(folder)
    .filter((name) => name !== MANIFEST)
    .toSorted();
  const entries = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return [name, { bytes: statSync(path).size, sha256: await sha256Of(path) }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** Writes manifest.json for the files that are in the folder now. */
export async function writeManifest(
  folder: string,
  head: Omit<ImageManifest, 'format' | 'files'>,
): Promise<ImageManifest> {
  const manifest: ImageManifest = { format: IMAGE_FORMAT, ...head, files: await filesOf(folder) };
  writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest, null, 1));
  return manifest;
}

export function readManifest(folder: string): ImageManifest {
  return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as ImageManifest;
}

/** @throws Error that names the first file that is missing, unexpected, or different from the manifest */
export async function verifyFiles(folder: string, manifest: ImageManifest): Promise<void> {
  if (manifest.format !== IMAGE_FORMAT)
    throw new Error(`${folder}: an image of format ${manifest.format}; make it again`);
  const found = await filesOf(folder);
  for (const name of new Set([...Object.keys(manifest.files), ...Object.keys(found)])) {
    const [want, have] = [manifest.files[name], found[name]];
    if (want?.sha256 !== have?.sha256) {
      const fault = !have ? 'is missing' : !want ? 'does not belong to it' : 'was changed';
      throw new Error(`The Python image ${folder} is damaged: ${name} ${fault}. Make the image again.`);
    }
  }
}
