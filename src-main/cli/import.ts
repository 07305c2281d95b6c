// `tabpy-tray import`: takes over a TabPy from the command line. Must not know how the call reaches the server.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Calls } from '../../src-shared/ipc.ts';
import type { TabpyImportOptions } from '../../src-shared/tabpy-import.ts';
import { tabpyImportText } from '../tabpy-import/settings-table.ts';

const HELP = `tabpy-tray import [PLACE] [--dry-run] [--override] [--json] [--data-dir DIR]: takes over a TabPy that was used before.

  PLACE         TabPy's folder, its state.ini, or its configuration file; without it, TabPy is looked for
                beside the Pythons on the PATH
  --dry-run     only tells what would happen
  --override    functions of the same name get a new version
  --json        prints the report as JSON
  --data-dir    the data folder that takes it

Takes functions and aliases with their descriptions, and what the configuration and state.ini say where a setting exists.
Nothing of TabPy is changed. Ends with 0 when everything was taken, with 3 when something was not, with 1 when nothing could be, with 2 when the command is not understood.
`;

/** Exit codes beside 0. */
const CANNOT = 1;
const NOT_UNDERSTOOD = 2;
const INCOMPLETE = 3;

export interface ImportCommandDeps {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Where TabPy usually is, by this program's PATH: a server may have another. Rejects with words when it is nowhere. */
  readonly findPlace: () => Promise<string>;
  /** The calls of whoever has the data folder. */
  readonly openInstance: (
    dataDir: string | undefined,
  ) => Promise<{ calls: Pick<Calls, 'importFromTabpy'>; close(): Promise<void> }>;
}

export interface ImportOptions extends TabpyImportOptions {
  readonly isJson: boolean;
  readonly isHelp: boolean;
  readonly dataDir: string | undefined;
}

/** What is asked for. @throws Error in words for people */
export function importOptions(args: readonly string[]): ImportOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      override: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      'data-dir': { type: 'string' },
    },
  });
  if (positionals.length > 1) throw new Error(`import takes one place, not ${positionals.join(' ')}`);
  const [place] = positionals;
  return {
    // The server may run in another folder.
    place: place === undefined ? null : path.resolve(place),
    isDryRun: values['dry-run'],
    override: values.override,
    isJson: values.json,
    isHelp: values.help,
    dataDir: values['data-dir'],
  };
}

/** Does it and says what came of it. @returns the exit code */
export async function importCommand(
  args: readonly string[],
  { say, complain, findPlace, openInstance }: ImportCommandDeps,
): Promise<number> {
  let options: ImportOptions;
  try {
    options = importOptions(args);
  } catch (error) {
    complain(`${(error as Error).message.split('. ')[0]}. See tabpy-tray import --help.\n`);
    return NOT_UNDERSTOOD;
  }
  if (options.isHelp) {
    say(HELP);
    return 0;
  }
  const { isDryRun, override, isJson, dataDir } = options;
  let instance;
  try {
    const place = options.place ?? (await findPlace());
    // Known before a Python is made ready for it, which may take minutes the first time.
    if (options.place !== null && !existsSync(place)) throw new Error(`There is nothing at ${place}.`);
    instance = await openInstance(dataDir);
    const report = await instance.calls.importFromTabpy({ place, isDryRun, override });
    say(isJson ? `${JSON.stringify(report, null, 2)}\n` : tabpyImportText(report));
    return report.isComplete ? 0 : INCOMPLETE;
  } catch (error) {
    complain(`${(error as Error).message}\n`);
    return CANNOT;
  } finally {
    await instance?.close();
  }
}
