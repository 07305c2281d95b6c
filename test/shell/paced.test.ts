// Doing something often asked for only now and then.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPaced } from '../../src-main/shell/paced.ts';

describe('paced work', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is done at once the first time, and once more for all calls of the next while', () => {
    let count = 0;
    const { call } = createPaced(() => (count += 1), 250);
    call();
    expect(count).toBe(1);
    call();
    call();
    vi.advanceTimersByTime(249);
    expect(count).toBe(1);
    vi.advanceTimersByTime(1);
    expect(count).toBe(2);
    vi.advanceTimersByTime(10_000);
    expect(count).toBe(2);
    call();
    expect(count).toBe(3);
  });

  it('is not done any more after it was cancelled', () => {
    let count = 0;
    const { call, cancel } = createPaced(() => (count += 1), 250);
    call();
    call();
    cancel();
    vi.advanceTimersByTime(10_000);
    expect(count).toBe(1);
  });
});
