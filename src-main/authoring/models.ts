// Deploys TabPy's four models with a script of ours, which runs like any other.

import type { Calls } from '../../src-shared/ipc.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createOwnScripts } from './own-scripts.ts';

const DEPLOY = 'from tabpy.models import deploy_models\nreturn deploy_models.main()';
// A caller of its own: its interpreter ran no other caller's script, except with `--isolation shared`.
const CALLER = { key: 'models of TabPy', party: 'models of TabPy', name: 'models of TabPy', left: null } as const;

export function createDeployModels(runtime: Pick<Runtime, 'evaluate'>): Calls['deployModels'] {
  const scripts = createOwnScripts((body) => runtime.evaluate(body, CALLER), 'The models were not deployed');
  return async () => (await scripts.run(DEPLOY)) as readonly string[];
}
