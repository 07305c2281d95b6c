// Registry of the deployed functions: snapshots to read, changes one after another. Must not know HTTP or interpreters.

import type { DeployedFunction } from '../../src-shared/function.ts';
import { shownError, shownNotes } from '../../src-shared/load-texts.ts';
import type { FunctionRecord, VersionRecord } from './function-record.ts';
import { SerialQueue } from '../../src-shared/serial-queue.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { ChangeHistory } from './change-history.ts';
import type { Deployment } from './deployment.ts';
import type { FunctionFiles, NewVersion } from './store/files.ts';
import { sha256 } from './store/files.ts';
import { checkQuota, versionsToForget } from './quota.ts';

/** The deployed functions at one moment. A snapshot never changes. */
export interface Snapshot {
  readonly revision: number;
  readonly endpoints: ReadonlyMap<string, DeployedFunction>;
}

/** The fields that can be changed without a deployment. */
export type FunctionChange = Partial<
  Pick<DeployedFunction, 'description' | 'docstring' | 'schema' | 'isPublic' | 'target'>
>;

export interface Registry {
  snapshot(): Snapshot;
  /** Adds a function or a version. `mayExist: false` rejects an existing name with Refusal `name-taken`. */
  deploy(deployment: Deployment, mayExist: boolean): Promise<DeployedFunction>;
  addAlias(name: string, target: string, description: string): Promise<DeployedFunction>;
  update(name: string, change: FunctionChange): Promise<DeployedFunction>;
  /** Notes the result of loading a function in Python. */
  noteLoad(name: string, version: number, status: DeployedFunction['status'], lastError: string | null): void;
  /** Rejects with Refusal `still-used` while an alias stands for it. */
  remove(name: string): Promise<void>;
  /**
   * Deletes an old version; the current version cannot be deleted. @throws Refusal `no-such-version`, or Refusal
   * `no-such-function`
   */
  removeVersion(name: string, version: number): Promise<void>;
  /** The versions, oldest first; an empty list where the function does not exist. */
  versions(name: string): readonly VersionRecord[];
  readPickle(name: string, version: number): Promise<Buffer | null>;
  readSource(name: string, version: number): Promise<string | null>;
  /** Whether this is the current pickle, or the pickle from which it was made. */
  isCurrent(name: string, pickle: Buffer): boolean;
  /** The functions that were changed or removed after a revision; -1 returns all functions. */
  changesSince(revision: number): ChangesSince;
  /** Resolves when all changes requested until now are done, or failed. */
  settled(): Promise<void>;
}

export interface ChangesSince {
  readonly put: readonly DeployedFunction[];
  readonly remove: readonly string[];
  /** `put` is complete: any other function of a copy is removed. */
  readonly isWhole: boolean;
}

export interface RegistryDeps {
  readonly files: FunctionFiles;
  /** Seconds since 1970-01-01 UTC. */
  readonly now?: () => number;
  /** The version of Python that runs here; null while it is not known. */
  readonly python?: () => string | null;
  /** Called after each change. */
  readonly onChange?: () => void;
}

/** Reads the functions from disk. */
export async function openRegistry(deps: RegistryDeps): Promise<Registry> {
  return new StoredRegistry(deps, await deps.files.readAll());
}

class StoredRegistry implements Registry {
  readonly #files: FunctionFiles;
  readonly #now: () => number;
  readonly #python: () => string | null;
  readonly #onChange: () => void;
  readonly #records: Map<string, FunctionRecord>;
  readonly #history: ChangeHistory;
  /** Changes are made one after another, in the order in which they were requested. */
  readonly #changes = new SerialQueue();
  #current: Snapshot;

  constructor(deps: RegistryDeps, records: ReadonlyMap<string, FunctionRecord>) {
    this.#files = deps.files;
    this.#now = deps.now ?? (() => Math.floor(Date.now() / 1000));
    this.#python = deps.python ?? (() => null);
    this.#onChange = deps.onChange ?? (() => undefined);
    this.#records = new Map(records);
    this.#history = new ChangeHistory(records.keys());
    this.#current = { revision: 0, endpoints: endpointsOf(this.#records) };
  }

  snapshot(): Snapshot {
    return this.#current;
  }

