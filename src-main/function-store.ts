// The registry as authors see it: refusals are words for them. Must not know Python.

import { CallError } from '../src-shared/ipc.ts';
import type { VersionRecord } from './endpoints/files.ts';
import { NameTaken, NoSuchFunction, NoSuchVersion } from './endpoints/registry.ts';
import type { Registry } from './endpoints/registry.ts';
import { NoRoom } from './endpoints/room.ts';
import type { FunctionStore, KnownVersion } from './service/authoring.ts';

export function functionStoreOf(registry: Registry): FunctionStore {
  return {
    endpoint: (name) => registry.snapshot().endpoints.get(name) ?? null,
    versions: (name) => registry.versions(name).map(shown).toReversed(),
    source: (name, version) => registry.readSource(name, version),
    pickle: (name, version) => registry.readPickle(name, version),
    deployPickle: (pickled) => asCallError(() => registry.deploy({ ...pickled, isNewVersion: true }, true)),
    removeVersion: (name, version) => asCallError(() => registry.removeVersion(name, version)),
  };
}

function shown(one: VersionRecord): KnownVersion {
  const { version, deployedAt, deployedBy = null, python = null, functionName = null } = one;
  const { libraries, hasSource, pickleBytes } = one;
  return { version, deployedAt, deployedBy, python, functionName, libraries, hasSource, pickleBytes };
}

async function asCallError<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isRefusal = [NameTaken, NoSuchFunction, NoSuchVersion, NoRoom].some((kind) => error instanceof kind);
    if (isRefusal) throw new CallError('refused', message);
    if (code === undefined) throw error;
    throw new CallError('refused', `${message}. Free space or rights on the data folder, then try again.`);
  }
}
