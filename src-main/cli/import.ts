// `tabpy-tray import`: imports from TabPy on the command line.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { Option } from 'commander';
import type { Calls } from '../../src-shared/ipc.ts';
import { tabpyImportText } from '../tabpy-import/settings-table.ts';
import type { CommandShape } from './command-line.ts';

/** Exit code beside 0 and 1: something was not imported. */
const INCOMPLETE = 3;

export interface ImportDeps {
  readonly say: (text: string) => void;
  /**
   * The usual place of TabPy, by this program's PATH; a server's PATH may differ. Rejects with a message when TabPy is
   * not found.
   */
  readonly findPlace: () => Promise<string>;
  /** The calls of the program that has the data folder. */
  readonly openInstance: (
    dataDir: string | undefined,
    isVerbose: boolean,
  ) => Promise<{ calls: Pick<Calls, 'importFromTabpy'>; close(): Promise<void> }>;
}

export function importCommand({ say, findPlace, openInstance }: ImportDeps): CommandShape {
  return {
    usage: 'import [PLACE]',
    summary: 'import the functions and settings of an existing TabPy',
    description:
      "Imports from an existing TabPy: its functions and aliases with their descriptions, and the settings in its configuration file and state.ini that TabPy Tray has too. Nothing of TabPy is changed. PLACE is TabPy's folder, its state.ini, or its configuration file. Without PLACE, TabPy is looked for beside the Pythons on the PATH.",
    epilogue:
      'Exit codes: 0 everything was imported, 3 something was not imported, 1 nothing could be imported, 2 the command is not understood.',
    options: [
      new Option('--dry-run', 'only print what would happen'),
      new Option('--override', 'functions with the same name get a new version'),
      new Option('--json', 'print the report as JSON'),
      new Option('--data-dir <DIR>', 'the data folder to import into'),
    ],
    misuse: { code: 2, help: 'import', tooMany: (words) => `import takes one place, not ${words.join(' ')}.` },
    async run([named], options) {
      // The server may run in another folder.
      const place = named === undefined ? await findPlace() : path.resolve(named);
      // Checked before Python is prepared, which may take minutes the first time.
      if (named !== undefined && !existsSync(place)) throw new Error(`${place} does not exist.`);
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
