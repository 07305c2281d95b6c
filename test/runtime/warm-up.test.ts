import { describe, expect, it } from 'vitest';
import { warmedUp } from '../../src-main/runtime/warm-up.ts';
import { fakeInterpreter } from './support/fake-interpreter.ts';

describe('an interpreter that warms up', () => {
  it('is ready once it answered a request of ours', async () => {
    const fake = fakeInterpreter(1);
    const interpreter = warmedUp(fake.interpreter);
    let isReady = false;
    const ready = interpreter.ready.then((answer) => {
      isReady = true;
      return answer;
    });
    const asking = fake.next();
    fake.becomeReady();
    const asked = await asking;
    expect(asked.meta.op).toBe('evaluate');
    expect(isReady).toBe(false);
    asked.answer();
    expect(await ready).toMatchObject({ ready: true });
  });

  it('that ends meanwhile tells why', async () => {
    const fake = fakeInterpreter(1);
    const interpreter = warmedUp(fake.interpreter);
    const asking = fake.next();
    fake.becomeReady();
    await asking;
    const reason = { kind: 'exited', code: 1, signal: null } as const;
    fake.end(reason);
    expect(await interpreter.ready).toEqual(reason);
    expect(interpreter.isAlive).toBe(false);
  });
});
