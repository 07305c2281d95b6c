import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src-main/runtime/runtime.ts';
import { createDeployModels } from '../../src-main/service/models.ts';
import { answered, fakeRuntime } from '../server/support/fake-runtime.ts';

const scriptIn = (body: Buffer): string => (JSON.parse(body.toString()) as { script: string }).script;

describe('deploying TabPy’s models', () => {
  it('runs the script that Python gives, and answers their names', async () => {
    const runtime = fakeRuntime();
    runtime.answer = ({ body }) =>
      Promise.resolve(answered(scriptIn(body) === 'deploy them' ? '["PCA", "anova"]' : '"deploy them"'));
    expect(await createDeployModels(runtime)()).toEqual(['PCA', 'anova']);
    expect(runtime.calls.map(({ body }) => scriptIn(body))).toEqual([
      expect.stringContaining('deploy_models.script()'),
      'deploy them',
    ]);
  });

  it.each<[Answer, string]>([
    [answered('{"message": "x", "info": "ImportError : no sklearn"}', { status: 500 }), 'ImportError : no sklearn'],
    [{ kind: 'refused', refusal: { kind: 'closed' } }, 'start the server first.'],
    [{ kind: 'ended', reason: { kind: 'deadline', afterMs: 30 } }, 'Python ended (deadline). Try again.'],
    [
      { kind: 'change-refused', why: 'OSError : no space left', meta: { status: 200, bodyBytes: 0 } },
      'OSError : no space left',
    ],
  ])('that goes wrong says why: %j', async (answer, why) => {
    const runtime = fakeRuntime();
    runtime.answer = () => Promise.resolve(answer);
    await expect(createDeployModels(runtime)()).rejects.toMatchObject({
      code: 'refused',
      message: `The models were not deployed: ${why}`,
    });
  });
});
