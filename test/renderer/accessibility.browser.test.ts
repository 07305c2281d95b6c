// Every screen and state for people who use a keyboard, a screen reader, large text or strong contrast.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SCREENS } from '../../src-shared/ipc.ts';
import { NO_PACKAGES } from '../../src-shared/package.ts';
import type { PackagePlan } from '../../src-shared/package.ts';
import { isWithoutChromium, usePageTests } from './support/page-tests.ts';
import type { RequestDetail } from '../../src-shared/request-record.ts';
import { answerAuthor } from './support/author-program.ts';
import type { FakeWindow } from './support/fake-window.ts';
import { ENVIRONMENTS, FOUND } from './support/environment-scenes.ts';
import { PACKAGES, PLAN, WORKING } from './support/package-scenes.ts';
import { ANSWERED, FAILED_RUN, FAULTY, FIGURES } from './support/function-scenes.ts';
import {
  firstRun,
  FUNCTIONS,
  LIVE,
  NOW,
  requestDetail,
  requestRecord,
  snapshotWith,
  STATES,
} from './support/scenes.ts';
import { EDITOR_WORDS } from '../../src-renderer/features/functions/editor/words.ts';
import { EXAMPLE_WORDS } from '../../src-renderer/features/functions/trial/words.ts';
import { TRANSFER_WORDS } from '../../src-renderer/features/functions/transfer/words.ts';
import { SOURCE_WORDS, TRIAL_WORDS } from '../../src-renderer/workbench/words.ts';
import { FUNCTION_WORDS } from '../../src-renderer/features/functions/words.ts';
import { ENVIRONMENT_WORDS } from '../../src-renderer/features/packages/environments/words.ts';
import { PACKAGE_WORDS } from '../../src-renderer/features/packages/words.ts';
import { REQUEST_WORDS } from '../../src-renderer/features/requests/words.ts';
import { INSPECTOR_WORDS, REPAIR_WORDS } from '../../src-renderer/features/requests/inspector/words.ts';
import { VERSION_WORDS } from '../../src-renderer/features/functions/versions/words.ts';
import { SECTION_IDS } from '../../src-renderer/features/settings/sections.ts';
import { SETTINGS_WORDS, SIGN_IN_WORDS } from '../../src-renderer/features/settings/words.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import { beginning } from './support/sentences.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on the page as it is, in words. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations, passes } = (await page.evaluate(
    'axe.run().then(({ violations, passes }) => ({ violations, passes: passes.map(({ id }) => id) }))',
  )) as { readonly violations: readonly Finding[]; readonly passes: readonly string[] };
  // That nothing was found means something only where something was looked at.
  expect(passes).toEqual(expect.arrayContaining(['color-contrast', 'button-name', 'region']));
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

interface Place {
  readonly name: string;
  readonly isShown: boolean;
}

/** Presses Tab until the focus comes around. */
async function tabThrough(page: Page): Promise<readonly (Place | null)[]> {
  const places: (Place | null)[] = [];
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    // Where a field is hidden behind what is drawn for it, or a row stands for its list, the outline is there.
    const place = (await page.evaluate(`(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return null;
      const drawn = [at, at.closest('label'), ...(at.closest('label')?.querySelectorAll('*') ?? []),
        document.getElementById(at.getAttribute('aria-activedescendant') ?? '')];
      const isShown = drawn.some((one) => one && getComputedStyle(one).outlineStyle !== 'none' &&
        parseFloat(getComputedStyle(one).outlineWidth) > 0);
      return { isShown, name: at.outerHTML.slice(0, 160) };
    })()`)) as Place | null;
    if (place === null) break;
    places.push(place);
  }
  return places;
}

