import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';

import { utcDate } from '../../../../src-main/engines/builtin/guest/utc.ts';

describe("the guest's Date", () => {
  it('is the same wherever the computer stands', () => {
    const before = process.env.TZ;
    onTestFinished(() => {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    });
    process.env.TZ = 'Asia/Tokyo';
    expect(new Date(0).getHours()).toBe(9);
    const GuestDate = utcDate(runInNewContext('Date') as DateConstructor);
    expect([new GuestDate(0).getHours(), new GuestDate(0).getTimezoneOffset()]).toEqual([0, 0]);
    expect(new GuestDate(2026, 6, 1, 12).getTime()).toBe(Date.UTC(2026, 6, 1, 12));
    const moved = new GuestDate(0);
    moved.setHours(5);
    expect(moved.getTime()).toBe(5 * 3_600_000);
    expect(Math.abs(GuestDate.now() - Date.now())).toBeLessThan(1_000);
    expect(new GuestDate().getTime()).toBeGreaterThan(1e12);
  });
});
