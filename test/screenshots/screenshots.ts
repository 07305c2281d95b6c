// `npm run screenshots [part of a name …]`: pictures of every screen and every state, light and dark, into docs/images.
// Must not test anything.

import { NO_CALL } from '../../src-shared/verdict.ts';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { SCREENS } from '../../src-shared/ipc.ts';
import type { Snapshot } from '../../src-shared/ipc.ts';
import type { PackagePlan } from '../../src-shared/package.ts';
import type { RequestDetail } from '../../src-shared/request-record.ts';
import { answerAuthor } from '../renderer/support/author-program.ts';
import { buildPage } from '../renderer/support/built-page.ts';
import { openPage } from '../renderer/support/opened-page.ts';
import type { HowToOpen, OpenedPage } from '../renderer/support/opened-page.ts';
import type { FakeWindow } from '../renderer/support/fake-window.ts';
import { FAULTY, FIGURES } from '../renderer/support/function-scenes.ts';
import { firstRun, LIVE, NOW, requestDetail, requestRecord, snapshotWith, STATES } from '../renderer/support/scenes.ts';
import { ENVIRONMENTS, FOUND } from '../renderer/support/environment-scenes.ts';
import { PLAN, WORKING } from '../renderer/support/package-scenes.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { EDITOR_WORDS } from '../../src-renderer/features/functions/editor/words.ts';
import { SOURCE_WORDS, TRIAL_WORDS } from '../../src-renderer/workbench/words.ts';
import { FUNCTION_WORDS } from '../../src-renderer/features/functions/words.ts';
import { ENVIRONMENT_WORDS } from '../../src-renderer/features/packages/environments/words.ts';
import { PACKAGE_WORDS } from '../../src-renderer/features/packages/words.ts';
import { INSPECTOR_WORDS, PROMOTE_WORDS, REPAIR_WORDS } from '../../src-renderer/features/requests/inspector/words.ts';
import { VERSION_WORDS } from '../../src-renderer/features/functions/versions/words.ts';
import { beginning } from '../renderer/support/sentences.ts';

interface Picture extends HowToOpen {
  readonly name: string;
  readonly snapshot: Snapshot;
  /** What the user does before the picture is taken. */
  readonly prepare?: (page: Page, opened: OpenedPage) => Promise<void>;
}

const folder = path.resolve(import.meta.dirname, '../../docs/images');
const wanted = process.argv.slice(2);

