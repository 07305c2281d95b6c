// `tabpy-tray functions …`: deployed functions from the command line. Must not know where they are kept or who answers.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { DefinedFunction, FunctionVersion } from '../../src-shared/function-detail.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import { actionOf, runDataFolderCommand } from './data-folder-command.ts';
import type { DataFolderAction, DataFolderCommandDeps } from './data-folder-command.ts';

export const FUNCTIONS_HELP = `tabpy-tray functions: deployed functions, of the server that runs on the data folder, or of the folder itself.

  tabpy-tray functions list                     names, versions and states
  tabpy-tray functions show NAME                description, parameters and source
  tabpy-tray functions versions NAME            its versions, the newest first
  tabpy-tray functions deploy FILE              deploy a function of a .py file
      --function NAME     which one, where the file defines several
      --name NAME         what it is served as; the function's own name unless said otherwise
      --description TEXT  what it does; the first line of its docstring unless said otherwise
      --public            Tableau may list it
      --override          as a new version, where there is one of this name
  tabpy-tray functions follow FILE              deploy it, and again whenever the file is saved (--function, --name)
  tabpy-tray functions unfollow NAME            it stays as it is now
  tabpy-tray functions rollback NAME VERSION    an older version again, as a new one
  tabpy-tray functions remove NAME
  tabpy-tray functions export [NAME…] -o FILE   into one file, all of them unless some are named
  tabpy-tray functions import FILE [NAME…]      from such a file
      --override          also those whose names are taken, as new versions

  --data-dir DIR          the data folder
  --json                  list, show and versions as JSON
  --verbose               say more

Ends with 0 when it is done, with 1 when it cannot be done, with 2 when the command is not understood.
`;

type Values = ReturnType<typeof parse>['values'];
type Action = DataFolderAction<Values>;

/** The largest export in base64 still fits into a call. */
const MOST_FILE_BYTES = 220_000_000;

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { words: [0, 0], run: said(list) },
  show: { words: [1, 1], run: said(show) },
  versions: { words: [1, 1], run: said(versions) },
  deploy: { words: [1, 1], needs: 'a file', run: said(deploy) },
  follow: { words: [1, 1], needs: 'a file', run: said(follow) },
  unfollow: { words: [1, 1], run: said(unfollow) },
  rollback: { words: [2, 2], needs: '2 words', run: said(rollBack) },
  remove: { words: [1, 1], run: said(remove) },
  export: { words: [0, Infinity], run: said(exportTo) },
  import: { words: [1, Infinity], needs: 'a file', run: said(importFrom) },
};

/** Runs one; answers the exit code. */
export function functionsCommand(args: readonly string[], deps: DataFolderCommandDeps): Promise<number> {
  const command = { name: 'functions', help: FUNCTIONS_HELP, parse, runOf: actionOf('functions', ACTIONS) };
  return runDataFolderCommand(command, args, deps);
}

