import { describe, expect, it } from 'vitest';
import type { Interpreter } from '../../src-main/runtime/interpreter.ts';
import { createMemoryBudget, mostFor } from '../../src-main/runtime/memory-budget.ts';
import { fakeInterpreter, settled } from './support/fake-interpreter.ts';

const MB = 1_000_000;

/** Interpreters that hold so many megabytes, and how often they were measured. */
function measuredOnes(megabytes: readonly number[]) {
  const looks = { count: 0 };
  const interpreters: Interpreter[] = megabytes.map((one, at) => ({
    ...fakeInterpreter(at).interpreter,
    privateBytes() {
      looks.count += 1;
      return Promise.resolve(one * MB);
    },
  }));
  return { interpreters, looks };
}

describe('how many interpreters the memory holds', () => {
  it('is counted with what one usually takes until one was measured', () => {
    expect(mostFor(1_900 * MB, [])).toBe(10);
  });

  it('follows from what those that live really take', () => {
    expect(mostFor(2_000 * MB, [200 * MB, 200 * MB])).toBe(10);
    expect(mostFor(2_000 * MB, [400 * MB, 400 * MB])).toBe(5);
  });

  it('is less than live when they take more than there is', () => {
    expect(mostFor(1_000 * MB, [600 * MB, 600 * MB, 300 * MB])).toBe(2);
    expect(mostFor(0, [600 * MB])).toBe(0);
  });

  it('is bounded, however much memory there is', () => {
    expect(mostFor(1e15, [])).toBe(200);
  });
});

describe('a budget of memory', () => {
  it('tells when more or fewer may live', async () => {
    const { interpreters } = measuredOnes([380, 380]);
    const told: number[] = [];
    const budget = createMemoryBudget({
      budgetBytes: () => 1_900 * MB,
      interpreters: () => interpreters,
      onMost: (most) => void told.push(most),
    });
    expect(budget.most()).toBe(10);
    budget.noteChange();
    await settled();
    expect([budget.most(), told]).toEqual([5, [5]]);
  });

  it('measures from time to time only, however much happens', async () => {
    const { interpreters, looks } = measuredOnes([200]);
    const clock = { now: 0 };
    const budget = createMemoryBudget({
      budgetBytes: () => 1_000 * MB,
      interpreters: () => interpreters,
      onMost: () => undefined,
      now: () => clock.now,
    });
    for (let change = 0; change < 1_000; change += 1) {
      budget.noteChange();
      if (change % 100 === 0) await settled();
    }
    expect(looks.count).toBe(1);
    clock.now = 5_000;
    budget.noteChange();
    await settled();
    expect(looks.count).toBe(2);
  });

  it('is counted again when the owner gives another', () => {
    let budgetBytes = 1_900 * MB;
    const told: number[] = [];
    const budget = createMemoryBudget({
      budgetBytes: () => budgetBytes,
      interpreters: () => [],
      onMost: (most) => void told.push(most),
    });
    budgetBytes = 3_800 * MB;
    budget.recount();
    budget.recount();
    expect(told).toEqual([20]);
  });
});
