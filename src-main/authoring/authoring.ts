// What an author does with functions: view, write, try, deploy, roll back, export. Must not know how a call travels.

import type { DeployedFunction } from '../../src-shared/function.ts';
import type { FunctionVersion } from '../../src-shared/function-detail.ts';
import { withExample } from '../../src-shared/function-examples.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Caller } from '../runtime/caller.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { DeployedFunctions } from './deployed-functions.ts';
import { createExchange } from './exchange.ts';
import { bodyOf } from './python-answer.ts';
import type { SourceTools } from './source-tools.ts';
import { createTrials } from './trials.ts';

export type AuthoringCalls = Pick<
  Calls,
  | 'functionDetail'
  | 'versionSource'
  | 'rollBack'
  | 'removeVersion'
  | 'checkSource'
  | 'checkScript'
  | 'completeSource'
  | 'formatSource'
  | 'formatScript'
  | 'tryFunction'
  | 'tryDeployed'
  | 'stopTrial'
  | 'saveExample'
  | 'removeExample'
  | 'keepTried'
  | 'deployFunction'
  | 'promoteScript'
  | 'exportFunctions'
  | 'lookIntoExport'
  | 'importFunctions'
>;

export interface AuthoringDeps {
  readonly runtime: Pick<Runtime, 'author' | 'trial' | 'inspect'>;
  readonly functions: DeployedFunctions;
  readonly sourceTools: SourceTools;
  /** The author, in words that each version keeps, such as `window`. */
  readonly by: string;
  /** Such as `3.14.2`; null until Python was ready for the first time. */
  readonly python: () => string | null;
  /** Whether Python runs or is starting; otherwise questions would wait for ever. */
  readonly isPythonComing: () => boolean;
}

export function createAuthoring(deps: AuthoringDeps): AuthoringCalls {
  const { runtime, functions, by } = deps;
  // An interpreter of its own, in which no script of Tableau's ever ran; shared by window and command line, to save
  // memory.
  const caller: Caller = { key: 'author', party: 'author', name: by, left: null };
  const needPython = (): void => {
    if (!deps.isPythonComing()) throw new Refusal('refused', 'Python does not run. Start the server first.');
  };
  const trials = createTrials({ runtime, caller });
  const checkSource: Calls['checkSource'] = (source) => deps.sourceTools.checkSource(source);
  const exchange = createExchange({ runtime, functions, checkSource, caller, python: deps.python });
  const known = (name: string): DeployedFunction => {
    const endpoint = functions.endpoint(name);
    if (endpoint) return endpoint;
    throw new Refusal('refused', `There is no function '${name}'. Somebody may have removed it just now.`);
  };
  const kept = (name: string, version: number): FunctionVersion => {
    known(name);
    const found = functions.versions(name).find((one) => one.version === version);
    if (found) return found;
    throw new Refusal('refused', `Version ${version} of '${name}' is no longer stored.`);
  };

  return {
    async functionDetail(name) {
      const endpoint = functions.endpoint(name);
      if (!endpoint) return null;
      const source = await functions.source(name, endpoint.version);
      const versions = functions.versions(name);
      const functionName = versions.find((one) => one.version === endpoint.version)?.functionName ?? name;
      const isKnown = source !== null && deps.isPythonComing();
      const defined = isKnown ? ((await deps.sourceTools.functionsIn(source)) ?? []) : [];
      const found = defined.length === 1 ? defined[0] : defined.find((one) => one.name === functionName);
      const tests = await functions.tests(name);
      return { endpoint, source, parameters: found?.parameters ?? null, versions, tests };
    },
    async versionSource(name, version) {
      kept(name, version);
      return functions.source(name, version);
    },
    async rollBack(name, version) {
      needPython();
      const { functionName } = kept(name, version);
      const { schema, isPublic } = known(name);
      const pickle = await functions.pickle(name, version);
      if (!pickle) throw new Refusal('refused', `The file of version ${version} of '${name}' cannot be read.`);
      const found = await runtime.inspect(pickle, caller, null);
      if ('error' in found)
        throw new Refusal('refused', `Version ${version} of '${name}' does not load here: ${found.error}`);
      const { docstring, methods, libraries, notes } = found;
      const source = await functions.source(name, version);
      return functions.deployPickle({
        name,
        // An empty value keeps the old one.
        description: '',
        docstring,
        schema,
        isPublic,
        methods,
        pickle,
        source,
        functionName,
        libraries,
        notes,
        deployedBy: `${by} (as version ${version})`,
      });
    },
    async removeVersion(name, version) {
      await functions.removeVersion(name, version);
      return null;
    },
    async deployFunction({ source, ...about }) {
      needPython();
      bodyOf(await runtime.author({ op: 'deploy', ...about }, Buffer.from(source), caller));
      return known(about.name);
    },
    async tryFunction(...values) {
      needPython();
      return trials.tryFunction(...values);
    },
    async tryDeployed(...values) {
      needPython();
      return trials.tryDeployed(...values);
    },
    stopTrial: trials.stopTrial,
    ...exampleCalls(functions, known),
    checkSource,
    completeSource: (...values) => deps.sourceTools.completeSource(...values),
    formatSource: (...values) => deps.sourceTools.formatSource(...values),
    checkScript: (...values) => deps.sourceTools.checkScript(...values),
    formatScript: (...values) => deps.sourceTools.formatScript(...values),
    promoteScript: (...values) => deps.sourceTools.promoteScript(...values),
    exportFunctions: exchange.exportFunctions,
    lookIntoExport: exchange.lookIntoExport,
    async importFunctions(archive, names) {
      needPython();
      return exchange.importFunctions(archive, names);
    },
  };
}

/** @param known throws a Refusal when there is no such function */
function exampleCalls(
  functions: DeployedFunctions,
  known: (name: string) => DeployedFunction,
): Pick<Calls, 'saveExample' | 'removeExample' | 'keepTried'> {
  return {
    async saveExample(name, example) {
      known(name);
      await functions.changeTests(name, (before) => ({ ...before, examples: withExample(before.examples, example) }));
      return null;
    },
    async removeExample(name, example) {
      known(name);
      await functions.changeTests(name, (before) => ({
        ...before,
        examples: before.examples.filter((one) => one.name !== example),
      }));
      return null;
    },
    async keepTried(name, data) {
      known(name);
      await functions.changeTests(name, (before) => ({ ...before, tried: data }));
      return null;
    },
  };
}
