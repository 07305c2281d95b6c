// Deploys TabPy's four models, by a script of ours that runs like any other. Must not know the models.

import type { Calls } from '../../src-shared/ipc.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';

const DEPLOY = 'from tabpy.models import deploy_models\nreturn deploy_models.main()';

export function createDeployModels(runtime: Pick<Runtime, 'evaluate'>): Calls['deployModels'] {
  const scripts = createOwnScripts(runtime, 'models of TabPy', 'The models were not deployed');
  return async () => (await scripts.run(DEPLOY)) as readonly string[];
}
