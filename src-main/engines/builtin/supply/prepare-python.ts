// Prepares Python for its start on this computer: packages in the store, and an image made of them. Must not know the
// server.

import { existsSync, realpathSync } from 'node:fs';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Step } from '../../../../src-shared/service-state.ts';
import type { Settings } from '../../../../src-shared/settings.ts';
import { buildImage, checkImage, imageInputsHash } from '../image/image.ts';
import { PYODIDE_FILES } from '../image/guest-build.ts';
import { forgetImage, rememberedImage, rememberImage } from './image-record.ts';
import type { ImageRecordPlace } from './image-record.ts';
import { preimportFor } from '../image/preimport.ts';
import { launchOf } from '../host/launch.ts';
import { defaultSources } from '../../../packages/store/sources.ts';
import { pyodidePackage, wantedFiles } from '../../../packages/store/package-list.ts';
import { bothProgress, progressAsSteps } from '../../../packages/progress.ts';
import type { Progress } from '../../../packages/progress.ts';
import { defaultStoreDir, describeMissing, fillStore, readStore } from '../../../packages/store/store.ts';
import type { Wheel } from '../../../packages/store/store.ts';
import type { Launch } from './process-interpreter.ts';

export interface PreparedPython {
  /** The folder of the image that interpreters start from. */
  readonly imageDir: string;
  /** How one interpreter starts as a Node process under these settings. */
  readonly launch: (settings: Settings, addedDir: string | null) => Launch;
  /** Missing packages; the server works without them. */
  readonly missing: readonly string[];
  /**
   * Null where the image was read and compared just now. Where an earlier check was trusted: a function that reads the
   * image, to be called once no request waits for Python. A damaged image is made again; resolves with the new image,
   * or null.
   */
  readonly check: (() => Promise<PreparedPython | null>) | null;
}

export interface PrepareOptions {
  readonly say: (text: string) => void;
  /** Called with the present step, for the user. */
  readonly tell: (step: Step) => void;
  /** Progress of fetching the packages. */
  readonly progress: Progress;
  readonly storeDir?: string;
}

const IMAGES_KEPT = 3;
const IMAGE_REST_MS = 3_600_000;
const MAX_RESULT_BYTES = 256 * 1024 * 1024;

/**
 * Fetches missing packages (a server without network starts with what there is), makes the image when any of its inputs
 * changed, and checks it, unless all files are as an earlier check left them. Rejects when Python cannot be started at all.
 */
export async function preparePython(options: PrepareOptions): Promise<PreparedPython> {
  const { say, tell, progress, storeDir = defaultStoreDir() } = options;
  const wanted = wantedFiles();
  let { wheels, missing } = await readStore(storeDir, wanted);
  if (missing.length > 0) {
    const filled = await fillStore({
      storeDir,
      wanted,
      sources: defaultSources(undefined),
      progress: bothProgress(progress, progressAsSteps(tell)),
    });
    ({ wheels, missing } = filled);
    const complaint = describeMissing(filled);
    if (complaint) say(complaint);
  }
  const { dir, isBelieved } = await imageOf(wheels, storeDir, say, tell);
  return {
    imageDir: dir,
    launch: (settings, addedDir) =>
      launchOf({ imageDir: dir, addedDir, memoryMb: settings.interpreterMegabytes, maxResultBytes: MAX_RESULT_BYTES }),
    missing: missing.map((file) => file.name),
    check: isBelieved ? () => checkLater(dir, options) : null,
  };
}

async function checkLater(dir: string, options: PrepareOptions): Promise<PreparedPython | null> {
  try {
    await checkImage(dir);
    return null;
  } catch {
    await forgetImage(recordPlace([], options.storeDir ?? defaultStoreDir()));
    return preparePython(options);
  }
}

const PYTHON_DIR = path.join(import.meta.dirname, '../../../python');

/** The inputs of an image: wheels, Pyodide, our Python, and the code that joins them. */
function recordPlace(wheels: readonly Wheel[], storeDir: string): ImageRecordPlace {
  const { dir } = pyodidePackage();
  return {
    imagesDir: path.join(storeDir, 'images'),
    inputs: [
      ...wheels.map((wheel) => wheel.path),
      ...PYODIDE_FILES.map((name) => path.join(dir, name)),
      PYTHON_DIR,
      path.join(import.meta.dirname, '..'),
    ],
    more: process.version,
  };
}

async function imageOf(
  wheels: readonly Wheel[],
  storeDir: string,
  say: (text: string) => void,
  tell: (step: Step) => void,
): Promise<{ readonly dir: string; readonly isBelieved: boolean }> {
  const place = recordPlace(wheels, storeDir);
  const { imagesDir: images } = place;
  const remembered = rememberedImage(place);
  if (remembered !== null) {
    await utimes(remembered, new Date(), new Date()).catch(() => undefined);
    return { dir: realpathSync(remembered), isBelieved: true };
  }
  const input = {
    pyodideDir: pyodidePackage().dir,
    wheels: wheels.map((wheel) => wheel.path),
    pythonDir: PYTHON_DIR,
    preimport: preimportFor(wheels.map((wheel) => path.basename(wheel.path))),
  };
  const hash = imageInputsHash({ ...input, outDir: '' });
  const outDir = path.join(images, hash.slice(0, 16));
  if (existsSync(outDir)) {
    try {
      const { dir } = await checkImage(outDir);
      await utimes(outDir, new Date(), new Date()).catch(() => undefined);
      await rememberImage(place, dir);
      return { dir, isBelieved: false };
    } catch (error) {
      say(`The Python image is damaged and is made again (${(error as Error).message})`);
    }
  }
  say('Making the image that Python starts from (once, about half a minute)');
  const image = await buildImage({
    ...input,
    outDir,
    progress: (text) => tell({ text: `Preparing Python: ${text}…`, fraction: null }),
  });
  if (image.manifest.snapshotFault !== null) {
    say(`Python will start slowly: its packages could not be imported ahead (${image.manifest.snapshotFault})`);
  }
  await removeOldImages(images);
  await rememberImage(place, image.dir);
  return { dir: image.dir, isBelieved: false };
}

/** Images of older versions stay for a while: another server may still start interpreters from one. */
async function removeOldImages(images: string): Promise<void> {
  const folders = await Promise.all(
    (await readdir(images, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ({ name, usedAt: (await stat(path.join(images, name))).mtimeMs })),
  );
  const unused = folders.toSorted((a, b) => b.usedAt - a.usedAt).slice(IMAGES_KEPT);
  for (const { name } of unused.filter((image) => Date.now() - image.usedAt > IMAGE_REST_MS)) {
    await rm(path.join(images, name), { recursive: true, force: true });
  }
}
