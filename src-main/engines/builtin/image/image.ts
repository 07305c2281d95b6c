// Makes, names and checks images: folders from which interpreters start, with packages already imported. Must not know
// where wheels come from, nor how interpreters start.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { buildGuest, PYODIDE_FILES } from './guest-build.ts';
import type { SnapshotRecord, SnapshotTable } from '../guest/boot.ts';
import { writeFileImage } from './file-image.ts';
import { PLAIN_LIBRARIES } from '../host/image-names.ts';
import { bindLinks } from './bind-links.ts';
import { readManifest, verifyFiles, writeManifest } from './manifest.ts';
import type { ImageManifest } from './manifest.ts';
import { capMemory } from './wasm-memory.ts';
import { nltkDataIn } from './nltk-data.ts';
import { filesOfFolder, filesOfWheel, SITE_PACKAGES } from './site-packages.ts';
import type { PythonFile } from './site-packages.ts';
import { withWideIntegers } from './wide-integers.ts';
import { V8_FLAGS } from '../host/launch.ts';

const run = promisify(execFile);
/** The sources that make an image and run in it. */
const ENGINE_FOLDER = join(import.meta.dirname, '..');
export const DEFAULT_MEMORY_BYTES = 1 << 30;
const MAX_REASON_CHARACTERS = 2000;

export interface ImageInput {
  /** The folder of npm's package pyodide 314.0.4. */
  readonly pyodideDir: string;
  /** Absolute paths of .whl files. */
  readonly wheels: readonly string[];
  /** Our Python; `import tabpy_tray.entry` must work with this folder on Python's path. */
  readonly pythonDir: string;
  /** Modules that are imported into the snapshot. */
  readonly preimport: readonly string[];
  /** The image's folder; replaced when it exists. */
  readonly outDir: string;
  /** The limit of Python's memory; default 1 GB. */
  readonly maxMemoryBytes?: number;
  /** Node's program for the child that makes the snapshot; default: the one that runs this. */
  readonly nodePath?: string;
  /** Called with the present step, in plain words. */
  readonly progress?: (text: string) => void;
}

export interface ImageInfo {
  /** Links resolved. */
  readonly dir: string;
  readonly manifest: ImageManifest;
}

/**
 * SHA-256 over everything that an image is made from, except outDir: the same hash means the same image.
 * @param builderDir the sources that make images: rules and code alike, so that an image of older sources is never used
 */
