// The registry as authors see it: turns refusals into words for them. Must not know Python.

import type { DeployedFunction } from '../../src-shared/function.ts';
import { exportFile, readExportFile } from '../functions/export-file.ts';
import type { ExportedFunction } from '../functions/export-file.ts';
import type { VersionRecord } from '../functions/function-record.ts';
import { deploymentOf } from '../functions/deployment.ts';
import type { Registry } from '../functions/registry.ts';
import type { ExampleFiles } from '../functions/store/example-files.ts';
import type { FunctionVersion } from '../../src-shared/function-detail.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { DeployedFunctions } from '../authoring/deployed-functions.ts';

/** @param program this program's version, for files of functions */
export function deployedFunctionsOf(registry: Registry, examples: ExampleFiles, program: string): DeployedFunctions {
  const endpoint = (name: string): DeployedFunction | null => registry.snapshot().endpoints.get(name) ?? null;
  return {
    endpoint,
    names: () => [...registry.snapshot().endpoints.keys()],
    versions: (name) => registry.versions(name).map(shown).toReversed(),
    source: (name, version) => registry.readSource(name, version),
    pickle: (name, version) => registry.readPickle(name, version),
    deployPickle: (pickled) =>
      registry.deploy(deploymentOf(pickled, { ...pickled, isRebuilt: false }, pickled.pickle, pickled), true),
    removeVersion: (name, version) => registry.removeVersion(name, version),
    setSchema: async (name, schema) => void (await registry.update(name, { schema })),
    async putAlias(name, target, description) {
      const before = endpoint(name);
      if (before?.type === 'model')
        throw new Refusal('refused', `'${name}' is a function on this server, not an alias.`);
      await (before ? registry.update(name, { target, description }) : registry.addAlias(name, target, description));
    },
    tests: (name) => examples.read(name),
    changeTests: (name, next) => examples.change(name, next),
    async exported(names) {
      const known = names.map(endpoint).filter((one) => one !== null);
      return exportFile(await Promise.all(known.map((one) => exportedOf(registry, examples, one))), program);
    },
    lookInto: (archive) => readExportFile(archive),
  };
}

async function exportedOf(
  registry: Registry,
  examples: ExampleFiles,
  one: DeployedFunction,
): Promise<ExportedFunction> {
  const { name, version, description, docstring, schema, isPublic, methods, target } = one;
  const record = registry.versions(name).find((other) => other.version === version);
  const isAlias = one.type === 'alias';
  return {
    name,
    version,
    description,
    docstring,
    schema,
    isPublic,
    methods,
    target,
    functionName: record?.functionName ?? null,
    python: record?.python ?? null,
    libraries: record?.libraries ?? {},
    source: isAlias ? null : await registry.readSource(name, version),
    pickle: isAlias ? null : await registry.readPickle(name, version),
    examples: (await examples.read(name)).examples,
  };
}

function shown(one: VersionRecord): FunctionVersion {
  const { version, deployedAt, deployedBy = null, python = null, functionName = null, notes = [] } = one;
  const { libraries, hasSource, pickleBytes } = one;
  return { version, deployedAt, deployedBy, python, functionName, libraries, hasSource, pickleBytes, notes };
}
