// The Python image as installers contain it. Must not know how images are made.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readManifest, verifyFiles, writeManifest } from '../../src-main/engines/builtin/image/manifest.ts';

/** V8's cache of compiled code: it fits only the Node that made the image, never the V8 of Electron. */
const LEFT_OUT = new Set(['guest.cache', 'manifest.json']);

/**
 * Copies an image, checked, without the files that only this Node can use; replaces the target.
 * @returns SHA-256 of the copy's manifest, which holds the hashes of all files
 * @throws Error when the image is damaged or starts slowly: nobody should have to install that
 */
export async function stageImage(imageDir: string, target: string): Promise<string> {
  const { files: _files, format: _format, ...head } = readManifest(imageDir);
  await verifyFiles(imageDir, readManifest(imageDir));
  if (!head.hasSnapshot)
    throw new Error(`The image of Python has no snapshot (${head.snapshotFault}): it would start slowly.`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(imageDir))
    if (!LEFT_OUT.has(name)) cpSync(path.join(imageDir, name), path.join(target, name));
  await writeManifest(target, head);
  return createHash('sha256')
    .update(readFileSync(path.join(target, 'manifest.json')))
    .digest('hex');
}
