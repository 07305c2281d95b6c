import { expect, it } from 'vitest';
import { createVisitors } from '../../src-main/console/browsers.ts';

it('a link works once, and then there is another one', () => {
  const visitors = createVisitors();
  const told: string[] = [];
  visitors.onNewToken((token) => void told.push(token));
  const first = visitors.token();
  const cookie = visitors.admit(first)!;
  expect(visitors.isKnown(cookie)).toBe(true);
  expect(visitors.admit(first)).toBeNull();
  expect(told).toEqual([visitors.token()]);
  expect(visitors.token()).not.toBe(first);
});

it('nothing but a cookie that was given out is known', () => {
  const visitors = createVisitors();
  for (const text of ['', 'x', visitors.token()]) expect(visitors.isKnown(text)).toBe(false);
  expect(visitors.isKnown(undefined)).toBe(false);
  expect(visitors.admit('')).toBeNull();
});

it('the latest sixteen browsers stay', () => {
  const visitors = createVisitors();
  const cookies = Array.from({ length: 17 }, () => visitors.admit(visitors.token())!);
  expect(cookies.map((cookie) => visitors.isKnown(cookie))).toEqual([false, ...Array<boolean>(16).fill(true)]);
});
