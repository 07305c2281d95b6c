// `tabpy-tray deploy-models`: deploys TabPy's models from the command line.

import type { CommandShape } from './command-line.ts';
import { dataFolderMisuse, dataFolderOptions, EXIT_CODES, onDataFolder } from './data-folder-command.ts';
import type { DataFolderDeps } from './data-folder-command.ts';

export function deployModelsCommand(deps: DataFolderDeps): CommandShape {
  return {
    usage: 'deploy-models',
    summary: "deploy TabPy's models: PCA, Sentiment Analysis, ttest, anova",
    description:
      "Deploys TabPy's models PCA, Sentiment Analysis, ttest and anova on the server that uses the data folder. If no server uses it, the models are deployed into the folder itself. Functions with these names get a new version.",
    epilogue: EXIT_CODES,
    options: dataFolderOptions(),
    misuse: dataFolderMisuse('deploy-models'),
    run: onDataFolder(deps)(async (calls) => {
      for (const name of await calls.deployModels()) deps.say(`Deployed '${name}'.\n`);
    }),
  };
}
