// `tabpy-tray deploy-models`: TabPy's models from the command line. Must not know the models, nor who deploys them.

import { parseArgs } from 'node:util';
import type { Calls } from '../../src-shared/ipc.ts';
import { runDataFolderCommand } from './data-folder-command.ts';
import type { DataFolderCommandDeps } from './data-folder-command.ts';

export const MODELS_HELP = `tabpy-tray deploy-models: TabPy's models PCA, Sentiment Analysis, ttest and anova, of the server that runs on the
data folder, or into the folder itself. Where there are functions of these names, they become new versions.

  --data-dir DIR          the data folder
  --verbose               say more

Ends with 0 when it is done, with 1 when it cannot be done, with 2 when the command is not understood.
`;

/** Deploys them; answers the exit code. */
export function modelsCommand(args: readonly string[], deps: DataFolderCommandDeps): Promise<number> {
  return runDataFolderCommand({ name: 'deploy-models', help: MODELS_HELP, parse, runOf: () => deploy }, args, deps);
}

async function deploy(calls: Calls, _values: unknown, say: (text: string) => void): Promise<void> {
  for (const name of await calls.deployModels()) say(`Deployed '${name}'.\n`);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string' },
      verbose: { type: 'boolean', short: 'v' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}
