// `tabpy-tray functions …`: deployed functions from the command line. Must not know what its actions do.

import { Option } from 'commander';
import { deploy, exportTo, follow, importFrom, remove, rollBack, unfollow } from './change-functions.ts';
import type { GroupShape } from './command-line.ts';
import { dataFolderMisuse, dataFolderOptions, EXIT_CODES, onDataFolder } from './data-folder-command.ts';
import type { DataFolderDeps } from './data-folder-command.ts';
import { list, show, versions } from './show-functions.ts';

export function functionsCommand(deps: DataFolderDeps): GroupShape {
  const does = onDataFolder(deps);
  return {
    usage: 'functions',
    summary: 'list, deploy, roll back, export and import functions',
    description:
      'Deployed functions: of the server that runs on the data folder, or of the folder itself where none runs.',
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
        usage: 'deploy <FILE>',
        summary: 'deploy a function of a .py file',
        options: [
          ...ofFile(),
          new Option('--description <TEXT>', 'what it does; the first line of its docstring unless given'),
          new Option('--public', 'Tableau may list it'),
          new Option('--override', 'deploy a new version when there is a function of this name'),
        ],
        run: does(deploy),
      },
      {
        usage: 'follow <FILE>',
        summary: 'deploy a function of a .py file, and again whenever the file is saved',
        options: ofFile(),
        run: does(follow),
      },
      {
        usage: 'unfollow <NAME>',
        summary: 'no longer follow the file: the function stays as it is',
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
        summary: 'write functions into one file; all of them unless some are named',
        options: [new Option('-o, --output <FILE>', 'the file to write')],
        run: does(exportTo),
      },
      {
        usage: 'import <FILE> [NAMES...]',
        summary: 'take functions from such a file; all of them unless some are named',
        options: [new Option('--override', 'make new versions of functions whose names are taken')],
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
    new Option('--function <NAME>', 'which function, when the file defines several'),
    new Option('--name <NAME>', "the name to serve it as; the function's own unless given"),
  ];
}
