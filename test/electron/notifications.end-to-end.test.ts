// What the user hears of the app while the window is closed: notifications and the tray's errors, under the stand-in.

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumProgram } from './stand-in/chromium.ts';
import { evaluate, inWorld } from './support/world.ts';
import type { StandInApp } from './support/stand-in-app.ts';
import { prepareApp, startStandInApp } from './support/stand-in-app.ts';

const isHere = chromiumProgram() !== null;
if (!isHere) console.warn('SKIPPED: notifications of the tray app need a Chromium (apt-get install chromium).');

const SOON = { timeout: 15_000, interval: 100 };
const READY = { timeout: 60_000, interval: 100 };

interface Notified {
  readonly title: string;
  readonly body: string;
}

describe.skipIf(!isHere)('while the window is closed', { timeout: 120_000 }, () => {
  beforeAll(() => prepareApp());

  const opened = async () => {
    const world = await inWorld(startStandInApp);
    onTestFinished(() => world.end());
    await expect.poll(async () => (await world.app.tray())?.menu[0]?.label, READY).toMatch(/^● Running/);
    return world;
  };
  const notified = (app: StandInApp) => app.ask('notified') as Promise<readonly Notified[]>;
  const heading = (app: StandInApp) => app.page.evaluate('location.hash');

  it('says once that the program still runs, and tells of a failed request, which a click opens', async () => {
    const { app, port } = await opened();
    await evaluate(port, 'return 1 / 0');
    await expect.poll(async () => (await app.tray())?.menu[1]?.label, SOON).toMatch(/1 request$/);
    expect(await notified(app)).toEqual([]);

    await app.closeWindow();
    await expect
      .poll(async () => (await notified(app)).map(({ title }) => title), SOON)
      .toEqual(['TabPy Tray is still running']);
    await evaluate(port, 'return 1');
    await evaluate(port, 'raise KeyError("Ana Lopez")');
    await expect
      .poll(async () => (await notified(app)).at(-1), SOON)
      .toEqual({
        title: 'A script failed',
        body: 'Click to see the request.',
      });
    await app.ask('clickNotification', 1);
    await expect.poll(async () => (await app.window())?.isVisible, SOON).toBe(true);
    await expect.poll(() => heading(app), SOON).toBe('#requests/3');
    await app.closeWindow();
    await expect.poll(async () => (await app.window())?.isVisible, SOON).toBe(false);
    expect(await notified(app)).toHaveLength(2);
  });

  it('opens from the tray the very request that failed', async () => {
    const { app, port } = await opened();
    await evaluate(port, 'return 1 / 0');
    await evaluate(port, 'return nothing');
    await app.closeWindow();
    const errors = async () =>
      (await app.tray())?.menu.find(({ label }) => label === 'Recent errors')?.items.map(({ label }) => label) ?? [];
    await expect.poll(async () => (await errors()).length, SOON).toBe(2);
    const first = (await errors()).find((label) => label.includes('division by zero'));
    await app.choose('Recent errors', first ?? '');
    await expect.poll(() => heading(app), SOON).toBe('#requests/1');
  });

  it('says nothing of failures when the user turned it off', async () => {
    const { app, port } = await opened();
    await app.page.evaluate('window.tabpyTray.call("changeSettings", [{ notifyFailures: false }])');
    await app.closeWindow();
    await expect.poll(async () => (await notified(app)).length, SOON).toBe(1);
    await evaluate(port, 'return 1 / 0');
    await expect.poll(async () => (await app.tray())?.menu[1]?.label, SOON).toMatch(/1 request$/);
    expect(await notified(app)).toHaveLength(1);
  });
});
