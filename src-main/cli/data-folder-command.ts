// What all commands on a data folder share: their options, and calls to the program that has the folder.

import { Option } from 'commander';
import type { Calls } from '../../src-shared/ipc.ts';
import type { Instance } from '../instance/instance.ts';
import type { Misuse, Run, Terminal } from './command-line.ts';
import type { GivenOptions } from './given-options.ts';

export interface DataFolderDeps extends Terminal {
  readonly openInstance: (
    dataDir: string | undefined,
    isVerbose: boolean,
  ) => Promise<Pick<Instance, 'calls' | 'close'>>;
}

/** What a command prints, with an exit code where that is not 0. */
export interface Said {
  readonly text: string;
  readonly code: number;
}

/** Prints the result. */
type Work = (calls: Calls, words: readonly string[], options: GivenOptions) => Promise<string | Said | void>;

export const EXIT_CODES = `Exit codes: 0 done, 1 not possible, 2 the command is not understood.`;

export function dataFolderOptions(): readonly Option[] {
  return [
    new Option('--data-dir <DIR>', 'the data folder'),
    new Option('-v, --verbose', 'print more about what is being done'),
  ];
}

/** A command that is not understood ends with 2. */
export function dataFolderMisuse(name: string): Misuse {
  return { code: 2, help: name };
}

/**
 * Makes commands that call the program that has the data folder: a server, the tray app, or parts opened for this
 * command.
 */
export function onDataFolder({ say, openInstance }: DataFolderDeps): (work: Work) => Run {
  return (work) => async (words, options) => {
    const instance = await openInstance(options.text('data-dir'), options.has('verbose'));
    try {
      const said = await work(instance.calls, words, options);
      if (typeof said === 'string') say(said);
      if (typeof said !== 'object') return 0;
      say(said.text);
      return said.code;
    } finally {
      await instance.close();
    }
  };
}
