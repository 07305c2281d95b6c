// Runs cases against one server, step by step, and says what the first step that differs got. Must not know any case.

import { setTimeout as wait } from 'node:timers/promises';
import { answerFaults, headerOf, jsonOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Case, ClientCall, ClientOutcome, Expectation, HttpRequest, Recording, Step } from './case-form.ts';
import type { ClientProcess } from './client-process.ts';
import { filled, withNumbers } from './fill.ts';
import { baseOf, send } from './http-request.ts';
import type { Target } from './http-request.ts';
import { mismatches, short } from './match.ts';
import { isObject } from './python-json.ts';
import type { Json } from './python-json.ts';

const DEPLOYED = '200 - Success\n';

/** Null when a case passes, else one line that says what differs. */
export type RunCase = (one: Case) => Promise<string | null>;

interface World {
  readonly target: Target;
  readonly client: ClientProcess;
  readonly fixtures: Recording['fixtures'];
}

/** Deploys what a case needs once for all cases of that server. */
export function createRunCase(world: World): RunCase {
  const deployed = new Map<string, Promise<string | null>>();
  const deploy = async (name: string): Promise<string | null> => {
    const fixture = world.fixtures[name];
    if (fixture === undefined) return `no function '${name}' was recorded`;
    const outcome = await callClient(world, { op: 'deploy', name, ...fixture });
    return isObject(outcome) && outcome['returns'] === DEPLOYED ? null : `deploying ${name}: ${short(outcome)}`;
  };
  return async ({ needs = [], steps }) => {
    for (const name of needs) {
      if (!deployed.has(name)) deployed.set(name, deploy(name));
      const fault = await deployed.get(name)!;
      if (fault !== null) return fault;
    }
    const names = namesOf(world.target);
    for (const [at, step] of steps.entries()) {
      const faults = await faultsOfStep(world, step, names);
      if (faults.length === 0) continue;
      const more = faults.length > 1 ? ` (+${faults.length - 1} more)` : '';
      return `step ${at + 1}/${steps.length} (${labelOf(step)}): ${faults[0]}${more}`;
    }
    return null;
  };
}

function namesOf(target: Target): Record<string, Json> {
  const [name, password] = target.user ?? ['', ''];
  const b64 = Buffer.from(`${name}:${password}`).toString('base64');
  return { base: baseOf(target), user: name, USER: name.toUpperCase(), password, b64 };
}

async function faultsOfStep(world: World, step: Step, names: Record<string, Json>): Promise<string[]> {
  if ('sleep' in step) {
    await wait(step.sleep * 1000);
    return [];
  }
  if ('client' in step) {
    const outcome = await callClient(world, filled(step.client, names));
    return firstThatFits([step.expect, ...(step.also ?? [])], (expected) => outcomeFaults(expected, outcome));
  }
  if ('parallel' in step) return faultsAtOnce(world, step, names);
  const answer = await send(world.target, filled(step.http, names));
  for (const [name, source] of Object.entries(step.save ?? {})) names[name] = savedValue(source, answer);
  return firstThatFits([step.expect, ...(step.also ?? [])], (expected) => answerFaults(expected, answer, names));
}

/** Nothing when one of the forms fits, else what differs from the first, which is TabPy's. */
function firstThatFits<T>(forms: readonly T[], faultsOf: (form: T) => string[]): string[] {
  const faults = forms.map(faultsOf);
  return faults.some((one) => one.length === 0) ? [] : faults[0]!;
}

function callClient({ target, client }: World, call: ClientCall): Promise<Json> {
  return client.call({ base: baseOf(target), user: target.user, call: call as unknown as Json });
}

function outcomeFaults(expected: ClientOutcome, outcome: Json): string[] {
  return mismatches(expected, outcome, {}, 'client');
}

/** The same request n times at once, or several in turn; `i` counts from 0, `i1` from 1. */
async function faultsAtOnce(
  { target }: World,
  step: Extract<Step, { parallel: unknown }>,
  names: Record<string, Json>,
): Promise<string[]> {
  const { n } = step.parallel;
  const requests = 'mix' in step.parallel ? step.parallel.mix : [step.parallel.http];
  const expectations: readonly Expectation[] = 'mix' in step.expect ? step.expect.mix : [step.expect];
  const faults = await Promise.all(
    Array.from({ length: n }, async (_, at) => {
      const numbered = { ...names, i: BigInt(at), i1: BigInt(at + 1) };
      const request = requests[at % requests.length]!;
      if (request.delay !== undefined) await wait(request.delay * 1000);
      const answer = await send(target, filled<HttpRequest>(request, numbered));
      const expected = withNumbers(filled(expectations[at % expectations.length]!, numbered));
      return answerFaults(expected, answer, names).map((fault) => `#${at} ${fault}`);
    }),
  );
  return faults.flat();
}

/** What a step keeps for later ones; null when the answer does not have it. */
function savedValue(source: string, answer: Answer): Json {
  const [kind, name = ''] = source.split(':');
  if (kind === 'header') return headerOf(answer, name);
  if (kind !== 'json') throw new Error(`unknown source of a value: ${source}`);
  try {
    const body = jsonOf(answer);
    return isObject(body) ? (body[name] ?? null) : null;
  } catch {
    return null;
  }
}

function labelOf(step: Step): string {
  if ('http' in step) return `${step.http.method} ${short(step.http.path, 60)}`;
  if ('parallel' in step) return `${step.parallel.n} at once`;
  if ('client' in step) return `client.${step.client.op} ${'name' in step.client ? step.client.name : ''}`;
  return 'sleep';
}
