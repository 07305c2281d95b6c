// `tabpy-tray packages …`: Python packages from the command line, so that a container can be built by a script. Must not know
// where they are kept or who answers.

import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Calls } from '../../src-shared/ipc.ts';
import { isIdle } from '../../src-shared/package.ts';
import type { PackagePlan, PlannedPackage } from '../../src-shared/package.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import { actionOf, runDataFolderCommand } from './data-folder-command.ts';
import type { DataFolderAction, DataFolderCommand, DataFolderCommandDeps } from './data-folder-command.ts';

export const PACKAGES_HELP = `tabpy-tray packages: Python packages, of the server that runs on the data folder, or of the folder itself.

  tabpy-tray packages list                      what was added, what is bundled, and what scripts asked for in vain
  tabpy-tray packages add NAME[==VERSION] …     from the package index, with what they need
  tabpy-tray packages add FILE.whl …            from a file, with what it needs
  tabpy-tray packages remove NAME …             with what only they needed
  tabpy-tray packages update                    newer versions of all that was added by name

  --dry-run               only say what would be fetched and changed
  --data-dir DIR          the data folder
  --json                  list as JSON
  --verbose               say more

A running server has the change at once: the next script can import it.
Ends with 0 when it is done, with 1 when it cannot be done, with 2 when the command is not understood.
`;

type Values = ReturnType<typeof parse>['values'];
/** In base64 it still fits into a call. */
const MOST_WHEEL_BYTES = 220_000_000;

const ACTIONS: Readonly<Record<string, DataFolderAction<Values>>> = {
  list: { words: [0, 0], run: list },
  add: { words: [1, Infinity], run: add },
  remove: { words: [1, Infinity], run: remove },
  update: { words: [0, 0], run: update },
};

/** Runs one; answers the exit code. */
export function packagesCommand(args: readonly string[], deps: DataFolderCommandDeps): Promise<number> {
  const runOf = stoppable(actionOf('packages', ACTIONS));
  const command = { name: 'packages', help: PACKAGES_HELP, parse, runOf };
  return runDataFolderCommand(command, args, deps);
}

/** Ctrl-C cancels the work also where a server does it; a second one ends the command at once. */
function stoppable(runOf: DataFolderCommand<Values>['runOf']): DataFolderCommand<Values>['runOf'] {
  return (words) => {
    const run = runOf(words);
    if (run === null) return null;
    return async (calls, values, say) => {
      const cancel = (): void => void calls.cancelPackageWork().catch(() => undefined);
      process.once('SIGINT', cancel);
      try {
        await run(calls, values, say);
      } finally {
        process.removeListener('SIGINT', cancel);
      }
    };
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      'dry-run': { type: 'boolean' },
      json: { type: 'boolean' },
      verbose: { type: 'boolean', short: 'v' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

async function list(
  calls: Calls,
  _words: readonly string[],
  { json }: Values,
  say: (text: string) => void,
): Promise<void> {
  const { added, bundled, missing } = (await calls.snapshot()).packages;
  if (json) return say(`${JSON.stringify({ added, bundled, missing }, null, 2)}\n`);
  const lines = added.map(({ name, version, asked, neededBy, fault }) => {
    const why = asked === null ? `needed by ${neededBy.join(', ')}` : 'added';
    return `${name} ${version}  ${why}${fault === null ? '' : `  (${fault})`}`;
  });
  say(lines.length > 0 ? `${lines.join('\n')}\n` : 'No packages were added.\n');
  if (bundled.length > 0) say(`Bundled: ${bundled.map(({ name, version }) => `${name} ${version}`).join(', ')}\n`);
  if (missing.length > 0) say(`Asked for in vain: ${missing.map(({ module }) => module).join(', ')}\n`);
}

async function add(calls: Calls, words: readonly string[], values: Values, say: (text: string) => void): Promise<void> {
  for (const word of words) {
    const plan = word.endsWith('.whl')
      ? await calls.planWheel(path.basename(word), (await bytesOf(word)).toString('base64'))
      : await calls.planPackage(word);
    await carryOut(calls, plan, values, say);
  }
}

async function update(
  calls: Calls,
  _words: readonly string[],
  values: Values,
  say: (text: string) => void,
): Promise<void> {
  await carryOut(calls, await calls.planUpdates(), values, say);
}

async function carryOut(calls: Calls, plan: PackagePlan, values: Values, say: (text: string) => void): Promise<void> {
  for (const note of plan.notes) say(`${note}\n`);
  for (const one of plan.packages.filter(({ isThere }) => !isThere)) say(`+ ${lineOf(one, plan.index)}\n`);
  for (const { name, version } of plan.gone) say(`- ${name} ${version}\n`);
  if (isIdle(plan))
    return plan.notes.length > 0 ? undefined : say('Nothing is to be done: all of it is there already.\n');
  if (values['dry-run']) return;
  await calls.addPackages(plan.id);
  const { added } = (await calls.snapshot()).packages;
  const changed = new Set(plan.packages.filter(({ isThere }) => !isThere).map(({ name }) => name));
  const faulty = added.filter(({ name, fault }) => fault !== null && changed.has(name));
  for (const { name, fault } of faulty) say(`${name}: ${fault}\n`);
  say('Done. The next script can import it.\n');
}

function lineOf({ name, version, before, bytes, source, neededBy, isAsked }: PlannedPackage, index: string): string {
  const from = { index, pyodide: "Pyodide's builds", file: 'the file' }[source];
  const facts = [
    ...(before === null ? [] : [`instead of ${before}`]),
    ...(bytes === null ? [] : [`${Math.ceil(bytes / 1000)} kB`]),
    `from ${from}`,
    ...(isAsked ? [] : [`needed by ${neededBy.join(', ')}`]),
  ];
  return `${name} ${version}  ${facts.join(', ')}`;
}

async function remove(
  calls: Calls,
  words: readonly string[],
  values: Values,
  say: (text: string) => void,
): Promise<void> {
  if (values['dry-run']) throw new Refusal('bad-use', 'packages remove has no --dry-run.');
  for (const word of words) {
    await calls.removePackage(word);
    say(`Removed ${word}.\n`);
  }
}

function bytesOf(file: string): Promise<Buffer> {
  return readRegularFile(file, MOST_WHEEL_BYTES).catch((error: Error) => {
    throw new Error(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
}
