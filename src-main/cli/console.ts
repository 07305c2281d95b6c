// `tabpy-tray console`: prints the link to the console of the running server. Must not start a server.

import { Option } from 'commander';
import { readLink } from '../console/console-link.ts';
import { dataDirOf } from '../instance/data-folder.ts';
import { holderOf } from '../instance/folder-lock.ts';
import type { CommandShape } from './command-line.ts';

export function consoleCommand(say: (text: string) => void): CommandShape {
  return {
    usage: 'console',
    summary: 'print a link that opens the window of the running server in a browser',
    options: [new Option('--data-dir <DIR>', 'the data folder of the server')],
    misuse: { code: 1, help: 'console' },
    async run(_words, options) {
      const dataDir = dataDirOf(options.text('data-dir'));
      // A server that was killed left its link behind.
      const link = (await holderOf(dataDir)) && (await readLink(dataDir));
      if (!link) throw new Error('No server with a console uses this data folder. Start one with serve --console.');
      say(`${link}\n`);
    },
  };
}
