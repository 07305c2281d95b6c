// The actions of `environments` that change something or run a Python. Must not know how environments are made.

import path from 'node:path';
import { contentsKindOf, MOST_CONTENTS_CHARACTERS } from '../../src-shared/environment.ts';
import type { Environment, EnvironmentContents } from '../../src-shared/environment.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { readTextFile } from '../disk/regular-file.ts';
import type { GivenOptions } from './given-options.ts';
import { lineOf } from './list-environments.ts';

type Words = readonly string[];

export async function add(calls: Calls, [given = '']: Words, options: GivenOptions): Promise<string> {
  const name = options.text('name') ?? null;
  return stoppable(calls, async () => shown(await calls.addEnvironment(path.resolve(given), name), 'Added', options));
}

export async function create(calls: Calls, [name = '', ...packages]: Words, options: GivenOptions): Promise<string> {
  const contents = await contentsOf(packages, options.text('from'));
  const given = options.text('python');
  const python = given === undefined ? null : path.resolve(given);
  return stoppable(calls, async () =>
    shown(await calls.createEnvironment({ name, python, contents }), 'Made', options),
  );
}

export async function change(calls: Calls, [name = '']: Words, options: GivenOptions): Promise<string> {
  const [added, removed] = [options.list('add') ?? [], options.list('remove') ?? []];
  if (added.length + removed.length === 0)
    throw new Refusal('bad-use', 'Name packages to add (--add) or to remove (--remove).');
  return stoppable(calls, async () =>
    shown(await calls.changeEnvironment(name, [...added], [...removed]), 'Changed', options),
  );
}

export async function look(calls: Calls, [name = '']: Words, options: GivenOptions): Promise<string> {
  return stoppable(calls, async () => {
    const { environment, changes } = await calls.lookIntoEnvironment(name);
    if (options.has('json')) return `${JSON.stringify({ ...environment, changes }, null, 2)}\n`;
    const packages = environment.packages.map((one) => `  ${one.name} ${one.version}`);
    return `${[lineOf(environment, false), ...changes, ...packages].join('\n')}\n`;
  });
}

export async function choose(calls: Calls, [name = '']: Words): Promise<string> {
  await calls.chooseEnvironment(name);
  return `Scripts run with ${name} where nothing else is said.\n`;
}

export async function remove(calls: Calls, [name = '']: Words): Promise<string> {
  await calls.removeEnvironment(name);
  return `Removed ${name}.\n`;
}

async function contentsOf(packages: Words, file: string | undefined): Promise<EnvironmentContents> {
  if (file === undefined) {
    if (packages.length === 0) throw new Refusal('bad-use', 'Name packages, or a file with --from.');
    return { kind: 'packages', text: packages.join('\n') };
  }
  if (packages.length > 0) throw new Refusal('bad-use', 'Name packages or a file, not both.');
  const text = await readTextFile(file, MOST_CONTENTS_CHARACTERS).catch((error: Error) => {
    throw new Refusal('refused', `${file} cannot be read: ${error.message}.`, { cause: error });
  });
  return { kind: contentsKindOf(file), text };
}

/** Ctrl-C cancels the work, even in a server; a second Ctrl-C ends the command at once. */
async function stoppable<Answer>(calls: Calls, work: () => Promise<Answer>): Promise<Answer> {
  const cancel = (): void => void calls.cancelEnvironmentWork().catch(() => undefined);
  process.once('SIGINT', cancel);
  try {
    return await work();
  } finally {
    process.removeListener('SIGINT', cancel);
  }
}

function shown(environment: Environment, what: string, options: GivenOptions): string {
  if (options.has('json')) return `${JSON.stringify(environment, null, 2)}\n`;
  return `${what}: ${lineOf(environment, false)}\n`;
}
