// Deploys TabPy's four models, by a script of ours that runs like any other. Must not know the models.

import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { Answer, Runtime } from '../runtime/runtime.ts';

// A caller of its own: nobody else's script was ever in that Python, unless `--isolation shared` wants it so.
const CALLER = { key: 'models of TabPy', left: null } as const;
const REQUEST = JSON.stringify({
  data: {},
  script: 'from tabpy.models import deploy_models\nreturn deploy_models.main()',
});

export function createDeployModels(runtime: Pick<Runtime, 'evaluate'>): Calls['deployModels'] {
  return async () => namesIn(await runtime.evaluate(Buffer.from(REQUEST), CALLER));
}

/** @throws CallError that says why there are none */
function namesIn(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case 'answered': {
      const body: unknown = JSON.parse(answer.body.toString());
      if (answer.meta.status === 200) return body as readonly string[];
      throw refused(String((body as { readonly info: unknown }).info));
    }
    case 'change-refused':
      throw refused(answer.why);
    case 'ended':
      throw refused(`Python ended (${answer.reason.kind}). Try again.`);
    case 'refused':
      throw refused(
        answer.refusal.kind === 'closed'
          ? 'start the server first.'
          : `Python is not to be had (${answer.refusal.kind}).`,
      );
  }
}

const refused = (why: string): CallError => new CallError('refused', `The models were not deployed: ${why}`);
