// `tabpy-tray environments …`: the commands about environments. Must not know what its actions do.

import { Option } from 'commander';
import type { GroupShape } from './command-line.ts';
import { add, change, choose, create, look, remove } from './change-environments.ts';
import { dataFolderMisuse, dataFolderOptions, EXIT_CODES, onDataFolder } from './data-folder-command.ts';
import type { DataFolderDeps } from './data-folder-command.ts';
import { list } from './list-environments.ts';

export function environmentsCommand(deps: DataFolderDeps): GroupShape {
  const does = onDataFolder(deps);
  return {
    usage: 'environments',
    summary: 'list, add, create and remove environments: other Pythons with their packages',
    description:
      'Works with the environments of the server that uses the data folder. If no server uses it, it works with the folder itself. An environment is a Python with its packages. Existing ones are only read; managed ones are made here, with uv.',
    epilogue: EXIT_CODES,
    options: dataFolderOptions(),
    misuse: dataFolderMisuse('environments'),
    actions: [
      {
        usage: 'list',
        summary: 'list environments with version, kind and number of packages',
        options: [new Option('--found', 'also list the Pythons of this computer that can be added'), asJson()],
        run: does(list),
      },
      {
        usage: 'add <PATH>',
        summary: 'add an existing Python: the path of its program, or of its folder',
        options: [new Option('--name <NAME>', 'its name; default: that of its folder'), asJson()],
        run: does(add),
      },
      {
        usage: 'create <NAME> [PACKAGES...]',
        summary: 'make an environment with packages, such as pandas or pandas==3.0.2',
        description:
          'Makes an environment from packages, or from a file: requirements.txt, uv.lock or pylock.toml. Versions are chosen once and kept with their checksums.',
        options: [
          new Option('-r, --from <FILE>', 'a requirements file, a uv.lock or a pylock.toml'),
          new Option('--python <PATH>', 'the Python to make it from; default: the newest one from 3.11 to 3.14'),
          asJson(),
        ],
        run: does(create),
      },
      {
        usage: 'change <NAME>',
        summary: 'add packages to an environment that was made here, or remove some',
        options: [
          new Option('--add <PACKAGE...>', 'packages to add'),
          new Option('--remove <PACKAGE...>', 'packages to remove'),
          asJson(),
        ],
        run: does(change),
      },
      {
        usage: 'look <NAME>',
        summary: 'look into an environment again: its version, its packages, and what changed',
        options: [asJson()],
        run: does(look),
      },
      {
        usage: 'default <NAME>',
        summary: "choose what runs scripts from the next start on; 'builtin' is the Python of TabPy Tray",
        run: does(choose),
      },
      {
        usage: 'remove <NAME>',
        summary: 'remove an environment from the list; the files of a managed one, too',
        run: does(remove),
      },
    ],
  };
}

function asJson(): Option {
  return new Option('--json', 'print JSON');
}
