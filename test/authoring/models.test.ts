import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src-main/runtime/answer.ts';
import { createDeployModels } from '../../src-main/authoring/models.ts';
import { answered, fakeRuntime } from '../http/support/fake-runtime.ts';

describe('deploying TabPy’s models', () => {
  it('asks Python to, as a caller of its own, and answers their names', async () => {
    const runtime = fakeRuntime();
    runtime.answer = () => Promise.resolve(answered('["PCA", "anova"]'));
    expect(await createDeployModels(runtime)()).toEqual(['PCA', 'anova']);
    const [call] = runtime.calls;
    expect(JSON.parse(call!.body.toString())).toMatchObject({
      script: expect.stringContaining('deploy_models.main()'),
    });
    // Keys of callers from outside are JSON lists.
    expect(call!.caller!.key).not.toMatch(/^\[/);
  });

  it.each<[Answer, string]>([
    [answered('{"message": "x", "info": "ImportError : no sklearn"}', { status: 500 }), 'ImportError : no sklearn'],
    [{ kind: 'refused', refusal: { kind: 'closed' } }, 'start the server first.'],
    [{ kind: 'ended', reason: { kind: 'deadline', afterMs: 30 } }, 'Python ended (stopped after 0.03 s). Try again.'],
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
