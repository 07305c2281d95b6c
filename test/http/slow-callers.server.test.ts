import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSlowCallers } from '../../src-main/http/slow-callers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A transfer that moves so many bytes a second, until it stops. */
function transfer(bytesASecond: number, stopsAfterMs = Infinity) {
  const start = performance.now();
  const cut = vi.fn();
  const slow = createSlowCallers();
  const watch = slow.watch(() => (Math.min(performance.now() - start, stopsAfterMs) / 1_000) * bytesASecond, cut);
  return { cut, watch };
}

describe('a caller', () => {
  it('who sends nothing for half a minute is cut, once', async () => {
    const { cut } = transfer(1e6, 10_000);
    await vi.advanceTimersByTimeAsync(35_000);
    expect(cut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(cut).toHaveBeenCalledTimes(1);
  });

  it('who sends a few bytes now and then is cut as well', async () => {
    const { cut } = transfer(100);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(cut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(cut).toHaveBeenCalledTimes(1);
  });

  it('on a slow line is let be for as long as it takes', async () => {
    const { cut } = transfer(20_000);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(cut).not.toHaveBeenCalled();
  });

  it('who is done is watched no more, and no timer stays', async () => {
    const { cut, watch } = transfer(0);
    watch.done();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cut).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
