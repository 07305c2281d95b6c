import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../src-shared/serial-queue.ts';

describe('a serial queue', () => {
  it('starts each work when the one before has ended, also when that failed', async () => {
    const queue = new SerialQueue();
    const steps: string[] = [];
    const work =
      (name: string, fails = false) =>
      async (): Promise<string> => {
        steps.push(`${name} starts`);
        await Promise.resolve();
        steps.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const all = Promise.allSettled([queue.run(work('a')), queue.run(work('b', true)), queue.run(work('c'))]);
    await queue.settled();
    expect(steps).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
