import { describe, expect, it } from 'vitest';
import { warmedUp } from '../../src-main/runtime/warm-up.ts';
import { fakeInterpreter } from './support/fake-interpreter.ts';

describe('an interpreter that warms up', () => {
  it('is ready once it answered requests of ours, whatever it said to them', async () => {
    const fake = fakeInterpreter(1);
    const interpreter = warmedUp(fake.interpreter);
    let isReady = false;
    const ready = interpreter.ready.then((answer) => {
      isReady = true;
      return answer;
    });
    let asking = fake.next();
    fake.becomeReady();
    const operations = new Set<string>();
    for (let count = 0; ; count += 1) {
      const asked = await Promise.race([asking, ready.then(() => null)]);
      if (asked === null) break;
      operations.add(asked.meta.op);
      expect(isReady).toBe(false);
      asking = fake.next();
      asked.answer({ status: count % 2 ? 200 : 500 });
    }
    expect(await ready).toMatchObject({ ready: true });
    expect([...operations].toSorted()).toEqual(['evaluate', 'query', 'sync']);
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
