import { expect, it } from 'vitest';
import { createBrowsers } from '../../src-main/console/browsers.ts';

it('a link works once, and then there is another one', () => {
  const browsers = createBrowsers();
  const told: string[] = [];
  browsers.onNewToken((token) => void told.push(token));
  const first = browsers.token();
  const cookie = browsers.admit(first)!;
  expect(browsers.isKnown(cookie)).toBe(true);
  expect(browsers.admit(first)).toBeNull();
  expect(told).toEqual([browsers.token()]);
  expect(browsers.token()).not.toBe(first);
});

it('nothing but a cookie that was given out is known', () => {
  const browsers = createBrowsers();
  for (const text of ['', 'x', browsers.token()]) expect(browsers.isKnown(text)).toBe(false);
  expect(browsers.isKnown(undefined)).toBe(false);
  expect(browsers.admit('')).toBeNull();
});

it('the latest sixteen browsers stay', () => {
  const browsers = createBrowsers();
  const cookies = Array.from({ length: 17 }, () => browsers.admit(browsers.token())!);
  expect(cookies.map((cookie) => browsers.isKnown(cookie))).toEqual([false, ...Array<boolean>(16).fill(true)]);
});