const screens: readonly Picture[] = SCREENS.filter((screen) => screen !== 'functions').map((screen) => ({
  name: `screen-${screen}`,
  snapshot: snapshotWith(),
  screen,
}));
// Running is what every screen shows.
const { running: _, ...others } = STATES;
const states: readonly Picture[] = Object.entries(others).map(([kind, state]) => ({
  name: `state-${kind}`,
  snapshot: snapshotWith({ state, functions: [], notices: [] }),
  height: 180,
  width: 900,
}));
const opened = (outcome: 'failed' | 'rejected', tab: string): Picture => {
  const failure = outcome === 'failed' ? { status: 500, failure: "NameError : name 'forecast' is not defined" } : {};
  const detail = requestDetail(requestRecord(900, NOW - 5_000, { preview: 'import numpy as np', ...failure }), outcome);
  const base = snapshotWith();
  return {
    name: `request-${outcome}`,
    snapshot: { ...base, requests: [...base.requests, detail.record] },
    screen: 'requests',
    async prepare(page) {
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.answer('requestDetail', () => JSON.parse(text) as RequestDetail);
      }, JSON.stringify(detail));
      await page.getByRole('row').nth(1).click();
      await page.getByRole('tab', { name: tab }).click();
    },
  };
};
/** A failed request that is being repaired, before and after side by side. */
const repaired = (name: string, size: { readonly width?: number; readonly height?: number }): Picture => {
  const before = requestDetail(requestRecord(900, NOW - 9_000, { status: 500, failure: 'NameError' }), 'failed');
  const after = requestDetail(requestRecord(901, NOW - 5_000), 'rejected');
  const base = snapshotWith();
  return {
    name,
    snapshot: { ...base, live: LIVE, requests: [...base.requests, before.record] },
    screen: 'requests',
    ...size,
    async prepare(page, { answer }) {
      await answer('requestDetail', before);
      await answer('checkScript', { functions: null, problems: [] });
      await page.getByRole('row').filter({ hasText: 'forecast is a deployed function' }).click();
      await page.getByRole('button', { name: INSPECTOR_WORDS.repair }).click();
      await page.getByRole('textbox', { name: REPAIR_WORDS.script }).waitFor();
      await answer('replay', 901);
      await answer('requestDetail', after);
      await page.getByRole('button', { name: REPAIR_WORDS.run }).click();
      await page.getByRole('region', { name: REPAIR_WORDS.after, exact: true }).getByRole('table').waitFor();
    },
  };
};
const withFigures = snapshotWith({ figures: FIGURES });
const newFunction = async (page: Page, { answer }: OpenedPage): Promise<void> => {
  const parameters = ['x', 'y'].map((name) => ({ name, type: 'any' as const, isRequired: true, about: '' }));
  await answer('checkSource', { functions: null, problems: [] });
  await page.getByRole('button', { name: FUNCTION_WORDS.create }).click();
  await page.getByRole('textbox', { name: EDITOR_WORDS.code }).waitFor();
  await answer('checkSource', {
    functions: [{ name: 'clustering', docstring: '', line: 1, parameters }],
    problems: [],
  });
  await page.getByRole('combobox', { name: EDITOR_WORDS.from }).selectOption('clustering');
  await page.getByRole('textbox', { name: 'y', exact: true }).waitFor();
  await answer('tryFunction', {
    kind: 'answered',
    call: NO_CALL,
    result: '[0, 0, 0, 1, 1, 1, 1]',
    elapsedMs: 38,
    prints: '',
    pictures: [],
  });
  await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
  await page.getByText(TRIAL_WORDS.tookOf('')).waitFor();
};
const promoted = requestDetail(requestRecord(901, NOW - 5_000, { preview: 'import numpy as np' }), 'rejected');
const functions: readonly Picture[] = [
  { name: 'screen-functions', snapshot: withFigures, screen: 'functions' },
  ...(Object.keys(FUNCTION_WORDS.parts) as readonly (keyof typeof FUNCTION_WORDS.parts)[]).map((part) => ({
    name: `function-${part}`,
    snapshot: withFigures,
    screen: 'functions',
    async prepare(page: Page, { show }: OpenedPage) {
      await show('functions/profitRatio');
      await page.getByRole('tab', { name: FUNCTION_WORDS.parts[part] }).click();
      if (part === 'test') await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      if (part === 'code') await page.locator('.code-look--keyword').first().waitFor();
      if (part === 'versions') await page.getByRole('list', { name: beginning(VERSION_WORDS.difference) }).waitFor();
    },
  })),
  {
    name: 'function-editor',
    snapshot: withFigures,
    screen: 'functions',
    async prepare(page, { answer, show }) {
      await show('functions/profitRatio');
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await answer('checkSource', FAULTY);
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('\n# next');
      await page.getByText(SOURCE_WORDS.problems(1, 1)).waitFor();
      await page.getByRole('textbox', { name: 'sales' }).fill('120, 80, 0, 40');
      await page.getByRole('textbox', { name: 'costs' }).fill('90, 48, 10, 35');
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText(TRIAL_WORDS.tookOf('')).waitFor();
    },
  },
  { name: 'function-new', snapshot: withFigures, screen: 'functions', prepare: newFunction },
  {
    name: 'function-import',
    snapshot: withFigures,
    screen: 'functions',
    async prepare(page) {
      const file = { name: 'team.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('legacy').waitFor();
    },
  },
  {
    name: 'function-promote',
    snapshot: { ...withFigures, requests: [...withFigures.requests, promoted.record] },
    screen: 'requests',
    async prepare(page, { answer }) {
      await answer('requestDetail', promoted);
      await page.getByRole('row').nth(1).click();
      await page.getByRole('button', { name: INSPECTOR_WORDS.promote }).click();
      await page.getByRole('textbox', { name: PROMOTE_WORDS.name }).fill('customer_forecast');
      await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg1') }).fill('sales');
      await page.getByRole('textbox', { name: PROMOTE_WORDS.argument('_arg2') }).fill('customers');
    },
  },
];
const pictures: readonly Picture[] = [
  ...screens,
  ...states,
  ...functions,
  opened('failed', INSPECTOR_WORDS.parts.script),
  opened('rejected', INSPECTOR_WORDS.parts.data),
  repaired('request-repair', {}),
  repaired('request-repair-wide', { width: 1600, height: 900 }),
  {
    name: 'packages-plan',
    snapshot: snapshotWith(),
    screen: 'packages',
    async prepare(page) {
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.answer('planPackage', () => JSON.parse(text) as PackagePlan);
      }, JSON.stringify(PLAN));
      await page.getByRole('button', { name: PACKAGE_WORDS.addOne('statsmodels') }).click();
      await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).waitFor();
    },
  },
  {
    name: 'packages-work',
    snapshot: snapshotWith({ packages: WORKING }),
    screen: 'packages',
  },
  {
    name: 'environments',
    snapshot: snapshotWith({ environments: ENVIRONMENTS }),
    screen: 'packages',
    async prepare(page, { answer }) {
      await answer('findPythons', FOUND);
      await page.getByRole('button', { name: ENVIRONMENT_WORDS.addTitle }).click();
      await page.getByText(ENVIRONMENT_WORDS.found).waitFor();
      await page
        .getByRole('region', { name: ENVIRONMENT_WORDS.title, exact: true })
        .evaluate((card) => card.scrollIntoView({ block: 'start' }));
    },
  },
  { name: 'first-run', snapshot: firstRun() },
];

const program = findChromium();
if (program === null) throw new Error('no Chromium found: install one or name it in TABPY_TRAY_CHROMIUM');
const built = await buildPage();
const browser = await launchChromium(program);
mkdirSync(folder, { recursive: true });
for (const scheme of ['light', 'dark'] as const) {
  for (const { name, snapshot, prepare, ...how } of pictures) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const file = path.join(folder, `${name}-${scheme}.png`);

    const opened = await openPage(browser, built, snapshot, { scheme, ...how });
    const { page, complaints, close } = opened;
    await answerAuthor(opened);
    await prepare?.(page, opened);
    await page.screenshot({ path: file, animations: 'disabled' });
    for (const complaint of complaints) console.log(`${name}: ${complaint}`);
    await close();
  }
}
await browser.close();
await built.close();
