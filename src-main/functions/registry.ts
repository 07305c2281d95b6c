// The deployed functions of this server: snapshots to read, changes one after another. Must not know HTTP or interpreters.

import type { DeployedFunction, Json } from '../../src-shared/function.ts';
import { shownError, shownNotes } from '../../src-shared/load-texts.ts';
import type { FunctionRecord, VersionRecord } from './function-record.ts';
import type { FunctionFiles } from './store/files.ts';
import { sha256 } from './store/files.ts';
import { checkQuota, versionsToForget } from './quota.ts';

/** What is deployed at one moment. A snapshot never changes. */
export interface Snapshot {
  readonly revision: number;
  readonly endpoints: ReadonlyMap<string, DeployedFunction>;
}

export interface Deployment {
  readonly name: string;
  readonly description: string;
  readonly docstring: string;
  readonly schema: Json;
  readonly isPublic: boolean;
  readonly methods: readonly Json[];
  readonly pickle: Buffer;
  readonly source: string | null;
  /** What the function is called in its source. */
  readonly functionName: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  /** In words: the window, a command, a caller. */
  readonly deployedBy: string;
  readonly notes?: readonly string[];
  /** The pickle as it came, where `pickle` was made of it. */
  readonly uploaded?: Buffer | null;
  /** Where it comes from another server: what a function that is new here goes on with. Times in seconds, 0 if unknown. */
  readonly history?: { readonly version: number; readonly creationTime: number; readonly lastModifiedTime: number };
  /** A new version, or the current one again. */
  readonly isNewVersion: boolean;
}

export interface Registry {
  snapshot(): Snapshot;
  /** Adds a function or a version of one. `mayExist: false` rejects a name that is taken with NameTaken. */
  deploy(deployment: Deployment, mayExist: boolean): Promise<DeployedFunction>;
  addAlias(name: string, target: string, description: string): Promise<DeployedFunction>;
  update(
    name: string,
    change: Partial<Pick<DeployedFunction, 'description' | 'docstring' | 'schema' | 'isPublic' | 'target'>>,
  ): Promise<DeployedFunction>;
  /** What Python found when it loaded a function. */
  noteLoad(name: string, version: number, status: DeployedFunction['status'], lastError: string | null): void;
  /** Rejects with StillUsed while an alias stands for it. */
  remove(name: string): Promise<void>;
  /** Forgets an old version; what is served is not forgotten. @throws NoSuchVersion, or NoSuchFunction */
  removeVersion(name: string, version: number): Promise<void>;
  /** The oldest first; none where there is no such function. */
  versions(name: string): readonly VersionRecord[];
  readPickle(name: string, version: number): Promise<Buffer | null>;
  readSource(name: string, version: number): Promise<string | null>;
  /** Whether this is the pickle that is served, or the one that it was made of. */
  isCurrent(name: string, pickle: Buffer): boolean;
  /** What changed or went after a revision; -1 means everything that is there. */
  changesSince(revision: number): ChangesSince;
  /** Resolves when the changes that were asked for until now are done, or failed. */
  settled(): Promise<void>;
}

export interface ChangesSince {
  readonly put: readonly DeployedFunction[];
  readonly remove: readonly string[];
  /** `put` is all that there is: what a copy has beside it is gone. */
  readonly isWhole: boolean;
}

export interface RegistryDeps {
  readonly files: FunctionFiles;
  /** Seconds since 1970-01-01 UTC. */
  readonly now?: () => number;
  /** The version of Python that runs here; null while it is not known. */
  readonly python?: () => string | null;
  /** Told after each change. */
  readonly onChange?: () => void;
}

/** A deployment of a name that is taken, without leave to replace it. */
export class NameTaken extends Error {}
/** A removal of a function that others stand for; the message is TabPy's (state.py, delete_endpoint). */
export class StillUsed extends Error {}
/** A change of a function that is not there. */
export class NoSuchFunction extends Error {}
/** A version that is not kept, or that is served and so cannot go. */
export class NoSuchVersion extends Error {}

/** A copy that missed more removals than these is told all that is there. */
const MOST_REMOVED = 1_000;

