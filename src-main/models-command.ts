// `tabpy-tray deploy-models`: TabPy's models from the command line. Must not know the models, nor who deploys them.

import { parseArgs } from 'node:util';
import type { Desk } from './desk/desk.ts';

export const MODELS_HELP = `tabpy-tray deploy-models: TabPy's models PCA, Sentiment Analysis, ttest and anova, of the server that runs on the
data folder, or into the folder itself. Where there are functions of these names, they become new versions.

  --data-dir DIR          the data folder
  --verbose               say more

Ends with 0 when it is done, with 1 when it cannot be done, with 2 when the command is not understood.
`;

export interface ModelsCommandDeps {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly openDesk: (dataDir: string | undefined, isVerbose: boolean) => Promise<Desk>;
}

/** Deploys them; answers the exit code. */
export async function modelsCommand(args: readonly string[], deps: ModelsCommandDeps): Promise<number> {
  const { say, complain, openDesk } = deps;
  let values;
  try {
    ({ values } = parse(args));
  } catch (error) {
    complain(`${(error as Error).message.split('. ')[0]}. See tabpy-tray deploy-models --help.\n`);
    return 2;
  }
  if (values.help) {
    say(MODELS_HELP);
    return 0;
  }
  let desk: Desk | null = null;
  try {
    desk = await openDesk(values['data-dir'], values.verbose ?? false);
    for (const name of await desk.calls.deployModels()) say(`Deployed '${name}'.\n`);
    return 0;
  } catch (error) {
    complain(`${(error as Error).message}\n`);
    return 1;
  } finally {
    await desk?.close();
  }
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
