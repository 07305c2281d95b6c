// Deployed functions on disk: one folder a function, one folder a version, written so that a crash loses nothing.
// Must not know Python, HTTP or what a function does.

import { createHash } from 'node:crypto';
import { access, constants, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import { NO_DOCSTRING } from '../../../src-shared/function.ts';
import { readRegularFile, UnfitFile } from '../../disk/regular-file.ts';
import { folderOf, nameOf } from '../function-name.ts';
import type { FunctionRecord, VersionRecord } from '../function-record.ts';
import { boundedVersion } from '../version-texts.ts';

export interface NewVersion {
  readonly record: Omit<VersionRecord, 'pickleBytes' | 'pickleSha256' | 'hasSource' | 'sourceBytes'>;
  readonly pickle: Buffer;
  readonly source: string | null;
}

export interface FunctionFiles {
  /** Reads every function. A damaged one comes back as LoadFailed; its file is set aside beside it. */
  readAll(): Promise<ReadonlyMap<string, FunctionRecord>>;
  /** Counts only once `writeRecord` named it; until then the version that it replaces is kept beside it. */
  writeVersion(name: string, version: NewVersion): Promise<VersionRecord>;
  /** Takes back a version whose record could not be written. */
  withdrawVersion(name: string, version: number): Promise<void>;
  writeRecord(record: FunctionRecord): Promise<void>;
  /** Deletes a version that no record names any more; what cannot be deleted is nobody's. */
  removeVersion(name: string, version: number): Promise<void>;
  readPickle(name: string, version: number): Promise<Buffer | null>;
  readSource(name: string, version: number): Promise<string | null>;
  remove(name: string): Promise<void>;
}

export interface FilesDeps {
  readonly dir: string;
  readonly log: { warn(text: string): void };
}

/** More than all functions together may have; a file that is larger is not ours. */
const MOST_FILE_BYTES = 250_000_000;
/** Fifty versions with all that is kept of each have less than two. */
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
  const folder = (name: string): string => path.join(dir, folderOf(name));
  const versionsFolder = (name: string): string => path.join(folder(name), 'versions');
  const versionFolder = (name: string, version: number): string => path.join(versionsFolder(name), String(version));
  const replacedFolder = (name: string, version: number): string =>
    path.join(versionsFolder(name), `${REPLACED}${version}`);
  const hasPickle = async (where: string, sha: string | undefined): Promise<boolean> => {
    const pickle = await readRegularFile(path.join(where, PICKLE), MOST_FILE_BYTES).catch(() => null);
    return pickle !== null && sha256(pickle) === sha;
  };
  /** Whether the files of a version are those of its record; puts them back when a crash cut their replacement short. */
  const isWhole = async (name: string, version: number, sha: string | undefined): Promise<boolean> => {
    const [target, replaced] = [versionFolder(name, version), replacedFolder(name, version)];
    if (await hasPickle(target, sha)) return true;
    if (!(await hasPickle(replaced, sha))) return false;
    await rm(target, { recursive: true, force: true });
    await rename(replaced, target);
    return true;
  };
  const forgetUnfinished = async (name: string): Promise<void> => {
    const names = await readdir(versionsFolder(name)).catch(() => []);
    for (const one of names.filter((entry) => entry.startsWith(PARTIAL) || entry.startsWith(REPLACED)))
      await rm(path.join(versionsFolder(name), one), { recursive: true, force: true }).catch(() => undefined);
  };

  const damagedOne = async (name: string, error: unknown, kept: string): Promise<FunctionRecord> => {
    log.warn(`Function '${name}' is damaged (${(error as Error).message}); its file is kept as ${kept}`);
    return damaged(name, await newestVersion(versionsFolder(name)));
  };

  const setAside = async (name: string, file: string, error: unknown): Promise<FunctionRecord> => {
    const aside = `${file}${DAMAGED}${Date.now()}`;
    await rename(file, aside).catch(() => undefined);
    return damagedOne(name, error, aside);
  };

  /** null: its first deployment never came to an end, so nobody was told that it exists. */
  const readOne = async (name: string): Promise<FunctionRecord | null> => {
    const file = path.join(folder(name), RECORD);
    let text: string;
    let record: FunctionRecord;
    try {
      text = (await readRegularFile(file, MOST_RECORD_BYTES)).toString('utf8');
    } catch (error) {
      if (error instanceof UnfitFile && error.kind === 'too-large') return setAside(name, file, error);
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return damagedOne(name, error, file);
      const aside = (await readdir(folder(name))).find((entry) => entry.startsWith(`${RECORD}${DAMAGED}`));
      return aside === undefined ? null : damagedOne(name, error, path.join(folder(name), aside));
    }
    try {
      record = parseRecord(text, name);
    } catch (error) {
      return setAside(name, file, error);
    }
    const { endpoint, versions } = record;
    const current = versions.find((one) => one.version === endpoint.version);
    if (endpoint.type === 'alias') return record;
    if (await isWhole(name, endpoint.version, current?.pickleSha256)) {
      await forgetUnfinished(name);
      return record;
    }
    const why = `Version ${endpoint.version} of this function is damaged on disk. Deploy it again, or go back to an older version.`;
    log.warn(`Function '${name}': ${why}`);
    return { ...record, endpoint: { ...endpoint, status: 'LoadFailed', lastError: why } };
  };

  return {
    async readAll() {
      const records = new Map<string, FunctionRecord>();
      for (const entry of await readdir(dir, { withFileTypes: true })) {
        if (entry.name.startsWith(REMOVED)) {
          // A removal that a crash cut short.
          await rm(path.join(dir, entry.name), { recursive: true, force: true }).catch(() => undefined);
          continue;
        }
        const name = entry.isDirectory() ? nameOf(entry.name) : null;
        if (name === null) continue;
        // One function that cannot be read does not keep the others from being served.
        const record = await readOne(name).catch((error: unknown) => damagedOne(name, error, folder(name)));
        if (record) records.set(name, record);
      }
      return records;
    },
    async writeVersion(name, { record, pickle, source }) {
      const [target, replaced] = [versionFolder(name, record.version), replacedFolder(name, record.version)];
      const partial = path.join(path.dirname(target), `${PARTIAL}${record.version}-${process.pid}-${Date.now()}`);
      await mkdir(partial, { recursive: true });
      try {
        await writeThrough(path.join(partial, PICKLE), pickle);
        if (source !== null) await writeThrough(path.join(partial, SOURCE), Buffer.from(source));
        await rm(replaced, { recursive: true, force: true });
        await rename(target, replaced).catch(ifMissing);
        await rename(partial, target);
      } catch (error) {
        // Does nothing, as it should, while the target is still in its place.
        await rename(replaced, target).catch(() => undefined);
        await rm(partial, { recursive: true, force: true }).catch(() => undefined);
        throw error;
      }
      return {
        ...record,
        pickleBytes: pickle.length,
        pickleSha256: sha256(pickle),
        hasSource: source !== null,
        sourceBytes: Buffer.byteLength(source ?? ''),
      };
    },
    async withdrawVersion(name, version) {
      await rm(versionFolder(name, version), { recursive: true, force: true });
      await rename(replacedFolder(name, version), versionFolder(name, version)).catch(ifMissing);
    },
    removeVersion: (name, version) =>
      rm(versionFolder(name, version), { recursive: true, force: true }).catch((error: Error) =>
        log.warn(`Could not delete version ${version} of '${name}': ${error.message}`),
      ),
    async writeRecord(record) {
      const { name } = record.endpoint;
      const file = path.join(folder(name), RECORD);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFileAtomic(file, `${JSON.stringify(record, null, 1)}\n`);
      await forgetUnfinished(name);
    },
    readPickle: (name, version) =>
      readRegularFile(path.join(versionFolder(name, version), PICKLE), MOST_FILE_BYTES).catch(() => null),
    readSource: (name, version) =>
      readRegularFile(path.join(versionFolder(name, version), SOURCE), MOST_FILE_BYTES).then(
        (bytes) => bytes.toString('utf8'),
        () => null,
      ),
    async remove(name) {
      const gone = path.join(dir, `${REMOVED}${folderOf(name)}-${Date.now()}`);
      // One rename takes the function away; what is left to delete afterwards is nobody's function any more.
      await rename(folder(name), gone);
      await rm(gone, { recursive: true, force: true }).catch((error: Error) =>
        log.warn(`Could not delete ${gone}: ${error.message}`),
      );
    },
  };
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

function damaged(name: string, version: number): FunctionRecord {
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
    lastError: 'The record of this function is damaged on disk and was set aside. Deploy the function again.',
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

/** What tells one pickle from another. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
