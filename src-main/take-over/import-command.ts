// `tabpy-tray import`: takes over a TabPy from the command line. Must not know how the call reaches the server.

import path from 'node:path';
import { parseArgs } from 'node:util';
import type { TakeOverOptions, TakeOverReport } from '../../src-shared/take-over.ts';
import { takeOverText } from './take-over-table.ts';

const HELP = `tabpy-tray import [PLACE] [--dry-run] [--override] [--data-dir DIR]: takes over a TabPy that was used before.

  PLACE         TabPy's folder, its state.ini, or its configuration file; without it, TabPy is looked for
                beside the Pythons on the PATH
  --dry-run     only tells what would happen
  --override    functions of the same name get a new version
  --json        prints the report as JSON

Takes functions and aliases with their descriptions, and what the configuration and state.ini say where a setting exists.
Nothing of TabPy is changed. Ends with 0 when everything was taken, with 2 when something was not, with 1 when nothing could be.
`;

/** The exit code when something was left behind. */
const INCOMPLETE = 2;

/** What is asked for. @throws Error in words for people */
export function importOptions(args: readonly string[]): TakeOverOptions & { readonly isJson: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      override: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1) throw new Error(`import takes one place, not ${positionals.join(' ')}.`);
  const [place] = positionals;
  return {
    // The server may run in another folder.
    place: place === undefined ? null : path.resolve(place),
    isDryRun: values['dry-run'],
    override: values.override,
    isJson: values.json,
  };
}

/** Does it and says what came of it. @returns the exit code */
export async function importCommand(
  args: readonly string[],
  takeOver: (options: TakeOverOptions) => Promise<TakeOverReport>,
  say: (text: string) => unknown,
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    say(HELP);
    return 0;
  }
  const { isJson, ...options } = importOptions(args);
  const report = await takeOver(options);
  say(isJson ? `${JSON.stringify(report, null, 2)}\n` : takeOverText(report));
  return report.isComplete ? 0 : INCOMPLETE;
}
