// Deploys TabPy's four models, by a script of ours that runs like any other. Must not know the models.

import type { Calls } from '../../src-shared/ipc.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';

const DEPLOY = 'from tabpy.models import deploy_models\nreturn deploy_models.main()';
// A caller of its own: nobody else's script was ever in that Python, unless `--isolation shared` wants it so.
const CALLER = { key: 'models of TabPy', party: 'models of TabPy', name: 'models of TabPy', left: null } as const;

export function createDeployModels(runtime: Pick<Runtime, 'evaluate'>): Calls['deployModels'] {
  const scripts = createOwnScripts((body) => runtime.evaluate(body, CALLER), 'The models were not deployed');
  return async () => (await scripts.run(DEPLOY)) as readonly string[];
}
