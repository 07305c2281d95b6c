// What every test of the page in a browser begins with: the built page and a Chromium. Must not know what is tested.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Snapshot } from '../../../src-shared/ipc.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { buildPage } from './built-page.ts';
import type { BuiltPage } from './built-page.ts';
import { openPage } from './opened-page.ts';
import type { HowToOpen, OpenedPage } from './opened-page.ts';

const program = findChromium();
if (program === null) {
  console.warn('SKIPPED: the page in a browser; no Chromium found. Install one or name it in TABPY_TRAY_CHROMIUM.');
}
export const isWithoutChromium = program === null;

export interface PageTests {
  /** Opens the page on a program that says this; it is closed after the test. */
  readonly open: (snapshot: Snapshot, how?: HowToOpen) => Promise<OpenedPage>;
}

/** For the body of a `describe.skipIf(isWithoutChromium)`. */
export function usePageTests(): PageTests {
  let built: BuiltPage;
  let browser: Browser;
  beforeAll(async () => {
    [built, browser] = await Promise.all([buildPage(), launchChromium(program!)]);
  });
  afterAll(async () => {
    await browser?.close();
    await built?.close();
  });
  return {
    async open(snapshot, how) {
      const opened = await openPage(browser, built, snapshot, how);
      onTestFinished(() => opened.close());
      return opened;
    },
  };
}