/** Says what an action answers. */
function said(answer: (calls: Calls, words: readonly string[], values: Values) => Promise<string>): Action['run'] {
  return async (calls, words, values, say) => say(await answer(calls, words, values));
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      function: { type: 'string' },
      name: { type: 'string' },
      description: { type: 'string' },
      public: { type: 'boolean' },
      override: { type: 'boolean' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
      verbose: { type: 'boolean', short: 'v' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

async function list(calls: Calls, _words: readonly string[], { json }: Values): Promise<string> {
  const { functions } = await calls.snapshot();
  if (json) return asJson(functions);
  if (functions.length === 0) return 'No function is deployed.\n';
  return table(
    functions.map((one) => [
      one.name,
      one.target === null ? `version ${one.version}` : `alias of ${one.target}`,
      one.status === 'LoadSuccessful' ? 'loaded' : (one.lastError ?? one.status),
      one.description,
    ]),
  );
}

async function show(calls: Calls, [name = '']: readonly string[], { json }: Values): Promise<string> {
  const detail = await calls.functionDetail(name);
  if (!detail) throw unknown(name);
  if (json) return asJson(detail);
  const { endpoint, parameters, source, versions: all } = detail;
  const lines = [`${name}, version ${endpoint.version}`];
  if (endpoint.description) lines.push(endpoint.description);
  if (endpoint.lastError !== null) lines.push(`It does not load: ${endpoint.lastError}`);
  lines.push(...(all.find((one) => one.version === endpoint.version)?.notes.map(onOneLine) ?? []));
  if (parameters !== null && parameters.length > 0)
    lines.push(
      '',
      table(
        parameters.map((one) => [`  ${one.name}`, one.type, one.isRequired ? 'required' : 'optional', one.about]),
      ).trimEnd(),
    );
  lines.push('', source?.trimEnd() ?? 'Its source is not known: it was deployed as a pickle.');
  return `${lines.join('\n')}\n`;
}

async function versions(calls: Calls, [name = '']: readonly string[], { json }: Values): Promise<string> {
  const detail = await calls.functionDetail(name);
  if (!detail) throw unknown(name);
  if (json) return asJson(detail.versions);
  return table(detail.versions.map((one) => versionRow(one, detail.endpoint.version)));
}

function versionRow(one: FunctionVersion, current: number): readonly string[] {
  const when = new Date(one.deployedAt * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return [
    `${one.version}${one.version === current ? ' (served)' : ''}`,
    `${when} UTC`,
    one.deployedBy ?? '',
    one.python === null ? '' : `Python ${one.python}`,
    one.hasSource ? 'with source' : 'pickle only',
  ];
}

async function follow(calls: Calls, [file = '']: readonly string[], values: Values): Promise<string> {
  const chosen = await chosenIn(calls, await textOf(file), file, values);
  const followed = await calls.followFile(values.name ?? chosen.name, path.resolve(file), chosen.name);
  return `'${followed.name}' follows ${followed.path}.\n`;
}

async function unfollow(calls: Calls, [name = '']: readonly string[]): Promise<string> {
  await calls.unfollowFile(name);
  return `'${name}' follows no file.\n`;
}

async function deploy(calls: Calls, [file = '']: readonly string[], values: Values): Promise<string> {
  const source = await textOf(file);
  const chosen = await chosenIn(calls, source, file, values);
  const name = values.name ?? chosen.name;
  const override = values.override ?? false;
  if (!override) {
    const known = (await calls.snapshot()).functions.find((one) => one.name === name);
    if (known)
      throw new Error(
        `There is a function '${name}' already (version ${known.version}). --override makes this its next version.`,
      );
  }
  const endpoint = await calls.deployFunction({
    source,
    functionName: chosen.name,
    name,
    description: values.description ?? firstLine(chosen.docstring),
    isPublic: values.public ?? false,
    override,
  });
  return `Deployed '${endpoint.name}', version ${endpoint.version}.\n`;
}

async function chosenIn(calls: Calls, source: string, file: string, values: Values): Promise<DefinedFunction> {
  const { functions, problems } = await calls.checkSource(source);
  if (functions === null) {
    const [problem] = problems;
    throw new Error(
      problem ? `${file}, line ${problem.line}: ${problem.text}` : 'Python could not be asked. Try again.',
    );
  }
  return chosenOf(functions, file, values.function);
}

/** The function that is meant: the one that is named, the only one, or the one named as its file. */
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
      : `${file} defines several functions (${names.join(', ')}). Say which one with --function.`,
  );
}

async function rollBack(calls: Calls, [name = '', text = '']: readonly string[]): Promise<string> {
  const version = Number(text);
  if (!Number.isInteger(version) || version < 1) throw new Refusal('bad-use', `'${text}' is no version.`);
  const endpoint = await calls.rollBack(name, version);
  return `'${name}' is as it was in version ${version}; that is its version ${endpoint.version} now.\n`;
}

async function remove(calls: Calls, [name = '']: readonly string[]): Promise<string> {
  await calls.removeFunction(name);
  return `Removed '${name}'.\n`;
}

async function exportTo(calls: Calls, names: readonly string[], { output }: Values): Promise<string> {
  if (output === undefined) throw new Refusal('bad-use', 'functions export needs a file to write: -o FILE.');
  const archive = Buffer.from(await calls.exportFunctions([...names]), 'base64');
  await writeFile(output, archive, { mode: 0o600 }).catch((error: Error) => {
    throw new Error(`${output} cannot be written: ${error.message}.`, { cause: error });
  });
  return `Wrote ${output}, ${Math.ceil(archive.length / 1000)} kB.\n`;
}

async function importFrom(calls: Calls, [file = '', ...asked]: readonly string[], values: Values): Promise<string> {
  const archive = (await bytesOf(file)).toString('base64');
  const { functions } = await calls.lookIntoExport(archive);
  const missing = asked.find((name) => functions.every((one) => one.name !== name));
  if (missing !== undefined) throw new Error(`${file} holds no function '${missing}'.`);
  const meant = functions.filter((one) => asked.length === 0 || asked.includes(one.name));
  const bad = meant.find((one) => one.problem !== null);
  if (bad) throw new Error(`'${bad.name}' cannot be taken: ${bad.problem}`);
  const taken = meant.filter((one) => one.isTaken).map((one) => one.name);
  if (taken.length > 0 && !values.override)
    throw new Error(`There are functions of these names already: ${taken.join(', ')}. --override makes new versions.`);
  const names = meant.map((one) => one.name);
  await calls.importFunctions(archive, names);
  return names.length === 0 ? 'The file holds no function.\n' : `Took ${names.join(', ')}.\n`;
}

function unknown(name: string): Refusal {
  return new Refusal('refused', `There is no function '${name}'.`);
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
  return readRegularFile(file, MOST_FILE_BYTES).catch((error: Error) => {
    throw new Error(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
}

function firstLine(docstring: string): string {
  return docstring.trim().split('\n')[0] ?? '';
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What others typed must not steer the terminal that shows it. */
function onOneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}

/** Columns as wide as their widest entry. */
function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map(onOneLine));
  const widths = safe[0]?.map((_, column) => Math.max(...safe.map((row) => row[column]?.length ?? 0))) ?? [];
  return safe
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
