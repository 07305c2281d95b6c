// What every test of the page in a browser begins with: the built page and a Chromium. Must not know what is tested.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { Snapshot } from '../../../src-shared/ipc.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { buildPage } from './built-page.ts';
import type { BuiltPage } from './built-page.ts';
import { openPage } from './opened-page.ts';
import type { HowToOpen, OpenedPage } from './opened-page.ts';

export interface PageTests {
  /** Opens the page on a program that says this; it is closed after the test. */
  readonly open: (snapshot: Snapshot, how?: HowToOpen) => Promise<OpenedPage>;
}

/** A group of tests that is left out, and says so, where there is no Chromium. */
export function describePage(title: string, tests: (page: PageTests) => void): void {
  const program = findChromium();
  if (program === null)
    console.warn(`SKIPPED: ${title}; no Chromium found. Install one or name it in TABPY_TRAY_CHROMIUM.`);
  const group = describe.skipIf(program === null);
  group(title, () => {
    let built: BuiltPage;
    let browser: Browser;
    beforeAll(async () => {
      [built, browser] = await Promise.all([buildPage(), launchChromium(program!)]);
    });
    afterAll(async () => {
      await browser?.close();
      await built?.close();
    });
    tests({
      async open(snapshot, how) {
        const opened = await openPage(browser, built, snapshot, how);
        onTestFinished(() => opened.close());
        return opened;
      },
    });
  });
}
