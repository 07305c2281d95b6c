// `tabpy-tray functions …`: the commands about deployed functions. Must not know what its actions do.

import { Option } from 'commander';
import { deploy, exportTo, follow, importFrom, remove, rollBack, unfollow } from './change-functions.ts';
import type { GroupShape } from './command-line.ts';
import { dataFolderMisuse, dataFolderOptions, EXIT_CODES, onDataFolder } from './data-folder-command.ts';
import type { DataFolderDeps } from './data-folder-command.ts';
import { list, show, versions } from './show-functions.ts';
import { test } from './test-functions.ts';

export function functionsCommand(deps: DataFolderDeps): GroupShape {
  const does = onDataFolder(deps);
  return {
    usage: 'functions',
    summary: 'list, deploy, roll back, export and import functions',
    description:
      'Works with the deployed functions of the server that uses the data folder. If no server uses it, it works with the folder itself.',
    epilogue: EXIT_CODES,
    options: dataFolderOptions(),
    misuse: dataFolderMisuse('functions'),
    actions: [
      { usage: 'list', summary: 'list names, versions and states', options: [asJson()], run: does(list) },
      {
        usage: 'show <NAME>',
        summary: 'show description, parameters and source of a function',
        options: [asJson()],
        run: does(show),
      },
      {
        usage: 'versions <NAME>',
        summary: 'list the versions of a function, the newest first',
        options: [asJson()],
        run: does(versions),
      },
      {
        usage: 'test [NAMES...]',
        summary: 'run the saved examples of functions; exit code 1 when one fails',
        options: [new Option('--all', 'all functions that have examples'), asJson()],
        run: does(test),
      },
      {
        usage: 'deploy <FILE>',
        summary: 'deploy a function from a .py file',
        options: [
          ...ofFile(),
          new Option('--description <TEXT>', 'what the function does; default: the first line of its docstring'),
          new Option('--public', 'let Tableau list the function'),
          new Option('--override', 'deploy a new version if a function has this name already'),
        ],
        run: does(deploy),
      },
      {
        usage: 'follow <FILE>',
        summary: 'deploy a function from a .py file, and deploy it again when the file is saved',
        options: ofFile(),
        run: does(follow),
      },
      {
        usage: 'unfollow <NAME>',
        summary: 'stop following the file; the function stays as it is',
        run: does(unfollow),
      },
      {
        usage: 'rollback <NAME> <VERSION>',
        summary: 'deploy an older version of a function again, as a new version',
        run: does(rollBack),
      },
      { usage: 'remove <NAME>', summary: 'remove a function with all its versions', run: does(remove) },
      {
        usage: 'export [NAMES...]',
        summary: 'write functions to one file; default: all functions',
        options: [new Option('-o, --output <FILE>', 'the file to write')],
        run: does(exportTo),
      },
      {
        usage: 'import <FILE> [NAMES...]',
        summary: 'import functions from such a file; default: all functions',
        options: [new Option('--override', 'make new versions of functions that exist already')],
        run: does(importFrom),
      },
    ],
  };
}

function asJson(): Option {
  return new Option('--json', 'print JSON');
}

function ofFile(): readonly Option[] {
  return [
    new Option('--function <NAME>', 'which function, if the file defines several'),
    new Option('--name <NAME>', 'the name to deploy it under; default: the name of the function'),
  ];
}
