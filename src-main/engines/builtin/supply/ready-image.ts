// Finds the Python image of the tray app: it comes with the installer, or from the program that started the app. Must
// not know how images are made: the app never makes one.

import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { readManifest, verifyFiles } from '../image/manifest.ts';

/** The folder of an image, and the hash of its manifest; null: the user who named the folder is responsible for it. */
export interface ReadyImage {
  readonly dir: string;
  readonly manifestSha256: string | null;
}

export interface ReadyImagePlace {
  readonly isPackaged: boolean;
  /** `process.resourcesPath`: beside the archive, where anybody who may change the program's files may change these. */
  readonly resourcesDir: string;
  /** `app.getAppPath()`: inside the archive, whose integrity Electron checks. */
  readonly appDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** In the installed app, the image's folder below the resources. */
export const IMAGE_FOLDER = 'python-image';
/** In the archive: the checksums of the files outside it. */
export const CHECKSUMS_FILE = 'out/resources.json';
/** Names the folder in an unpackaged program; `npm start` sets it. */
export const IMAGE_VARIABLE = 'TABPY_TRAY_IMAGE';

/** What CHECKSUMS_FILE holds. */
export interface ResourceChecksums {
  readonly pythonImageManifest: string;
}

/** @throws Error when there is none, with advice */
export function readyImageIn({ isPackaged, resourcesDir, appDir, env }: ReadyImagePlace): ReadyImage {
  if (isPackaged) {
    const checksums = JSON.parse(readFileSync(path.join(appDir, CHECKSUMS_FILE), 'utf8')) as ResourceChecksums;
    return { dir: path.join(resourcesDir, IMAGE_FOLDER), manifestSha256: checksums.pythonImageManifest };
  }
  const dir = env[IMAGE_VARIABLE];
  if (!dir) throw new Error('Python is not prepared: start the app with npm start.');
  return { dir, manifestSha256: null };
}

/**
 * Reads every file of the image and compares it: the manifest with the archive's checksum, the other files with the
 * manifest.
 * @returns its folder, links resolved
 * @throws Error that names the missing or changed file, with advice
 */
export async function checkReadyImage({ dir, manifestSha256 }: ReadyImage): Promise<string> {
  try {
    const folder = realpathSync(dir);
    const manifest = readFileSync(path.join(folder, 'manifest.json'));
    if (manifestSha256 !== null && createHash('sha256').update(manifest).digest('hex') !== manifestSha256)
      throw new Error('manifest.json was changed');
    await verifyFiles(folder, readManifest(folder));
    return folder;
  } catch (error) {
    const remedy = manifestSha256 === null ? 'Start the app with npm start.' : 'Install TabPy Tray again.';
    throw new Error(`Python's files are damaged (${(error as Error).message}). ${remedy}`, { cause: error });
  }
}
