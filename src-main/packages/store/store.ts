// The folder of wheels: lists what is there and what is missing, and fetches the missing. Must not know what wheels are
// for.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readTextFile } from '../../disk/regular-file.ts';
import type { WantedFile } from './package-list.ts';
import type { Progress } from '../progress.ts';
import { reasonOf } from './source.ts';
import type { Source } from './source.ts';
import { openWorkFolder } from './work-folder.ts';

/** A wheel that is there and was checked. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly path: string;
  readonly sha256: string;
}

export interface Store {
  readonly wheels: readonly Wheel[];
  /** Missing or damaged. */
  readonly missing: readonly WantedFile[];
  /** Missing as well, but not needed: the optional packages. */
  readonly absent: readonly WantedFile[];
}

/** A store after an attempt to fill it. */
export interface Filled extends Store {
  /** Why each source did not deliver everything, in words for people, in the order of the attempts. */
  readonly failures: readonly string[];
}

/** The default folder: `.store` beside package.json, or TABPY_TRAY_STORE. */
export function defaultStoreDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return path.resolve(env['TABPY_TRAY_STORE'] || path.join(import.meta.dirname, '../../../.store'));
}

function wheelPath(storeDir: string, file: WantedFile): string {
  return path.join(storeDir, 'wheels', file.fileName);
}

/**
 * What a store holds. A file is valid when its SHA-256 is right; the check is remembered with size and times of the file,
 * so that later looks read no wheel. `isThorough` reads them all again.
 */
export async function readStore(storeDir: string, wanted: readonly WantedFile[], isThorough = false): Promise<Store> {
  const indexFile = path.join(storeDir, 'checked.json');
  const known = await readIndex(indexFile);
  const checked: Record<string, string> = {};
  const wheels: Wheel[] = [];
  const lacking: WantedFile[] = [];
  for (const file of wanted) {
    const where = wheelPath(storeDir, file);
    const found = await stat(where).catch(() => null);
    // The time of the last change of any kind cannot be set back, unlike the time of writing.
    const mark = found?.isFile() ? `${found.size} ${found.mtimeMs} ${found.ctimeMs} ${file.sha256}` : null;
    const isKnown = mark !== null && !isThorough && known[file.fileName] === mark;
    if (mark !== null && (isKnown || (await sha256Of(where).catch(() => null)) === file.sha256)) {
      const { name, version, fileName, sha256 } = file;
      checked[fileName] = mark;
      wheels.push({ name, version, fileName, path: where, sha256 });
    } else {
      lacking.push(file);
    }
  }
  if (JSON.stringify(checked) !== JSON.stringify(known)) {
    // Without it the next start is only slower: a store on a read-only disk is fine.
    await writeFileAtomic(indexFile, JSON.stringify(checked)).catch(() => undefined);
  }
  return {
    wheels,
    missing: lacking.filter((file) => file.need !== 'optional'),
    absent: lacking.filter((file) => file.need === 'optional'),
  };
}

export interface FillOptions {
  readonly storeDir: string;
  readonly wanted: readonly WantedFile[];
  readonly sources: readonly Source[];
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Fetches missing files, source after source. Existing files stay; each new file is checked, then moved into place in
 * one step. So an interruption leaves no half file, and a second fill at the same time does no harm. Never rejects
 * because a file cannot be fetched or written: the result has the reason.
 */
export async function fillStore({ storeDir, wanted, sources, progress, signal }: FillOptions): Promise<Filled> {
  const before = await readStore(storeDir, wanted);
  const left = new Map([...before.missing, ...before.absent].map((file) => [file.fileName, file]));
  const failures: string[] = [];
  if (left.size === 0) return { ...before, failures };
  let work;
  try {
    await mkdir(path.join(storeDir, 'wheels'), { recursive: true });
    work = await openWorkFolder(path.join(storeDir, 'fetching'));
  } catch (error) {
    return { ...before, failures: [`the folder ${storeDir} is not writable (${reasonOf(error)})`] };
  }
  try {
    for (const source of sources) {
      const files = [...left.values()].filter((file) => source.offers(file));
      if (files.length === 0 || signal?.aborted) continue;
      progress.begin(files.length);
      progress.note(`Fetching ${files.length} Python packages from ${source.name}`);
      const accept = async (file: WantedFile, complete: string): Promise<void> => {
        await moveChecked(file, complete, wheelPath(storeDir, file));
        left.delete(file.fileName);
        progress.done();
      };
      try {
        await source.fetch({ files, workDir: work.dir, accept, progress, signal: signal ?? null });
      } catch (error) {
        failures.push(`${source.name}: ${reasonOf(error)}`);
      }
    }
  } finally {
    progress.end();
    await work
      .close()
      .catch((error: unknown) =>
        failures.push(`files that are no longer needed could not be removed: ${reasonOf(error)}`),
      );
  }
  if (signal?.aborted) failures.push('stopped before the end');
  return { ...(await readStore(storeDir, wanted)), failures };
}

/** What is missing and what to do about it, in a sentence or two; null when nothing needed is missing. */
export function describeMissing({ missing, failures }: Pick<Filled, 'missing' | 'failures'>): string | null {
  if (missing.length === 0) return null;
  const why = failures.length > 0 ? ` (${failures.join('; ')})` : '';
  return (
    `Missing Python packages: ${missing.map((file) => file.name).join(', ')}${why}. ` +
    'Connect to the internet and run `npm run packages`, or `npm run packages -- --from DIR` with a folder that has the files.'
  );
}

async function moveChecked(file: WantedFile, complete: string, target: string): Promise<void> {
  const actual = await sha256Of(complete);
  if (actual !== file.sha256) {
    await rm(complete, { force: true });
    throw new Error(`${file.fileName} is not the file it should be (SHA-256 ${actual}, not ${file.sha256})`);
  }
  try {
    await rename(complete, target);
  } catch (error) {
    // Windows replaces no file that is being read: harmless when another fill put the right file there.
    if ((await sha256Of(target).catch(() => null)) !== file.sha256) throw error;
    await rm(complete, { force: true });
  }
}

async function readIndex(file: string): Promise<Readonly<Record<string, string>>> {
  try {
    // It may be any JSON; a mark that differs is ignored.
    return Object(JSON.parse(await readTextFile(file))) as Record<string, string>;
  } catch {
    return {};
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  if (!(await stat(file)).isFile()) throw new Error(`${file} is not a regular file`);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
