import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { supervise } from '../../src-main/runtime/supervision.ts';

const LIMITS = { bootMs: 20_000, memoryBytes: 1_000, frameBytes: 1_000 };

/** An interpreter that is ready and answers when a test says so; `looks` counts how often its memory was looked at. */
function readyOne(runsBetween = false) {
  const seen = { looks: 0, bytes: 0, lastId: 0, isKilled: false };
  const { interpreter, frame, gone } = supervise(
    {
      pid: () => 1,
      send: (id) => void (seen.lastId = id),
      kill: () => void (seen.isKilled = true),
      residentBytes() {
        seen.looks += 1;
        return seen.bytes;
      },
      privateBytes: () => Promise.resolve(0),
      runsBetween,
    },
    LIMITS,
  );
  const head = (value: object): Buffer => Buffer.from(JSON.stringify(value));
  frame({ id: 0, meta: head({ ready: true }), body: Buffer.alloc(0) });
  const answerIt = (): void =>
    frame({ id: seen.lastId, meta: head({ status: 200, bodyBytes: 0 }), body: Buffer.alloc(0) });
  return { interpreter, seen, answerIt, gone };
}

const run = (interpreter: ReturnType<typeof readyOne>['interpreter']) =>
  interpreter.run({ op: 'query', name: 'add' }, Buffer.alloc(0), null);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the memory of an interpreter', () => {
  it('is not looked at while nothing runs, and no timer is left', async () => {
    const { interpreter, seen, answerIt } = readyOne();
    await vi.advanceTimersByTimeAsync(1_000);
    const before = seen.looks;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(seen.looks).toBe(before);
    const running = run(interpreter);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.looks).toBeGreaterThanOrEqual(before + 9);
    answerIt();
    await running;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is looked at ten times a second at most, however many requests run', async () => {
    const { interpreter, seen, answerIt } = readyOne();
    for (let request = 0; request < 1_000; request += 1) {
      const running = run(interpreter);
      answerIt();
      await running;
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(seen.looks).toBeLessThanOrEqual(11);
  });

  it('is looked at once more after a request, so that what it left is seen', async () => {
    const { interpreter, seen, answerIt } = readyOne();
    await vi.advanceTimersByTimeAsync(1_000);
    const running = run(interpreter);
    answerIt();
    await running;
    seen.bytes = 1_001;
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.isKilled).toBe(true);
  });

  it('is looked at from time to time where a script may go on after its answer', async () => {
    const { interpreter, seen } = readyOne(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.looks).toBeGreaterThanOrEqual(11);
    expect(seen.looks).toBeLessThanOrEqual(14);
    void run(interpreter);
    seen.bytes = 1_001;
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.isKilled).toBe(true);
  });
});
