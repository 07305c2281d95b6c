// A browser's tab with the page in it, on a program that the test makes up. Must not know what is tested.

import type { Browser, Page } from 'playwright-core';
import type { CallAnswer, CallName, PageEvent, Snapshot } from '../../../src-shared/ipc.ts';
import type { Asked } from '../../../src-renderer/bridge/fake-bridge.ts';
import type { BuiltPage } from './built-page.ts';
import type { FakeWindow } from './fake-window.ts';
import { NOW } from './scenes.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the browser complained about, such as breaches of the policy. */
  readonly complaints: readonly string[];
  readonly emit: (event: PageEvent) => Promise<void>;
  readonly asked: () => Promise<readonly Asked[]>;
  /** From now on the call answers this, however often it is asked. */
  readonly answer: <Name extends CallName>(name: Name, value: CallAnswer<Name>) => Promise<void>;
  /** Goes to a screen, as a link would. */
  readonly show: (address: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface HowToOpen {
  readonly scheme?: 'light' | 'dark';
  readonly screen?: string;
  readonly width?: number;
  readonly height?: number;
  /** Time stands still at the scenes' moment. */
  readonly isStill?: boolean;
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

export async function openPage(
  browser: Browser,
  built: BuiltPage,
  snapshot: Snapshot,
  how: HowToOpen = {},
): Promise<OpenedPage> {
  const { scheme = 'light', screen = 'home', width = 1040, height = 720, isStill = true } = how;
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    reducedMotion: how.reducedMotion ?? 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  if (isStill) await page.clock.setFixedTime(NOW);
  // Above all scripts of the page: the fake needs its snapshot, the page its program.
  await page.addInitScript(`globalThis.snapshot = ${JSON.stringify(snapshot)};\n${built.fakeScript}`);
  await page.goto(`${built.url}#${screen}`);
  await page.getByRole('banner').waitFor();
  return {
    page,
    complaints,
    emit: (event) =>
      page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.emit(JSON.parse(text) as PageEvent);
      }, JSON.stringify(event)),
    answer: (name, value) =>
      page.evaluate(
        ({ name, text }) => {
          const given = JSON.parse(text) as never;
          (globalThis as unknown as FakeWindow).fake.answer(name, () => given);
        },
        { name, text: JSON.stringify(value) },
      ),
    asked: () => page.evaluate(() => (globalThis as unknown as FakeWindow).fake.asked()),
    async show(address) {
      await page.evaluate(`location.hash = ${JSON.stringify(`#${address}`)}`);
      await page.locator(`.app__screen--${address.split('/')[0]}`).waitFor();
    },
    close: () => context.close(),
  };
}