  deploy(deployment: Deployment, mayExist: boolean): Promise<DeployedFunction> {
    return this.#changes.run(async () => {
      const { name, pickle, source } = deployment;
      const before = this.#records.get(name);
      if (before && !mayExist) throw new Refusal('name-taken', `endpoint ${name} already exists.`);
      const time = this.#now();
      const endpoint = deployedAs(deployment, before, time);
      const bytes = pickle.length + Buffer.byteLength(source ?? '');
      checkQuota(this.#records, name, endpoint, bytes, deployment);
      const record = versionRecordOf(deployment, endpoint.version, time, this.#python());
      const written = await this.#files.writeVersion(name, { record, pickle, source });
      const kept = before?.versions.filter((one) => one.version !== endpoint.version) ?? [];
      const stored = { format: 1, endpoint, versions: [...kept, written] } as const;
      try {
        await this.#files.writeRecord(stored);
      } catch (error) {
        // The old version goes on running, so its files must stay too. The caller gets the first error.
        await this.#files.withdrawVersion(name, endpoint.version).catch(() => undefined);
        throw error;
      }
      this.#publish(name, stored);
      await this.#forgetOldVersions();
      return endpoint;
    });
  }

  addAlias(name: string, target: string, description: string): Promise<DeployedFunction> {
    return this.#changes.run(async () => {
      if (this.#records.has(name)) throw new Refusal('name-taken', `endpoint ${name} already exists.`);
      const endpoint = aliasOf(this.#recordOf(target).endpoint, name, description, this.#now());
      checkQuota(this.#records, name, endpoint, null);
      const record = { format: 1, endpoint, versions: [] } as const;
      await this.#files.writeRecord(record);
      this.#publish(name, record);
      return endpoint;
    });
  }

  update(name: string, change: FunctionChange): Promise<DeployedFunction> {
    return this.#changes.run(async () => {
      const before = this.#recordOf(name);
      const dependencies = change.target ? [change.target] : before.endpoint.dependencies;
      const endpoint = { ...before.endpoint, ...change, dependencies, lastModifiedTime: this.#now() };
      const record = { ...before, endpoint };
      checkQuota(this.#records, name, endpoint, null);
      await this.#files.writeRecord(record);
      this.#publish(name, record);
      return endpoint;
    });
  }

  noteLoad(name: string, version: number, status: DeployedFunction['status'], lastError: string | null): void {
    const record = this.#records.get(name);
    if (!record || record.endpoint.version !== version) return;
    const shown = lastError === null ? null : shownError(lastError);
    if (record.endpoint.status === status && record.endpoint.lastError === shown) return;
    this.#publish(name, { ...record, endpoint: { ...record.endpoint, status, lastError: shown } });
    void this.#changes.run(async () => {
      const latest = this.#records.get(name);
      // A record that cannot be written now keeps its old content; the next start finds out again.
      if (latest?.endpoint.version === version) await this.#files.writeRecord(latest).catch(() => undefined);
    });
  }

  remove(name: string): Promise<void> {
    return this.#changes.run(async () => {
      this.#recordOf(name);
      const users = [...this.#current.endpoints.values()].filter(
        (one) => one.name !== name && (one.target === name || one.dependencies.includes(name)),
      );
      if (users.length > 0)
        throw new Refusal(
          'still-used',
          `Cannot remove endpoint ${name}, it is currently used by [${users.map((one) => `'${one.name}'`).join(', ')}] endpoints.`,
        );
      await this.#files.remove(name);
      this.#publish(name, null);
    });
  }

  removeVersion(name: string, version: number): Promise<void> {
    return this.#changes.run(async () => {
      const record = this.#recordOf(name);
      if (version === record.endpoint.version)
        throw new Refusal(
          'no-such-version',
          `Version ${version} of '${name}' is the current version. Remove the function, or deploy another version first.`,
        );
      const shorter = without(record, version);
      if (shorter.versions.length === record.versions.length)
        throw new Refusal('no-such-version', `There is no version ${version} of '${name}'.`);
      await this.#files.writeRecord(shorter);
      this.#records.set(name, shorter);
      await this.#files.removeVersion(name, version);
    });
  }

  versions(name: string): readonly VersionRecord[] {
    return this.#records.get(name)?.versions ?? [];
  }

  readSource(name: string, version: number): Promise<string | null> {
    return this.#files.readSource(name, version);
  }

  readPickle(name: string, version: number): Promise<Buffer | null> {
    return this.#files.readPickle(name, version);
  }

  isCurrent(name: string, pickle: Buffer): boolean {
    const record = this.#records.get(name);
    const current = record?.versions.find(({ version }) => version === record.endpoint.version);
    return current !== undefined && [current.pickleSha256, current.uploadedSha256].includes(sha256(pickle));
  }

  settled(): Promise<void> {
    return this.#changes.settled();
  }

  changesSince(revision: number): ChangesSince {
    const { endpoints } = this.#current;
    const changed = this.#history.since(revision);
    if (changed === null) return { put: [...endpoints.values()], remove: [], isWhole: revision >= 0 };
    const put = changed.put.map((name) => endpoints.get(name));
    return { put: put.filter((one) => one !== undefined), remove: changed.removed, isWhole: false };
  }

  #recordOf(name: string): FunctionRecord {
    const record = this.#records.get(name);
    if (!record) throw new Refusal('no-such-function', `endpoint ${name} does not exist.`);
    return record;
  }

  #publish(name: string, record: FunctionRecord | null): void {
    if (record) this.#records.set(name, record);
    else this.#records.delete(name);
    const revision = this.#current.revision + 1;
    this.#history.note(name, revision, record !== null);
    this.#current = { revision, endpoints: endpointsOf(this.#records) };
    this.#onChange();
  }

  async #forgetOldVersions(): Promise<void> {
    for (const { name, version } of versionsToForget(this.#records.values())) {
      const shorter = without(this.#recordOf(name), version);
      // A version that cannot be deleted now is tried again at the next deployment.
      await this.#files.writeRecord(shorter).then(
        () => this.#records.set(name, shorter),
        () => undefined,
      );
      if (this.#records.get(name) === shorter) await this.#files.removeVersion(name, version);
    }
  }
}

