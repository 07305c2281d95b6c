// `tabpy-tray packages …`: Python packages from the command line, so that a script can build a container. Must not know
// where packages are kept.

import path from 'node:path';
import { Option } from 'commander';
import type { Calls } from '../../src-shared/ipc.ts';
import { isIdle } from '../../src-shared/package.ts';
import type { PackagePlan, PlannedPackage } from '../../src-shared/package.ts';
import { MOST_SENT_FILE_BYTES } from '../../src-shared/limits.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import type { GroupShape } from './command-line.ts';
import { dataFolderMisuse, dataFolderOptions, EXIT_CODES, onDataFolder } from './data-folder-command.ts';
import type { DataFolderDeps } from './data-folder-command.ts';
import type { GivenOptions } from './given-options.ts';

export function packagesCommand(deps: DataFolderDeps): GroupShape {
  const { say } = deps;
  const does = onDataFolder(deps);
  return {
    usage: 'packages',
    summary: 'list, add, update and remove Python packages',
    description:
      'Works with the Python packages of the server that uses the data folder. If no server uses it, it works with the folder itself. A running server uses a change at once: the next script can import it.',
    epilogue: EXIT_CODES,
    options: dataFolderOptions(),
    misuse: dataFolderMisuse('packages'),
    actions: [
      {
        usage: 'list',
        summary: 'list what was added, what is bundled, and what scripts tried to import',
        options: [new Option('--json', 'print JSON')],
        run: does((calls, _words, options) => list(calls, options, say)),
      },
      {
        usage: 'add <NAME...>',
        summary: 'add packages and the packages that they need, from the package index or from .whl files',
        description:
          'Adds packages and the packages that they need. NAME is a name in the package index, with a version if you like (openpyxl==3.1.5), or a .whl file.',
        options: [dryRun()],
        run: does((calls, words, options) => stoppable(calls, () => add(calls, words, options, say))),
      },
      {
        usage: 'remove <NAME...>',
        summary: 'remove packages, and the packages that only they needed',
        run: does((calls, words) => stoppable(calls, () => remove(calls, words, say))),
      },
      {
        usage: 'update',
        summary: 'fetch newer versions of all packages that were added by name',
        options: [dryRun()],
        run: does((calls, _words, options) => stoppable(calls, () => update(calls, options, say))),
      },
    ],
  };
}

function dryRun(): Option {
  return new Option('--dry-run', 'only print what would be downloaded and changed');
}

/** Ctrl-C cancels the work, even in a server; a second Ctrl-C ends the command at once. */
async function stoppable(calls: Calls, work: () => Promise<void>): Promise<void> {
  const cancel = (): void => void calls.cancelPackageWork().catch(() => undefined);
  process.once('SIGINT', cancel);
  try {
    await work();
  } finally {
    process.removeListener('SIGINT', cancel);
  }
}

async function list(calls: Calls, options: GivenOptions, say: (text: string) => void): Promise<void> {
  const { added, bundled, missing } = (await calls.snapshot()).packages;
  if (options.has('json')) return say(`${JSON.stringify({ added, bundled, missing }, null, 2)}\n`);
  const lines = added.map(({ name, version, asked, neededBy, fault }) => {
    const why = asked === null ? `needed by ${neededBy.join(', ')}` : 'added';
    return `${name} ${version}  ${why}${fault === null ? '' : `  (${fault})`}`;
  });
  say(lines.length > 0 ? `${lines.join('\n')}\n` : 'No packages were added.\n');
  if (bundled.length > 0) say(`Bundled: ${bundled.map(({ name, version }) => `${name} ${version}`).join(', ')}\n`);
  if (missing.length > 0) say(`Scripts tried to import: ${missing.map(({ module }) => module).join(', ')}\n`);
}

async function add(
  calls: Calls,
  words: readonly string[],
  options: GivenOptions,
  say: (text: string) => void,
): Promise<void> {
  for (const word of words) {
    const plan = word.endsWith('.whl')
      ? await calls.planWheel(path.basename(word), (await bytesOf(word)).toString('base64'))
      : await calls.planPackage(word);
    await carryOut(calls, plan, options, say);
  }
}

async function update(calls: Calls, options: GivenOptions, say: (text: string) => void): Promise<void> {
  await carryOut(calls, await calls.planUpdates(), options, say);
}

async function carryOut(
  calls: Calls,
  plan: PackagePlan,
  options: GivenOptions,
  say: (text: string) => void,
): Promise<void> {
  for (const note of plan.notes) say(`${note}\n`);
  for (const one of plan.packages.filter(({ isThere }) => !isThere)) say(`+ ${lineOf(one, plan.index)}\n`);
  for (const { name, version } of plan.gone) say(`- ${name} ${version}\n`);
  if (isIdle(plan))
    return plan.notes.length > 0 ? undefined : say('Nothing to do: these packages are there already.\n');
  if (options.has('dry-run')) return;
  const { packages } = await calls.addPackages(plan.id);
  for (const { name, fault } of packages) if (fault !== null) say(`${name}: ${fault}\n`);
  const asked = packages.filter((one) => one.asked !== null && one.fault === null);
  const imports = asked.flatMap((one) => one.imports);
  say(imports.length > 0 ? `Added. Scripts can import ${imports.join(', ')}.\n` : 'Added.\n');
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

async function remove(calls: Calls, words: readonly string[], say: (text: string) => void): Promise<void> {
  for (const word of words) {
    await calls.removePackage(word);
    say(`Removed ${word}.\n`);
  }
}

function bytesOf(file: string): Promise<Buffer> {
  return readRegularFile(file, MOST_SENT_FILE_BYTES).catch((error: Error) => {
    throw new Error(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
}
