import { describe, expect, it } from 'vitest';

import { createSleepClock, nowMs } from '../../../../src-main/engines/builtin/guest/clock.ts';

describe("the guest's clock", () => {
  it('never stands still, so that a rate can be divided by the time that passed', () => {
    let last = nowMs();
    for (let call = 0; call < 10_000; call++) {
      const now = nowMs();
      expect(now).toBeGreaterThan(last);
      last = now;
    }
  });

  it('naps while it is asked again and again, as a sleeping Python does', () => {
    let naps = 0;
    const ask = createSleepClock(() => naps++);
    for (let call = 0; call < 5; call++) ask();
    expect(naps).toBe(4);
  });
});