/** The function that a deployment makes. Times in seconds since 1970-01-01 UTC. */
function deployedAs(deployment: Deployment, before: FunctionRecord | undefined, time: number): DeployedFunction {
  const { name, docstring, schema, isPublic, methods, history, isNewVersion } = deployment;
  return {
    name,
    type: 'model',
    version: before ? before.endpoint.version + (isNewVersion ? 1 : 0) : (history?.version ?? 1),
    // TabPy keeps the old description when the new one is empty (state.py, update_endpoint).
    description: deployment.description || (before?.endpoint.description ?? ''),
    docstring,
    schema,
    isPublic,
    methods,
    creationTime: (before?.endpoint ?? history)?.creationTime || time,
    lastModifiedTime: (before ? 0 : history?.lastModifiedTime) || time,
    dependencies: [],
    target: null,
    status: 'LoadSuccessful',
    lastError: null,
  };
}

function versionRecordOf(
  { libraries, deployedBy, functionName, notes = [], uploaded }: Deployment,
  version: number,
  deployedAt: number,
  python: string | null,
): NewVersion['record'] {
  return {
    version,
    deployedAt,
    libraries,
    deployedBy,
    ...(python === null ? {} : { python }),
    ...(functionName === null ? {} : { functionName }),
    ...(notes.length > 0 ? { notes: shownNotes(notes) } : {}),
    ...(uploaded ? { uploadedSha256: sha256(uploaded) } : {}),
  };
}

function aliasOf(target: DeployedFunction, name: string, description: string, time: number): DeployedFunction {
  return {
    ...target,
    name,
    type: 'alias',
    version: 1,
    description,
    schema: null,
    isPublic: false,
    creationTime: time,
    lastModifiedTime: time,
    dependencies: [target.name],
    target: target.name,
    status: 'LoadSuccessful',
    lastError: null,
  };
}

function without(record: FunctionRecord, version: number): FunctionRecord {
  return { ...record, versions: record.versions.filter((one) => one.version !== version) };
}

function endpointsOf(records: ReadonlyMap<string, FunctionRecord>): ReadonlyMap<string, DeployedFunction> {
  return new Map([...records].map(([name, record]) => [name, record.endpoint]));
}
