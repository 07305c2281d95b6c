// Exports functions to a file and imports them from a file. An import is checked before anything is deployed, and
// deploys only the functions that the user named.

import { withExample } from '../../src-shared/function-examples.ts';
import type { FunctionExample } from '../../src-shared/function-examples.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Caller } from '../runtime/caller.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { DeployedFunctions, OfferedFunction } from './deployed-functions.ts';
import { saidIn, sentenceOf } from './python-answer.ts';

export interface ExchangeDeps {
  readonly runtime: Pick<Runtime, 'author' | 'inspect'>;
  readonly functions: DeployedFunctions;
  readonly checkSource: Calls['checkSource'];
  readonly caller: Caller;
  /** Such as `3.14.2`; null until Python was ready for the first time. */
  readonly python: () => string | null;
}

/** How one function will be imported. */
type Plan = () => Promise<void>;

export function createExchange(
  deps: ExchangeDeps,
): Pick<Calls, 'exportFunctions' | 'lookIntoExport' | 'importFunctions'> {
  const { functions } = deps;
  const importer = { ...deps.caller, name: `${deps.caller.name} (imported)` };
  const problemOf = (one: OfferedFunction): string | null => one.problem ?? foreignProblem(one, deps.python());
  return {
    async exportFunctions(names) {
      const missing = names.find((name) => functions.endpoint(name) === null);
      if (missing !== undefined) throw refused(`There is no function '${missing}'.`);
      return (await functions.exported(names.length > 0 ? names : functions.names())).toString('base64');
    },
    async lookIntoExport(archive) {
      const found = await functions.lookInto(Buffer.from(archive, 'base64'));
      return {
        functions: found.map((one) => ({
          name: one.name,
          version: one.version,
          description: one.description,
          isTaken: functions.endpoint(one.name) !== null,
          problem: problemOf(one),
        })),
      };
    },
    async importFunctions(archive, names) {
      const found = await functions.lookInto(Buffer.from(archive, 'base64'));
      const chosen = names.map((name) => {
        const one = found.find((other) => other.name === name);
        if (!one) throw refused(`The file contains no function '${name}'.`);
        const problem = problemOf(one);
        if (problem !== null) throw refused(`'${name}' cannot be imported: ${problem}`);
        return one;
      });
      // Aliases last: their functions may come with them. All are checked before anything is deployed.
      const ordered = chosen.toSorted((a, b) => Number(a.target !== null) - Number(b.target !== null));
      const plans: (readonly [OfferedFunction, Plan])[] = [];
      for (const one of ordered) plans.push([one, await planOf(one, chosen, { ...deps, caller: importer })]);
      const taken: string[] = [];
      for (const [one, take] of plans) {
        try {
          await take();
          await takeExamples(functions, one);
          taken.push(one.name);
        } catch (error) {
          if (!(error instanceof Refusal) || taken.length === 0) throw error;
          throw refused(`${error.message} Already imported: ${taken.join(', ')}.`);
        }
      }
      return null;
    },
  };
}

/** Adds the examples of a file to those of the function, which they replace where they have the same name. */
async function takeExamples(functions: DeployedFunctions, { name, examples }: OfferedFunction): Promise<void> {
  if (examples.length === 0) return;
  await functions.changeTests(name, (before) => ({
    ...before,
    examples: examples.reduce<readonly FunctionExample[]>(withExample, before.examples),
  }));
}

/** @throws Refusal when it cannot be imported */
async function planOf(one: OfferedFunction, others: readonly OfferedFunction[], deps: ExchangeDeps): Promise<Plan> {
  const { functions, runtime, caller } = deps;
  const { name, target, description, docstring, schema, isPublic, pickle } = one;
  if (target !== null) {
    const isThere = functions.endpoint(target) !== null || others.some((other) => other.name === target);
    if (target === name) throw refused(`'${name}' is an alias of itself.`);
    if (!isThere)
      throw refused(`'${name}' is an alias of '${target}', which is not on this server. Import '${target}' too.`);
    return () => functions.putAlias(name, target, description);
  }
  const fromSource = await sourcePlan(one, deps);
  if (fromSource) return fromSource;
  if (!pickle)
    throw refused(`'${name}' cannot be recompiled from its source alone, and the file does not contain its pickle.`);
  const found = await runtime.inspect(pickle, caller, null);
  if ('error' in found) throw refused(`'${name}' does not load here: ${found.error}`);
  const { source, functionName } = one;
  const { methods, libraries, notes } = found;
  const shown = { name, description, docstring, schema, isPublic, methods };
  const code = { pickle, source, functionName, libraries, notes, deployedBy: caller.name };
  return async () => void (await functions.deployPickle({ ...shown, ...code }));
}

/**
 * The source is preferred, because it works with every Python. But it must be complete: a trained model, or a value
 * from outside the function, is only in the pickle, and then the source uses undefined names. Null: the source cannot
 * be used.
 */
async function sourcePlan(one: OfferedFunction, deps: ExchangeDeps): Promise<Plan | null> {
  const { name, source, functionName, description, schema, isPublic } = one;
  if (source === null || functionName === null) return null;
  const { functions: defined, problems } = await deps.checkSource(source);
  if (problems.length > 0 || !defined?.some((other) => other.name === functionName)) return null;
  return async () => {
    const meta = { op: 'deploy', functionName, name, description, isPublic, override: true } as const;
    const said = saidIn(await deps.runtime.author(meta, Buffer.from(source), deps.caller));
    if (!said.isAnswer) throw refused(`'${name}' could not be recompiled from its source: ${sentenceOf(said.error)}`);
    if (schema !== null) await deps.functions.setSchema(name, schema);
  };
}

/** Bytecode belongs to one minor version; a complete source is used instead. */
function foreignProblem({ python, source, target }: OfferedFunction, own: string | null): string | null {
  if (target !== null || source !== null || python === null || own === null) return null;
  const [theirs, ours] = [minorOf(python), minorOf(own)];
  if (theirs === ours) return null;
  return `It was saved by Python ${theirs} and has no source. This server runs Python ${ours}. Deploy the function from its source.`;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

const refused = (why: string): Refusal => new Refusal('refused', why);
