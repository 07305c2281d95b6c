// Stores deployed functions on disk: a folder for each function and each version, written so that a crash loses
// nothing. Must not know Python, HTTP or what a function does.

import { createHash } from 'node:crypto';
import { access, constants, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import { NO_DOCSTRING } from '../../../src-shared/function.ts';
import { isRefusal, Refusal } from '../../../src-shared/refusal.ts';
import { readRegularFile } from '../../disk/regular-file.ts';
import { folderOf, nameOf } from '../../../src-shared/function-name.ts';
import type { FunctionRecord, VersionRecord } from '../function-record.ts';
import { boundedVersion } from '../version-texts.ts';

export interface NewVersion {
  readonly record: Omit<VersionRecord, 'pickleBytes' | 'pickleSha256' | 'hasSource' | 'sourceBytes'>;
  readonly pickle: Buffer;
  readonly source: string | null;
}

export interface FunctionFiles {
  /** Reads every function. A damaged function is returned as LoadFailed; its file is set aside beside it. */
  readAll(): Promise<ReadonlyMap<string, FunctionRecord>>;
  /** Applies only once `writeRecord` named it; until then the version that it replaces is kept beside it. */
  writeVersion(name: string, version: NewVersion): Promise<VersionRecord>;
  /** Removes a version whose record could not be written. */
  withdrawVersion(name: string, version: number): Promise<void>;
  writeRecord(record: FunctionRecord): Promise<void>;
  /** Deletes a version that no record names any more; files that cannot be deleted are ignored from then on. */
  removeVersion(name: string, version: number): Promise<void>;
  readPickle(name: string, version: number): Promise<Buffer | null>;
  readSource(name: string, version: number): Promise<string | null>;
  remove(name: string): Promise<void>;
}

export interface FilesDeps {
  readonly dir: string;
  readonly log: { warn(text: string): void };
}

/** More than the quota of all functions together; a larger file is not ours. */
const MOST_FILE_BYTES = 250_000_000;
/** Fifty versions with all their texts take less than two. */
const MOST_RECORD_BYTES = 16_000_000;
const RECORD = 'endpoint.json';
const PICKLE = 'pickle_archive';
const SOURCE = 'source.py';
const REMOVED = '.removed-';
const DAMAGED = '.damaged-';
const PARTIAL = '.partial-';
const REPLACED = '.replaced-';

/** Opens (and makes) the folder. Rejects when it cannot be written. */
export async function openFunctionFiles({ dir, log }: FilesDeps): Promise<FunctionFiles> {
  await mkdir(dir, { recursive: true });
  await access(dir, constants.W_OK);
  return new FolderOfFunctions(dir, log);
}

class FolderOfFunctions implements FunctionFiles {
  readonly #dir: string;
  readonly #log: FilesDeps['log'];

  constructor(dir: string, log: FilesDeps['log']) {
    this.#dir = dir;
    this.#log = log;
  }

  async readAll(): Promise<ReadonlyMap<string, FunctionRecord>> {
    const records = new Map<string, FunctionRecord>();
    for (const entry of await readdir(this.#dir, { withFileTypes: true })) {
      if (entry.name.startsWith(REMOVED)) {
        // A removal that a crash interrupted.
        await rm(path.join(this.#dir, entry.name), { recursive: true, force: true }).catch(() => undefined);
        continue;
      }
      const name = entry.isDirectory() ? nameOf(entry.name) : null;
      if (name === null) continue;
      // A function that cannot be read does not stop the others from being served.
      const record = await this.#readOne(name).catch((error: unknown) =>
        this.#damaged(name, error, this.#folder(name)),
      );
      if (record) records.set(name, record);
    }
    return records;
  }

  async writeVersion(name: string, { record, pickle, source }: NewVersion): Promise<VersionRecord> {
    const [target, replaced] = [this.#version(name, record.version), this.#replaced(name, record.version)];
    const partial = path.join(path.dirname(target), `${PARTIAL}${record.version}-${process.pid}-${Date.now()}`);
    try {
      await mkdir(partial, { recursive: true });
      await writeThrough(path.join(partial, PICKLE), pickle);
      if (source !== null) await writeThrough(path.join(partial, SOURCE), Buffer.from(source));
      await rm(replaced, { recursive: true, force: true });
      await rename(target, replaced).catch(ifMissing);
      await rename(partial, target);
    } catch (error) {
      // Rightly does nothing while the target is still in its place.
      await rename(replaced, target).catch(() => undefined);
      await rm(partial, { recursive: true, force: true }).catch(() => undefined);
      throw notStored(error);
    }
    return {
      ...record,
      pickleBytes: pickle.length,
      pickleSha256: sha256(pickle),
      hasSource: source !== null,
      sourceBytes: Buffer.byteLength(source ?? ''),
    };
  }

  async withdrawVersion(name: string, version: number): Promise<void> {
    await rm(this.#version(name, version), { recursive: true, force: true });
    await rename(this.#replaced(name, version), this.#version(name, version)).catch(ifMissing);
  }

  removeVersion(name: string, version: number): Promise<void> {
    return rm(this.#version(name, version), { recursive: true, force: true }).catch((error: Error) =>
      this.#log.warn(`Could not delete version ${version} of '${name}': ${error.message}`),
    );
  }

  async writeRecord(record: FunctionRecord): Promise<void> {
    const { name } = record.endpoint;
    const file = path.join(this.#folder(name), RECORD);
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFileAtomic(file, `${JSON.stringify(record, null, 1)}\n`);
    } catch (error) {
      throw notStored(error);
    }
    await this.#forgetUnfinished(name);
  }

  readPickle(name: string, version: number): Promise<Buffer | null> {
    return readRegularFile(path.join(this.#version(name, version), PICKLE), MOST_FILE_BYTES).catch(() => null);
  }

  readSource(name: string, version: number): Promise<string | null> {
    return readRegularFile(path.join(this.#version(name, version), SOURCE), MOST_FILE_BYTES).then(
      (bytes) => bytes.toString('utf8'),
      () => null,
    );
  }

  async remove(name: string): Promise<void> {
    const gone = path.join(this.#dir, `${REMOVED}${folderOf(name)}-${Date.now()}`);
    // One rename removes the function; files that remain afterwards belong to no function.
    await rename(this.#folder(name), gone).catch((error: unknown) => {
      throw notStored(error);
    });
    await rm(gone, { recursive: true, force: true }).catch((error: Error) =>
      this.#log.warn(`Could not delete ${gone}: ${error.message}`),
    );
  }

  /** null: its first deployment never finished, so nobody knows of it. */
  async #readOne(name: string): Promise<FunctionRecord | null> {
    const file = path.join(this.#folder(name), RECORD);
    let text: string;
    let record: FunctionRecord;
    try {
      text = (await readRegularFile(file, MOST_RECORD_BYTES)).toString('utf8');
    } catch (error) {
      if (isRefusal(error, 'file-too-large')) return this.#setAside(name, file, error);
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return this.#damaged(name, error, file);
      const aside = (await readdir(this.#folder(name))).find((entry) => entry.startsWith(`${RECORD}${DAMAGED}`));
      return aside === undefined ? null : this.#damaged(name, error, path.join(this.#folder(name), aside));
    }
    try {
      record = parseRecord(text, name);
    } catch (error) {
      return this.#setAside(name, file, error);
    }
    return record.endpoint.type === 'alias' ? record : this.#checked(record);
  }

  /** A record with its files checked; where they are damaged, the function does not load. */
  async #checked(record: FunctionRecord): Promise<FunctionRecord> {
    const { endpoint, versions } = record;
    const { name, version } = endpoint;
    const current = versions.find((one) => one.version === version);
    if (await this.#isWhole(name, version, current?.pickleSha256)) {
      await this.#forgetUnfinished(name);
      return record;
    }
    const why = `Version ${version} of this function is damaged on disk. Deploy the function again, or roll back to an older version.`;
    this.#log.warn(`Function '${name}': ${why}`);
    return { ...record, endpoint: { ...endpoint, status: 'LoadFailed', lastError: why } };
  }

  /** Whether the files of a version match its record; restores them when a crash interrupted their replacement. */
  async #isWhole(name: string, version: number, sha: string | undefined): Promise<boolean> {
    const [target, replaced] = [this.#version(name, version), this.#replaced(name, version)];
    if (await hasPickle(target, sha)) return true;
    if (!(await hasPickle(replaced, sha))) return false;
    await rm(target, { recursive: true, force: true });
    await rename(replaced, target);
    return true;
  }

  async #forgetUnfinished(name: string): Promise<void> {
    const names = await readdir(this.#versions(name)).catch(() => []);
    for (const one of names.filter((entry) => entry.startsWith(PARTIAL) || entry.startsWith(REPLACED)))
      await rm(path.join(this.#versions(name), one), { recursive: true, force: true }).catch(() => undefined);
  }

  async #setAside(name: string, file: string, error: unknown): Promise<FunctionRecord> {
    const aside = `${file}${DAMAGED}${Date.now()}`;
    await rename(file, aside).catch(() => undefined);
    return this.#damaged(name, error, aside);
  }

  async #damaged(name: string, error: unknown, kept: string): Promise<FunctionRecord> {
    this.#log.warn(`Function '${name}' is damaged (${(error as Error).message}); its file was renamed to ${kept}`);
    return damagedRecord(name, await newestVersion(this.#versions(name)));
  }

  #folder(name: string): string {
    return path.join(this.#dir, folderOf(name));
  }

  #versions(name: string): string {
    return path.join(this.#folder(name), 'versions');
  }

  #version(name: string, version: number): string {
    return path.join(this.#versions(name), String(version));
  }

  #replaced(name: string, version: number): string {
    return path.join(this.#versions(name), `${REPLACED}${version}`);
  }
}

async function hasPickle(where: string, sha: string | undefined): Promise<boolean> {
  const pickle = await readRegularFile(path.join(where, PICKLE), MOST_FILE_BYTES).catch(() => null);
  return pickle !== null && sha256(pickle) === sha;
}

/** The system's error as a refusal: the author should know of a full or read-only disk. */
function notStored(error: unknown): Refusal {
  const why = (error as Error).message;
  return new Refusal(
    'not-stored',
    `${why}. Free some disk space or allow writing to the data folder, then try again.`,
    {
      cause: error,
    },
  );
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

function parseRecord(text: string, name: string): FunctionRecord {
  const value = JSON.parse(text) as Partial<FunctionRecord> | null;
  if (value?.format !== 1 || !value.endpoint || !Array.isArray(value.versions))
    throw new Error('not a function record of format 1');
  const { endpoint } = value;
  if (endpoint.name !== name || !Number.isInteger(endpoint.version))
    throw new Error('the record is of another function');
  if (endpoint.type !== 'model' && endpoint.type !== 'alias') throw new Error(`unknown type ${String(endpoint.type)}`);
  return { format: 1, endpoint, versions: value.versions.map(boundedVersion) };
}

function damagedRecord(name: string, version: number): FunctionRecord {
  const endpoint: DeployedFunction = {
    name,
    type: 'model',
    version,
    description: '',
    docstring: NO_DOCSTRING,
    schema: null,
    isPublic: false,
    creationTime: 0,
    lastModifiedTime: 0,
    dependencies: [],
    methods: [],
    target: null,
    status: 'LoadFailed',
    lastError: 'The record of this function is damaged on disk and was renamed. Deploy the function again.',
  };
  return { format: 1, endpoint, versions: [] };
}

async function newestVersion(dir: string): Promise<number> {
  const names = await readdir(dir).catch(() => []);
  return Math.max(1, ...names.map(Number).filter(Number.isInteger));
}

async function writeThrough(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The identity of a pickle. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