export function imageInputsHash(input: ImageInput, builderDir: string = ENGINE_FOLDER): string {
  const hash = createHash('sha256');
  const add = (name: string, bytes: string | Uint8Array): void => {
    hash.update(`${name}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  };
  add('memory', String(input.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES));
  add('preimport', JSON.stringify(input.preimport));
  for (const name of PYODIDE_FILES) add(name, readFileSync(join(input.pyodideDir, name)));
  for (const path of input.wheels.toSorted()) add(basename(path), readFileSync(path));
  for (const { path, bytes } of filesOfFolder(input.pythonDir)) add(path, bytes);
  for (const name of sourcesBelow(builderDir)) add(`builder/${name}`, readFileSync(join(builderDir, name)));
  return hash.digest('hex');
}

/** Names with slashes on every system, in a fixed order. */
function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|py)$/.test(name))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
}

async function collectFiles(input: ImageInput): Promise<PythonFile[]> {
  const files: PythonFile[] = [];
  for (const wheel of input.wheels) {
    input.progress?.(`Unpacking ${basename(wheel)}`);
    files.push(...(await filesOfWheel(wheel)));
  }
  files.splice(0, files.length, ...withWideIntegers(files));
  files.push(...nltkDataIn(files));
  const own = 'tabpy_tray_guest.py';
  files.push({ path: `${SITE_PACKAGES}/${own}`, bytes: readFileSync(join(ENGINE_FOLDER, 'guest', own)) });
  files.push(...filesOfFolder(input.pythonDir));
  return files;
}

/**
 * Libraries that the snapshot has linked are needed only while it is restored; kept apart, their memory can be freed.
 */
function splitLinked(folder: string, files: readonly PythonFile[]): void {
  const { links, ...head } = JSON.parse(readFileSync(join(folder, 'snapshot.json'), 'utf8')) as SnapshotRecord;
  const linked = new Set(links.steps.map((step) => step.name));
  const libraries = files.filter((file) => linked.has(file.path));
  const bound = bindLinks(links, libraries);
  writeFileImage(folder, PLAIN_LIBRARIES, libraries);
  writeFileSync(join(folder, 'stubs.wasm'), bound.stubs);
  writeFileImage(folder, 'linked', bound.files);
  const table: SnapshotTable = { ...head, links: bound.table };
  const wasm = join(folder, 'pyodide.asm.wasm');
  writeFileSync(wasm, capMemory(readFileSync(wasm), Infinity, head.heapBytes));
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify(table));
  writeFileImage(
    folder,
    'files',
    files.filter((file) => !linked.has(file.path)),
  );
}

/** @returns null, or why there is no snapshot: the image still boots from its files, only slower */
async function makeSnapshot(input: ImageInput, folder: string): Promise<string | null> {
  const script = join(import.meta.dirname, 'make-snapshot.ts');
  const args = [...V8_FLAGS, '--no-warnings', script, JSON.stringify([realpathSync(folder), input.preimport])];
  try {
    await run(input.nodePath ?? process.execPath, args, { maxBuffer: 1 << 24, env: {} });
    return null;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return (stderr || message).slice(-MAX_REASON_CHARACTERS);
  }
}

/**
 * Makes an image: in a folder beside `outDir`, which takes its place only when everything is there.
 * A set of packages that cannot be a snapshot still becomes an image (`manifest.snapshotFault` says why).
 * @throws Error when Pyodide's text is not what we know, a wheel cannot be read, or the folder cannot be written
 */
export async function buildImage(input: ImageInput): Promise<ImageInfo> {
  const inputs = imageInputsHash(input);
  mkdirSync(dirname(input.outDir), { recursive: true });
  const folder = `${input.outDir}.making-${process.pid}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    buildGuest({
      pyodideDir: input.pyodideDir,
      outDir: folder,
      maxMemoryBytes: input.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES,
    });
    const files = await collectFiles(input);
    writeFileImage(folder, 'files', files);
    writeFileImage(folder, PLAIN_LIBRARIES, []);
    input.progress?.('Importing packages once');
    const snapshotFault = await makeSnapshot(input, folder);
    if (snapshotFault === null) splitLinked(folder, files);
    else
      for (const name of ['heap.bin', 'snapshot.json', 'guest.cache', 'linked.bin', 'linked.json', 'stubs.wasm'])
        rmSync(join(folder, name), { force: true });
    input.progress?.('Noting checksums');
    await writeManifest(folder, {
      inputs,
      hasSnapshot: snapshotFault === null,
      snapshotFault,
      preimport: input.preimport,
      wheels: input.wheels.map((path) => basename(path)),
    });
    if (existsSync(input.outDir)) {
      const old = `${input.outDir}.old-${process.pid}`;
      renameSync(input.outDir, old);
      renameSync(folder, input.outDir);
      rmSync(old, { recursive: true, force: true });
    } else {
      renameSync(folder, input.outDir);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const dir = realpathSync(input.outDir);
  return { dir, manifest: readManifest(dir) };
}

/**
 * Verifies every file of an image against its manifest: once when the service starts, not for each interpreter.
 * @throws Error that names the file that is missing or differs
 */
export async function checkImage(imageDir: string): Promise<ImageInfo> {
  const dir = realpathSync(imageDir);
  const manifest = readManifest(dir);
  await verifyFiles(dir, manifest);
  return { dir, manifest };
}
