// Deploys TabPy's four models: Python gives the script that defines and deploys them, and runs it like any other.
// Must not know the models.

import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { Answer, Runtime } from '../runtime/runtime.ts';

// A caller of its own: nobody else's script was ever in that Python, unless `--isolation shared` wants it so.
const CALLER = { key: 'models of TabPy', left: null } as const;
const ASK_FOR_SCRIPT = 'from tabpy.models import deploy_models\nreturn deploy_models.script()';

export function createDeployModels(runtime: Pick<Runtime, 'evaluate'>): Calls['deployModels'] {
  const run = async (script: string): Promise<unknown> =>
    resultOf(await runtime.evaluate(Buffer.from(JSON.stringify({ script, data: {} })), CALLER));
  return async () => {
    const script = await run(ASK_FOR_SCRIPT);
    return (await run(String(script))) as readonly string[];
  };
}

/** @throws CallError that says why there is none */
function resultOf(answer: Answer): unknown {
  switch (answer.kind) {
    case 'answered': {
      const body: unknown = JSON.parse(answer.body.toString());
      if (answer.meta.status === 200) return body;
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
