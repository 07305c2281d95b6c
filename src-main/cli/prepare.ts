// `tabpy-tray prepare`: fetches what Python needs before the first start. Must not start a server.

import { Option } from 'commander';
import { preparePython } from '../engines/builtin/supply/prepare-python.ts';
import { createProgress, silentProgress } from '../packages/progress.ts';
import type { CommandShape } from './command-line.ts';

export function prepareCommand(say: (text: string) => void): CommandShape {
  return {
    usage: 'prepare',
    summary: 'fetch the Python packages and get Python ready to start',
    description:
      'Fetches the Python packages and makes the image that Python starts from. The first start does it too.',
    options: [new Option('-q, --quiet', 'show no progress')],
    misuse: { code: 1, help: 'prepare' },
    async run(_words, options) {
      await preparePython({
        say: (text) => say(`${text}\n`),
        tell: () => undefined,
        progress: options.has('quiet') ? silentProgress : createProgress(process.stderr),
      });
    },
  };
}
