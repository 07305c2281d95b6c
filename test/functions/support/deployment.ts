// Something to deploy, and a folder of deployed functions. Must not know what the tests look at.

import type { FunctionFiles } from '../../../src-main/functions/store/files.ts';
import { openFunctionFiles } from '../../../src-main/functions/store/files.ts';
import { openRegistry } from '../../../src-main/functions/registry.ts';
import type { Deployment } from '../../../src-main/functions/deployment.ts';
import type { Registry } from '../../../src-main/functions/registry.ts';

export const NOW = 1_700_000_000;

/** A deployment of `name` whose pickle is some text. */
export function deployment(name: string, more: Partial<Deployment> = {}): Deployment {
  return {
    name,
    description: `what ${name} does`,
    docstring: 'doc',
    schema: null,
    isPublic: false,
    methods: [],
    pickle: Buffer.from(`pickle of ${name}`),
    source: `def ${name}(): pass`,
    functionName: name,
    deployedBy: 'test',
    libraries: { numpy: '2.4.3' },
    isNewVersion: true,
    ...more,
  };
}

export interface OpenedFolder {
  readonly files: FunctionFiles;
  readonly registry: Registry;
  /** What the log was told. */
  readonly warnings: readonly string[];
}

/** Opens a folder as a start of the server does. `change` puts something in place of the real files. */
export async function openFolder(
  dir: string,
  change: (files: FunctionFiles) => FunctionFiles = (files) => files,
): Promise<OpenedFolder> {
  const warnings: string[] = [];
  const files = change(await openFunctionFiles({ dir, log: { warn: (text) => warnings.push(text) } }));
  let time = NOW;
  const registry = await openRegistry({ files, now: () => time++ });
  return { files, registry, warnings };
}

/** The same files, with some of their calls replaced. */
export function filesWith(files: FunctionFiles, changed: Partial<FunctionFiles>): FunctionFiles {
  return {
    readAll: () => files.readAll(),
    writeVersion: (name, version) => files.writeVersion(name, version),
    withdrawVersion: (name, version) => files.withdrawVersion(name, version),
    writeRecord: (record) => files.writeRecord(record),
    removeVersion: (name, version) => files.removeVersion(name, version),
    readPickle: (name, version) => files.readPickle(name, version),
    readSource: (name, version) => files.readSource(name, version),
    remove: (name) => files.remove(name),
    ...changed,
  };
}
