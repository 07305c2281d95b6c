// `tabpy-tray import`: takes over a TabPy from the command line. Must not know how the call reaches the server.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { Option } from 'commander';
import type { Calls } from '../../src-shared/ipc.ts';
import { tabpyImportText } from '../tabpy-import/settings-table.ts';
import type { CommandShape } from './command-line.ts';

/** Beside 0 and 1: something was left behind. */
const INCOMPLETE = 3;

export interface ImportDeps {
  readonly say: (text: string) => void;
  /** Where TabPy usually is, by this program's PATH: a server may have another. Rejects with words when it is nowhere. */
  readonly findPlace: () => Promise<string>;
  /** The calls of whoever has the data folder. */
  readonly openInstance: (
    dataDir: string | undefined,
    isVerbose: boolean,
  ) => Promise<{ calls: Pick<Calls, 'importFromTabpy'>; close(): Promise<void> }>;
}

export function importCommand({ say, findPlace, openInstance }: ImportDeps): CommandShape {
  return {
    usage: 'import [PLACE]',
    summary: 'take over the functions and settings of a TabPy that was used before',
    description:
      "Takes over a TabPy that was used before: functions and aliases with their descriptions, and what its configuration and state.ini say where a setting exists. Nothing of TabPy is changed. PLACE is TabPy's folder, its state.ini, or its configuration file; without it, TabPy is looked for beside the Pythons on the PATH.",
    epilogue:
      'Exit codes: 0 everything was taken, 3 something was not, 1 nothing could be, 2 the command is not understood.',
    options: [
      new Option('--dry-run', 'only say what would happen'),
      new Option('--override', 'functions of the same name get a new version'),
      new Option('--json', 'print the report as JSON'),
      new Option('--data-dir <DIR>', 'the data folder that takes it'),
    ],
    misuse: { code: 2, help: 'import', tooMany: (words) => `import takes one place, not ${words.join(' ')}.` },
    async run([named], options) {
      // The server may run in another folder.
      const place = named === undefined ? await findPlace() : path.resolve(named);
      // Known before a Python is made ready for it, which may take minutes the first time.
      if (named !== undefined && !existsSync(place)) throw new Error(`There is nothing at ${place}.`);
      const instance = await openInstance(options.text('data-dir'), false);
      try {
        const wish = { place, isDryRun: options.has('dry-run'), override: options.has('override') };
        const report = await instance.calls.importFromTabpy(wish);
        say(options.has('json') ? `${JSON.stringify(report, null, 2)}\n` : tabpyImportText(report));
        return report.isComplete ? 0 : INCOMPLETE;
      } finally {
        await instance.close();
      }
    },
  };
}