/** Reads the functions from disk. */
export async function openRegistry({
  files,
  now = () => Math.floor(Date.now() / 1000),
  python = () => null,
  onChange = () => undefined,
}: RegistryDeps): Promise<Registry> {
  const records = new Map(await files.readAll());
  // When each name was last touched, and when the latest of those that are gone went, so that replicas hear of it.
  const touched = new Map<string, number>([...records.keys()].map((name) => [name, 0]));
  const removed = new Map<string, number>();
  let forgotten = -1;
  let current: Snapshot = { revision: 0, endpoints: endpointsOf(records) };
  let last: Promise<unknown> = Promise.resolve();

  /** Changes happen one after another, in the order they were asked for. */
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const result = last.then(change);
    last = result.catch(() => undefined);
    return result;
  };
  const noteRemoved = (name: string, revision: number): void => {
    touched.delete(name);
    removed.set(name, revision);
    const [oldest] = removed;
    if (removed.size <= MOST_REMOVED || oldest === undefined) return;
    removed.delete(oldest[0]);
    forgotten = oldest[1];
  };
  const publish = (name: string, record: FunctionRecord | null): void => {
    if (record) records.set(name, record);
    else records.delete(name);
    const revision = current.revision + 1;
    removed.delete(name);
    if (record) touched.set(name, revision);
    else noteRemoved(name, revision);
    current = { revision, endpoints: endpointsOf(records) };
    onChange();
  };
  const recordOf = (name: string): FunctionRecord => {
    const record = records.get(name);
    if (!record) throw new NoSuchFunction(`endpoint ${name} does not exist.`);
    return record;
  };

  const forgetOldVersions = async (): Promise<void> => {
    for (const { name, version } of versionsToForget(records.values())) {
      const record = recordOf(name);
      const shorter = { ...record, versions: record.versions.filter((one) => one.version !== version) };
      // What cannot be forgotten now is tried again at the next deployment.
      await files.writeRecord(shorter).then(
        () => records.set(name, shorter),
        () => undefined,
      );
      if (records.get(name) === shorter) await files.removeVersion(name, version);
    }
  };

  return {
    snapshot: () => current,
    deploy: (deployment, mayExist) =>
      inTurn(async () => {
        const { name, pickle, source, libraries, notes = [], uploaded, history, isNewVersion, ...rest } = deployment;
        const { functionName, deployedBy, ...given } = rest;
        const before = records.get(name);
        if (before && !mayExist) throw new NameTaken(`endpoint ${name} already exists.`);
        // TabPy keeps the old description when the new one is empty (state.py, update_endpoint).
        const shown = { ...given, description: given.description || (before?.endpoint.description ?? '') };
        checkQuota(records, name, shown, pickle.length + Buffer.byteLength(source ?? ''), {
          functionName,
          libraries,
          deployedBy,
        });
        const time = now();
        const version = before ? before.endpoint.version + (isNewVersion ? 1 : 0) : (history?.version ?? 1);
        const written = await files.writeVersion(name, {
          record: {
            version,
            deployedAt: time,
            libraries,
            deployedBy,
            ...(python() === null ? {} : { python: python()! }),
            ...(functionName === null ? {} : { functionName }),
            ...(notes.length > 0 ? { notes: shownNotes(notes) } : {}),
            ...(uploaded ? { uploadedSha256: sha256(uploaded) } : {}),
          },
          pickle,
          source,
        });
        const endpoint: DeployedFunction = {
          ...shown,
          name,
          type: 'model',
          version,
          creationTime: (before?.endpoint ?? history)?.creationTime || time,
          lastModifiedTime: (before ? 0 : history?.lastModifiedTime) || time,
          dependencies: [],
          target: null,
          status: 'LoadSuccessful',
          lastError: null,
        };
        const kept = before?.versions.filter((one) => one.version !== version) ?? [];
        const record = { format: 1, endpoint, versions: [...kept, written] } as const;
        try {
          await files.writeRecord(record);
        } catch (error) {
          // What runs on is the old one; its files must be too.
          await files.withdrawVersion(name, version);
          throw error;
        }
        publish(name, record);
        await forgetOldVersions();
        return endpoint;
      }),
    addAlias: (name, target, description) =>
      inTurn(async () => {
        if (records.has(name)) throw new NameTaken(`endpoint ${name} already exists.`);
        const { endpoint: aimed } = recordOf(target);
        const time = now();
        const endpoint: DeployedFunction = {
          ...aimed,
          name,
          type: 'alias',
          version: 1,
          description,
          schema: null,
          isPublic: false,
          creationTime: time,
          lastModifiedTime: time,
          dependencies: [target],
          target,
          status: 'LoadSuccessful',
          lastError: null,
        };
        const record = { format: 1, endpoint, versions: [] } as const;
        checkQuota(records, name, endpoint, null);
        await files.writeRecord(record);
        publish(name, record);
        return endpoint;
      }),
    update: (name, change) =>
      inTurn(async () => {
        const before = recordOf(name);
        const dependencies = change.target ? [change.target] : before.endpoint.dependencies;
        const endpoint = { ...before.endpoint, ...change, dependencies, lastModifiedTime: now() };
        const record = { ...before, endpoint };
        checkQuota(records, name, endpoint, null);
        await files.writeRecord(record);
        publish(name, record);
        return endpoint;
      }),
    noteLoad(name, version, status, lastError) {
      const record = records.get(name);
      if (!record || record.endpoint.version !== version) return;
      const shown = lastError === null ? null : shownError(lastError);
      if (record.endpoint.status === status && record.endpoint.lastError === shown) return;
      publish(name, { ...record, endpoint: { ...record.endpoint, status, lastError: shown } });
      void inTurn(async () => {
        const latest = records.get(name);
        // A record that cannot be written now says what it said before; the next start finds out again.
        if (latest?.endpoint.version === version) await files.writeRecord(latest).catch(() => undefined);
      });
    },
    remove: (name) =>
      inTurn(async () => {
        recordOf(name);
        const users = [...current.endpoints.values()].filter(
          (one) => one.name !== name && (one.target === name || one.dependencies.includes(name)),
        );
        if (users.length > 0)
          throw new StillUsed(
            `Cannot remove endpoint ${name}, it is currently used by [${users.map((one) => `'${one.name}'`).join(', ')}] endpoints.`,
          );
        await files.remove(name);
        publish(name, null);
      }),
    removeVersion: (name, version) =>
      inTurn(async () => {
        const record = recordOf(name);
        if (version === record.endpoint.version)
          throw new NoSuchVersion(
            `Version ${version} of '${name}' is served. Remove the function, or deploy another first.`,
          );
        const shorter = { ...record, versions: record.versions.filter((one) => one.version !== version) };
        if (shorter.versions.length === record.versions.length)
          throw new NoSuchVersion(`There is no version ${version} of '${name}'.`);
        await files.writeRecord(shorter);
        records.set(name, shorter);
        await files.removeVersion(name, version);
      }),
    versions: (name) => records.get(name)?.versions ?? [],
    readSource: (name, version) => files.readSource(name, version),
    readPickle: (name, version) => files.readPickle(name, version),
    isCurrent(name, pickle) {
      const record = records.get(name);
      const current = record?.versions.find(({ version }) => version === record.endpoint.version);
      return current !== undefined && [current.pickleSha256, current.uploadedSha256].includes(sha256(pickle));
    },
    settled: () => last.then(() => undefined),
    changesSince(revision) {
      const isNew = revision < 0;
      if (isNew || revision < forgotten) return { put: [...current.endpoints.values()], remove: [], isWhole: !isNew };
      const after = (marks: ReadonlyMap<string, number>): readonly string[] =>
        [...marks].filter(([, at]) => at > revision).map(([name]) => name);
      const put = after(touched).map((name) => current.endpoints.get(name));
      return { put: put.filter((one) => one !== undefined), remove: after(removed), isWhole: false };
    },
  };
}

function endpointsOf(records: ReadonlyMap<string, FunctionRecord>): ReadonlyMap<string, DeployedFunction> {
  return new Map([...records].map(([name, record]) => [name, record.endpoint]));
}
