// `npm run screenshots [part of a name …]`: pictures of every screen and every state, light and dark, into docs/images.
// Must not test anything.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { SCREENS } from '../../src-shared/ipc.ts';
import type { Snapshot } from '../../src-shared/ipc.ts';
import { buildPage } from '../renderer/support/built-page.ts';
import { openPage } from '../renderer/support/opened-page.ts';
import type { HowToOpen } from '../renderer/support/opened-page.ts';
import { firstRun, snapshotWith, STATES } from '../renderer/support/scenes.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';

interface Picture extends HowToOpen {
  readonly name: string;
  readonly snapshot: Snapshot;
}

const folder = path.resolve(import.meta.dirname, '../../docs/images');
const wanted = process.argv.slice(2);

const screens: readonly Picture[] = SCREENS.map((screen) => ({
  name: `screen-${screen}`,
  snapshot: snapshotWith(),
  screen: screen === 'functions' ? 'functions/profitRatio' : screen,
}));
// Running is what every screen shows.
const { running: _, ...others } = STATES;
const states: readonly Picture[] = Object.entries(others).map(([kind, state]) => ({
  name: `state-${kind}`,
  snapshot: snapshotWith({ state, functions: [], notices: [] }),
  height: 180,
  width: 900,
}));
const pictures: readonly Picture[] = [...screens, ...states, { name: 'first-run', snapshot: firstRun() }];

const program = findChromium();
if (program === null) throw new Error('no Chromium found: install one or name it in TABPY_TRAY_CHROMIUM');
const built = await buildPage();
const browser = await launchChromium(program);
mkdirSync(folder, { recursive: true });
for (const scheme of ['light', 'dark'] as const) {
  for (const { name, snapshot, ...how } of pictures) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const file = path.join(folder, `${name}-${scheme}.png`);

    const { page, complaints, close } = await openPage(browser, built, snapshot, { scheme, ...how });
    await page.screenshot({ path: file, animations: 'disabled' });
    for (const complaint of complaints) console.log(`${name}: ${complaint}`);
    await close();
  }
}
await browser.close();
await built.close();