describe.skipIf(isWithoutChromium)('everybody', () => {
  const { open } = usePageTests();

  describe('axe', () => {
    const schemes = ['light', 'dark'] as const;
    const NOTICES = [
      { id: 'a', level: 'warn', text: 'The settings file was damaged.' },
      { id: 'b', level: 'info', text: 'There is a newer version.' },
    ] as const;

    it.each(schemes)('finds nothing in %s on any screen', async (scheme) => {
      const { page, complaints, show } = await open(snapshotWith({ notices: NOTICES }), { scheme });
      for (const screen of SCREENS) {
        await show(screen === 'functions' ? 'functions/sentiment' : screen);
        if (screen === 'requests' || screen === 'logs') await page.getByRole('row').nth(1).click();
        expect({ screen, found: await findings(page) }).toEqual({ screen, found: [] });
      }
      expect(complaints).toEqual([]);
    });

    it.each(schemes)('finds nothing in %s on any part of a request', async (scheme) => {
      const record = requestRecord(1, NOW - 5_000, { preview: 'import numpy', status: 500, failure: 'NameError : x' });
      const detail = { ...requestDetail(record, 'failed'), prints: 'hello' };
      const { page } = await open(snapshotWith({ requests: [record] }), { scheme, screen: 'requests' });
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.answer('requestDetail', () => JSON.parse(text) as RequestDetail);
      }, JSON.stringify(detail));
      await page.getByRole('row').nth(1).click();
      for (const part of Object.values(INSPECTOR_WORDS.parts)) {
        await page.getByRole('tab', { name: part }).click();
        expect({ part, found: await findings(page) }).toEqual({ part, found: [] });
      }
    });

    it.each(schemes)('finds nothing in %s while a request is repaired and others run', async (scheme) => {
      const before = requestDetail(requestRecord(1, NOW - 9_000, { status: 500, failure: 'NameError' }), 'failed');
      const after = requestDetail(requestRecord(2, NOW - 5_000), 'rejected');
      const requests = [before.record, requestRecord(3, NOW - 8_900, { preview: 'import numpy' })];
      const { page, answer, complaints } = await open(snapshotWith({ live: LIVE, requests }), {
        scheme,
        screen: 'requests',
      });
      await answer('requestDetail', before);
      await answer('checkScript', { functions: null, problems: [] });
      await page.getByRole('row').nth(1).getByRole('gridcell').nth(2).click();
      await page.getByText(REQUEST_WORDS.liveLead).waitFor();
      expect({ part: 'live', found: await findings(page) }).toEqual({ part: 'live', found: [] });
      await page.getByRole('row').filter({ hasText: 'forecast is a deployed function' }).click();
      await page.getByRole('button', { name: INSPECTOR_WORDS.repair }).click();
      await page.getByRole('textbox', { name: REPAIR_WORDS.script }).waitFor();
      await answer('replay', 2);
      await answer('requestDetail', after);
      await page.getByRole('button', { name: REPAIR_WORDS.run }).click();
      await page.getByRole('region', { name: REPAIR_WORDS.after, exact: true }).getByRole('table').waitFor();
      for (const width of [1_040, 760, 520]) {
        await page.setViewportSize({ width, height: 720 });
        expect({ width, found: await findings(page) }).toEqual({ width, found: [] });
      }
      expect(complaints).toEqual([]);
    });

    it.each(schemes)('finds nothing in %s on any part of a function, nor in the editor', async (scheme) => {
      const opened = await open(snapshotWith({ figures: FIGURES }), { scheme, screen: 'functions' });
      const { page, complaints, show, answer } = opened;
      await answerAuthor(opened);
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: FUNCTION_WORDS.exportAll }).click();
      await page.getByRole('checkbox', { name: TRANSFER_WORDS.all }).waitFor();
      expect({ part: 'export', found: await findings(page) }).toEqual({ part: 'export', found: [] });
      await show('functions/profitRatio');
      await answer('tryDeployed', FAILED_RUN);
      for (const part of Object.values(FUNCTION_WORDS.parts)) {
        await page.getByRole('tab', { name: part }).click();
        if (part === FUNCTION_WORDS.parts.test)
          await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
        if (part === FUNCTION_WORDS.parts.code) await page.locator('.code-look--keyword').first().waitFor();
        if (part === FUNCTION_WORDS.parts.versions)
          await page.getByRole('list', { name: beginning(VERSION_WORDS.difference) }).waitFor();
        expect({ part, found: await findings(page) }).toEqual({ part, found: [] });
      }
      await page.getByRole('tab', { name: FUNCTION_WORDS.parts.test }).click();
      await answer('tryDeployed', { ...ANSWERED, pictures: ['bm8gcGljdHVyZQ=='] });
      await page.getByRole('button', { name: TRIAL_WORDS.run, exact: true }).click();
      await page.getByText(TRIAL_WORDS.chart, { exact: true }).click();
      await page.getByRole('button', { name: EXAMPLE_WORDS.runAll }).click();
      await page.getByText(EXAMPLE_WORDS.summary(1, 1)).waitFor();
      await page.getByRole('button', { name: EXAMPLE_WORDS.save }).click();
      expect({ part: 'examples', found: await findings(page) }).toEqual({ part: 'examples', found: [] });
      await answer('checkSource', FAULTY);
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByText(SOURCE_WORDS.problems(1, 1)).waitFor();
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).click();
      await page.keyboard.press('Control+F');
      await page.keyboard.type('sales');
      await page.locator('.cm-searchMatch').first().waitFor();
      expect({ part: 'editor', found: await findings(page) }).toEqual({ part: 'editor', found: [] });
      expect(complaints).toEqual([]);
    });

    it.each(schemes)('finds nothing in %s in any state', async (scheme) => {
      const { page, complaints, emit } = await open(firstRun(), { scheme });
      for (const state of Object.values(STATES)) {
        await emit({ name: 'state', value: state });
        await page.locator(`header[data-state="${state.kind}"]`).waitFor();
        expect({ kind: state.kind, found: await findings(page) }).toEqual({ kind: state.kind, found: [] });
      }
      expect(complaints).toEqual([]);
    });

    it.each(schemes)('finds nothing in %s on packages that are looked up, added or none', async (scheme) => {
      const { page, emit, answer } = await open(snapshotWith({ requests: [requestRecord(7, NOW)] }), {
        scheme,
        screen: 'packages',
      });
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.answer('planPackage', () => JSON.parse(text) as PackagePlan);
      }, JSON.stringify(PLAN));
      await page.getByRole('button', { name: PACKAGE_WORDS.addOne('statsmodels') }).click();
      await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).waitFor();
      expect(await findings(page)).toEqual([]);
      await answer('addPackages', { packages: [PACKAGES.added[0]!], found: [{ module: 'seaborn', request: 7 }] });
      await page.getByRole('button', { name: PACKAGE_WORDS.addNow(2) }).click();
      await page.getByRole('textbox', { name: PACKAGE_WORDS.name }).fill('sklearn');
      await page.getByRole('link', { name: PACKAGE_WORDS.toRequest(7) }).waitFor();
      expect(await findings(page)).toEqual([]);
      await emit({ name: 'packages', value: WORKING });
      await page.getByRole('progressbar').waitFor();
      expect(await findings(page)).toEqual([]);
      await emit({ name: 'packages', value: NO_PACKAGES });
      await page.getByText(PACKAGE_WORDS.addedNone).waitFor();
      expect(await findings(page)).toEqual([]);
    });

    it.each(schemes)('finds nothing in %s on environments and their forms', async (scheme) => {
      const one = await open(snapshotWith({ environments: ENVIRONMENTS }), { scheme, screen: 'packages' });
      const { page, complaints } = one;
      await one.answer('findPythons', FOUND);
      await page.getByRole('button', { name: ENVIRONMENT_WORDS.showOf('sales') }).click();
      await page.getByRole('button', { name: ENVIRONMENT_WORDS.addTitle }).click();
      await page.getByText(ENVIRONMENT_WORDS.found).waitFor();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: ENVIRONMENT_WORDS.makeTitle }).click();
      await page.getByRole('textbox', { name: ENVIRONMENT_WORDS.packages }).waitFor();
      expect(await findings(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    it('finds nothing on empty screens and in the question before a removal', async () => {
      const { page, show, emit } = await open({ ...firstRun(), log: [] });
      for (const screen of ['functions', 'requests', 'logs'] as const) {
        await show(screen);
        expect({ screen, found: await findings(page) }).toEqual({ screen, found: [] });
      }
      await emit({ name: 'functions', value: FUNCTIONS });
      await show('functions/ttest');
      await page.getByRole('button', { name: FUNCTION_WORDS.remove }).click();
      await page.getByRole('alertdialog').waitFor();
      expect(await findings(page)).toEqual([]);
    });

    it.each([
      [380, 260],
      [760, 520],
    ])('finds nothing with functions in a window of %i by %i, and nothing is cut off', async (width, height) => {
      const opened = await open(snapshotWith({ figures: FIGURES }), { width, height, screen: 'functions' });
      const { page, show } = opened;
      await answerAuthor(opened);
      const cutOff = () => page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
      await show('functions/profitRatio');
      for (const part of Object.values(FUNCTION_WORDS.parts)) {
        await page.getByRole('tab', { name: part }).click();
        expect({ part, cutOff: await cutOff(), found: await findings(page) }).toEqual({ part, cutOff: 0, found: [] });
      }
      await page.getByRole('button', { name: FUNCTION_WORDS.edit }).click();
      await page.getByRole('textbox', { name: EDITOR_WORDS.code }).waitFor();
      expect({ cutOff: await cutOff(), found: await findings(page) }).toEqual({ cutOff: 0, found: [] });
    });

    it.each(schemes)(
      'finds nothing in %s on any section of the settings, nor where a password is shown',
      async (scheme) => {
        const start = { kind: 'line', place: '--port' } as const;
        const settingSources = { port: { kind: 'start', start }, hosts: { kind: 'file' } } as const;
        const { page, show, answer } = await open(snapshotWith({ settingSources }), { scheme, width: 760 });
        await answer('users', { file: '/home/ana/users.txt', names: ['ana', 'tableau'], fault: 'It is damaged.' });
        await answer('addUser', { name: 'bob', password: 'kT4mPz9rQw2XcVbn' });
        for (const section of SECTION_IDS) {
          await show(`settings/${section}`);
          await page.locator('.settings__section[aria-current]').getByText(SETTINGS_WORDS.sections[section]).waitFor();
          if (section === 'security') {
            await page.getByRole('textbox', { name: SIGN_IN_WORDS.name }).fill('bob');
            await page.getByRole('button', { name: SIGN_IN_WORDS.addFirst }).click();
            await page.getByText(SIGN_IN_WORDS.once).waitFor();
          }
          const cutOff = await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
          expect({ section, cutOff, found: await findings(page) }).toEqual({ section, cutOff: 0, found: [] });
        }
      },
    );

    it('finds nothing at 200 % in the smallest window, and nothing is cut off', async () => {
      // 760×520 at 200 % is a page of half that size.
      const { page, show } = await open(snapshotWith(), { width: 380, height: 260 });
      const sections = SECTION_IDS.map((section) => `settings/${section}`);
      for (const screen of [...SCREENS, ...sections]) {
        await show(screen);
        expect({ screen, found: await findings(page) }).toEqual({ screen, found: [] });
        const cutOff = await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
        expect({ screen, cutOff }).toEqual({ screen, cutOff: 0 });
      }
    });
  });

  describe('the keyboard', () => {
    it('reaches every screen with a number, and its search with F', async () => {
      const { page } = await open(snapshotWith());
      for (const [index, screen] of SCREENS.slice(0, 6).entries()) {
        const name = WORDS.screens[screen];
        await page.keyboard.press(`Control+${index + 1}`);
        await page.getByRole('heading', { level: 1, name }).waitFor();
        expect(await page.title()).toContain(name);
      }
      await page.keyboard.press('Meta+3');
      await page.getByRole('heading', { level: 1, name: WORDS.screens.requests }).waitFor();
      await page.keyboard.press('Control+f');
      await page.locator('[data-search]:focus').waitFor();
    });

    it('copies the address and stops the script from any screen', async () => {
      const { page, asked } = await open(snapshotWith({ state: STATES.busy }), { screen: 'settings' });
      await page.keyboard.press('Control+Shift+C');
      await page.keyboard.press('Control+.');
      expect((await asked()).filter(({ name }) => name !== 'checkPort')).toEqual([
        { name: 'copyText', values: ['http://localhost:9004'] },
        { name: 'stopScripts', values: [] },
      ]);
    });

    it('walks through everything on every screen and always shows where it is', async () => {
      const { page, show } = await open(snapshotWith());
      for (const screen of SCREENS) {
        await show(screen === 'functions' ? 'functions/profitRatio' : screen);
        const places = (await tabThrough(page)).filter((place) => place !== null);
        const unseen = places.filter(({ isShown }) => !isShown).map(({ name }) => name);
        expect({ screen, unseen }).toEqual({ screen, unseen: [] });
        expect(new Set(places.map(({ name }) => name)).size).toBeGreaterThan(2);
      }
    });

    it('moves through requests, shows each, and closes with Escape', async () => {
      const { page } = await open(snapshotWith(), { screen: 'requests' });
      const list = page.getByRole('grid', { name: REQUEST_WORDS.list });
      await list.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await list.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('3');
      await page.keyboard.press('End');
      await page.getByRole('region', { name: 'GET /info' }).waitFor();
      const rows = Number(await list.getAttribute('aria-rowcount'));
      expect(await list.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe(String(rows));
      await page.keyboard.press('Escape');
      expect(await list.getByRole('row', { selected: true }).count()).toBe(0);
    });
  });

  describe('forced colours', () => {
    it('still tell the current screen and the chosen row', async () => {
      const { page } = await open(snapshotWith(), { screen: 'requests' });
      await page.emulateMedia({ forcedColors: 'active' });
      await page.getByRole('row').nth(2).click();
      const colours =
        await page.evaluate(`[document.querySelector('[aria-selected=true]'), document.querySelector('.rows__row')]
      .map((row) => getComputedStyle(row).backgroundColor)`);
      const [chosen, other] = colours as readonly string[];
      expect(chosen).not.toBe(other);
      expect(await page.evaluate('getComputedStyle(document.querySelector("[aria-current=page]")).outlineStyle')).toBe(
        'solid',
      );
    });
  });
});
