// The changes of `tabpy-tray functions`: deploy, follow, roll back, remove, export, import. Must not know where
// functions are kept.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DefinedFunction } from '../../src-shared/function-detail.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { MOST_SENT_FILE_BYTES } from '../../src-shared/limits.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import type { GivenOptions } from './given-options.ts';

export async function follow(calls: Calls, [file = '']: readonly string[], options: GivenOptions): Promise<string> {
  const chosen = await chosenIn(calls, await textOf(file), file, options);
  const followed = await calls.followFile(options.text('name') ?? chosen.name, path.resolve(file), chosen.name);
  return `'${followed.name}' follows ${followed.path}.\n`;
}

export async function unfollow(calls: Calls, [name = '']: readonly string[]): Promise<string> {
  await calls.unfollowFile(name);
  return `'${name}' follows no file.\n`;
}

export async function deploy(calls: Calls, [file = '']: readonly string[], options: GivenOptions): Promise<string> {
  const source = await textOf(file);
  const chosen = await chosenIn(calls, source, file, options);
  const name = options.text('name') ?? chosen.name;
  const override = options.has('override');
  if (!override) {
    const known = (await calls.snapshot()).functions.find((one) => one.name === name);
    if (known)
      throw new Error(
        `A function '${name}' exists already (version ${known.version}). Use --override to deploy this as its next version.`,
      );
  }
  const endpoint = await calls.deployFunction({
    source,
    functionName: chosen.name,
    name,
    description: options.text('description') ?? firstLine(chosen.docstring),
    isPublic: options.has('public'),
    override,
  });
  return `Deployed '${endpoint.name}', version ${endpoint.version}.\n`;
}

async function chosenIn(calls: Calls, source: string, file: string, options: GivenOptions): Promise<DefinedFunction> {
  const { functions, problems } = await calls.checkSource(source);
  if (functions === null) {
    const [problem] = problems;
    throw new Error(problem ? `${file}, line ${problem.line}: ${problem.text}` : 'Python did not answer. Try again.');
  }
  return chosenOf(functions, file, options.text('function'));
}

/** The function to use: the named one, the only one, or the one with the file's name. */
function chosenOf(functions: readonly DefinedFunction[], file: string, named: string | undefined): DefinedFunction {
  const names = functions.map((one) => one.name);
  if (named !== undefined) {
    const found = functions.find((one) => one.name === named);
    if (found) return found;
    throw new Error(`${file} defines no function '${named}'; it defines ${names.join(', ') || 'none'}.`);
  }
  const found = functions.length === 1 ? functions[0] : functions.find((one) => one.name === path.parse(file).name);
  if (found) return found;
  throw new Error(
    functions.length === 0
      ? `${file} defines no function.`
      : `${file} defines several functions (${names.join(', ')}). Name one of them with --function.`,
  );
}

export async function rollBack(calls: Calls, [name = '', text = '']: readonly string[]): Promise<string> {
  const version = Number(text);
  if (!Number.isInteger(version) || version < 1) throw new Refusal('bad-use', `'${text}' is not a version number.`);
  const endpoint = await calls.rollBack(name, version);
  return `'${name}' was rolled back to version ${version}. This is now its version ${endpoint.version}.\n`;
}

export async function remove(calls: Calls, [name = '']: readonly string[]): Promise<string> {
  await calls.removeFunction(name);
  return `Removed '${name}'.\n`;
}

export async function exportTo(calls: Calls, names: readonly string[], options: GivenOptions): Promise<string> {
  const output = options.text('output');
  if (output === undefined) throw new Refusal('bad-use', 'Name the file to write: functions export -o FILE.');
  const archive = Buffer.from(await calls.exportFunctions([...names]), 'base64');
  await writeFile(output, archive, { mode: 0o600 }).catch((error: Error) => {
    throw new Error(`${output} cannot be written: ${error.message}.`, { cause: error });
  });
  return `Wrote ${output}, ${Math.ceil(archive.length / 1000)} kB.\n`;
}

export async function importFrom(
  calls: Calls,
  [file = '', ...asked]: readonly string[],
  options: GivenOptions,
): Promise<string> {
  const archive = (await bytesOf(file)).toString('base64');
  const { functions } = await calls.lookIntoExport(archive);
  const missing = asked.find((name) => functions.every((one) => one.name !== name));
  if (missing !== undefined) throw new Error(`${file} contains no function '${missing}'.`);
  const meant = functions.filter((one) => asked.length === 0 || asked.includes(one.name));
  const bad = meant.find((one) => one.problem !== null);
  if (bad) throw new Error(`'${bad.name}' cannot be imported: ${bad.problem}`);
  const taken = meant.filter((one) => one.isTaken).map((one) => one.name);
  if (taken.length > 0 && !options.has('override'))
    throw new Error(
      `Functions with these names exist already: ${taken.join(', ')}. Use --override to make new versions of them.`,
    );
  const names = meant.map((one) => one.name);
  await calls.importFunctions(archive, names);
  return names.length === 0 ? 'The file contains no functions.\n' : `Imported ${names.join(', ')}.\n`;
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(file));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`${file} is not UTF-8 text.`, { cause: error });
  }
}

function bytesOf(file: string): Promise<Buffer> {
  return readRegularFile(file, MOST_SENT_FILE_BYTES).catch((error: Error) => {
    throw new Error(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
}

function firstLine(docstring: string): string {
  return docstring.trim().split('\n')[0] ?? '';
}
