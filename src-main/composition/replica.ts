// Copies the registry into interpreters, and what scripts deployed back into the registry. Must not know processes or
// HTTP.

import type { DeployedFunction } from '../../src-shared/function.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { RefusalCode } from '../../src-shared/refusal.ts';
import type { Change, FunctionPut, RequestMeta } from '../runtime/messages.ts';
import type { Functions, Replicated, Runtime } from '../runtime/runtime.ts';
import type { ScriptFiles } from '../script-files/script-files.ts';
import { deploymentOf } from '../functions/deployment.ts';
import { wrongWith } from '../../src-shared/function-name.ts';
import type { Registry } from '../functions/registry.ts';

/** The addresses under which callers reach the server; the revision grows with each change. */
export interface OwnAddress {
  readonly revision: number;
  /** Names and addresses beside localhost. */
  readonly hosts: readonly string[];
  /** null: the server does not listen. */
  readonly port: number | null;
}

/**
 * The registry as the runtime's source of copies, together with this server's addresses for TabPy's client in scripts.
 */
export function functionsOf(registry: Registry, ownAddress: () => OwnAddress): Functions {
  return {
    revision: () => registry.snapshot().revision + ownAddress().revision,
    async *changesSince(revision, own: ReadonlyMap<string, string> = new Map()) {
      const { revision: addressRevision, ...address } = ownAddress();
      // What was sent with an older address is sent once more, and changes nothing.
      const { meta, body } = await syncFrom(registry, Math.max(-1, revision - addressRevision), own);
      yield { meta: { ...meta, own: address }, body };
    },
    async apply(changes, caller) {
      for (const { change, pickle } of changes) {
        try {
          await applyOne(registry, change, pickle, caller.name);
        } catch (error) {
          throw forScript(error, change.name);
        }
      }
    },
  };
}

const MOST_READINGS = 10;

/**
 * The requests that update a copy. A function that is removed while its pickle is read was removed; it is not damaged.
 */
async function syncFrom(
  registry: Registry,
  revision: number,
  own: ReadonlyMap<string, string>,
): Promise<{ meta: RequestMeta; body: Buffer }> {
  for (let reading = 1; ; reading += 1) {
    const now = registry.snapshot().revision;
    const { put, remove, isWhole } = registry.changesSince(revision);
    const pickles: Buffer[] = [];
    const puts: FunctionPut[] = [];
    let isLacking = false;
    for (const endpoint of put) {
      if (isOwn(registry, endpoint, own)) {
        puts.push({ ...endpoint, pickleBytes: 0, isOwn: true });
        continue;
      }
      const pickle = endpoint.type === 'model' ? await registry.readPickle(endpoint.name, endpoint.version) : null;
      isLacking ||= endpoint.type === 'model' && pickle === null;
      if (pickle) pickles.push(pickle);
      puts.push({ ...endpoint, pickleBytes: pickle?.length ?? 0 });
    }
    if (isLacking && reading < MOST_READINGS) {
      // A removal deletes the files before it applies.
      await registry.settled();
      // When nothing changed, a second reading reports what is missing on disk.
      if (reading === 1 || registry.snapshot().revision !== now) continue;
    }
    const meta = { op: 'sync', revision: now, put: puts, remove, ...(isWhole ? { isWhole } : {}) } as const;
    return { meta, body: Buffer.concat(pickles) };
  }
}

/** Whether what is served is the very pickle that the copy made: one version number can stand for two of them. */
function isOwn(registry: Registry, served: DeployedFunction, own: ReadonlyMap<string, string>): boolean {
  const sha256 = own.get(served.name);
  if (sha256 === undefined) return false;
  return registry.versions(served.name).find((one) => one.version === served.version)?.pickleSha256 === sha256;
}

/** The files for scripts as the runtime's source of copies. */
export function filesOf(files: ScriptFiles): Replicated {
  return {
    revision: () => files.revision(),
    async *changesSince(revision) {
      for await (const change of files.changesSince(revision)) {
        if (change.kind === 'clear') {
          yield { meta: { op: 'files', put: [], remove: [], isWhole: true }, body: Buffer.alloc(0) };
        } else if (change.kind === 'remove') {
          yield { meta: { op: 'files', put: [], remove: [change.name] }, body: Buffer.alloc(0) };
        } else {
          const { content, ...piece } = change.piece;
          yield { meta: { op: 'files', put: [piece], remove: [] }, body: content };
        }
      }
    },
  };
}

/**
 * Refusals as a script gets them, as Python's errors; in the words of TabPy's client where it has some (client.py,
 * deploy).
 */
const IN_SCRIPTS: Partial<Record<RefusalCode, (message: string, name: string) => string>> = {
  'over-quota': (message) => `RuntimeError : ${message}`,
  'not-stored': (message) => `OSError : ${message}`,
  'name-taken': (_, name) =>
    `RuntimeError : An endpoint with that name (${name}) already exists. Use "override = True" to force update an existing endpoint.`,
};

function forScript(error: unknown, name: string): unknown {
  const words = error instanceof Refusal ? IN_SCRIPTS[error.code]?.(error.message, name) : undefined;
  return words === undefined ? error : new Error(words, { cause: error });
}

async function applyOne(registry: Registry, change: Change, pickle: Buffer, deployedBy: string): Promise<void> {
  // Python has checked all this already; but an interpreter's output may be a script's.
  const wrong = wrongWith(change.name);
  if (wrong !== null) throw new Error(wrong);
  switch (change.kind) {
    case 'deploy': {
      const { functionName, override } = change;
      const found = { ...change, pickle, isRebuilt: false };
      const deployment = deploymentOf(change, found, pickle, { functionName, deployedBy });
      await registry.deploy(deployment, override);
      return;
    }
    case 'update':
      await registry.update(change.name, {
        description: change.description,
        schema: change.schema,
        isPublic: change.isPublic,
      });
      return;
    case 'remove':
      await registry.remove(change.name);
  }
}

/** Functions that did not load may load with other packages. */
export async function loadAgain(registry: Registry, runtime: Pick<Runtime, 'load'>): Promise<void> {
  const failed = [...registry.snapshot().endpoints.values()].filter((one) => one.status === 'LoadFailed');
  if (failed.length === 0) return;
  const loaded = await runtime.load(failed.map((one) => one.name));
  for (const { name, version } of failed) {
    const found = loaded[name];
    if (found) registry.noteLoad(name, version, found.status, found.lastError);
  }
}
