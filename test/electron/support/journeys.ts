// The ways of a user through the app, for any Electron underneath. Each ends with what the user sees or has.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AppDriver, StartApp } from './app-driver.ts';
import { evaluate, freePort, inOwnWorld, isAnswering, occupy } from './world.ts';

const PYTHON_MS = 60_000;
const SOON = { timeout: 15_000, interval: 100 };
const WHEN_READY = { timeout: PYTHON_MS, interval: 100 };

const title = async (app: AppDriver): Promise<string | undefined> => (await app.tray())?.menu[0]?.label;
const labels = async (app: AppDriver): Promise<readonly string[]> =>
  (await app.tray())?.menu.map(({ label }) => label) ?? [];
const untilRunning = async (app: AppDriver, port: number): Promise<void> => {
  await expect.poll(() => title(app), WHEN_READY).toBe(`● Running on localhost:${port}`);
};
const untilHidden = async (app: AppDriver): Promise<void> => {
  await expect.poll(async () => (await app.window())?.isVisible, SOON).toBe(false);
};
const untilText = async (app: AppDriver, text: string | RegExp): Promise<void> => {
  await expect.poll(() => app.page.text().catch(String), SOON).toMatch(text);
};

/** What the command line says, on a data folder. */
async function command(dataDir: string, ...args: readonly string[]): Promise<string> {
  const program = path.resolve(import.meta.dirname, '../../../src-main/entries/cli.ts');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    program,
    ...args,
    '--data-dir',
    dataDir,
  ]).catch((error: { readonly stdout: string; readonly stderr: string }) => error);
  return `${stdout}${stderr}`;
}

/** @param start opens the app as a user would */
export function describeJourneys(start: StartApp): void {
  describe('the first launch', () => {
    it('opens the window with the address, fills the tray icon and answers Tableau', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      expect(await app.tray()).toMatchObject({
        picture: expect.stringMatching(/^running/),
        tooltip: `TabPy Tray: Running on localhost:${port}`,
      });
      await untilText(app, `Running on localhost:${port}`);
      expect((await app.window())?.isVisible).toBe(true);
      expect(await isAnswering(port)).toBe(true);
      expect(await evaluate(port, 'return 6 * 7')).toEqual({ status: 200, body: 42 });
    });

    it('says the Python and counts what happened in the tray', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await evaluate(port, 'return 1 / 0');
      await expect.poll(async () => (await labels(app))[1], SOON).toMatch(/^Python 3\.\d+ · 0 functions · 1 request$/);
      const errors = (await app.tray())?.menu.find(({ label }) => label === 'Recent errors');
      expect(errors?.items[0]?.label).toMatch(/POST \/evaluate 500 .*division by zero/);
    });

    it('copies the address from the tray and from the window', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.choose('Copy address');
      await expect.poll(() => app.clipboard(), SOON).toBe(`http://localhost:${port}`);
      await untilText(app, 'Running');
      await app.page.press('Copy server');
      await expect.poll(() => app.clipboard(), SOON).toBe('localhost');
      await app.page.press('Copy address');
      await expect.poll(() => app.clipboard(), SOON).toBe(`http://localhost:${port}`);
    });
  });

  describe('stopping and starting', () => {
    it('works from the tray', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.choose('Stop server');
      await expect.poll(() => title(app), SOON).toBe('○ Stopped');
      expect((await app.tray())?.picture).toMatch(/^stopped/);
      expect(await isAnswering(port)).toBe(false);
      await untilText(app, 'Stopped');
      await app.choose('Start server');
      await untilRunning(app, port);
      expect(await isAnswering(port)).toBe(true);
    });

    it('works from the window', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await untilText(app, 'Running on');
      await app.page.press('Stop');
      await untilText(app, 'Stopped');
      expect(await isAnswering(port)).toBe(false);
      await app.page.press('Start');
      await untilText(app, `Running on localhost:${port}`);
      expect(await isAnswering(port)).toBe(true);
    });

    it('waits for Start with --no-server', async () => {
      const port = await freePort();
      const { app } = await inOwnWorld(start, { args: ['--no-server', '--port', String(port)] });
      await untilText(app, 'Stopped');
      expect(await title(app)).toBe('○ Stopped');
      expect(await isAnswering(port)).toBe(false);
      await app.page.press('Start');
      await untilRunning(app, port);
    });
  });

  describe('the port', () => {
    it('moves while Python stays warm', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      expect(await evaluate(port, 'global kept\nkept = 41\nreturn 1')).toMatchObject({ status: 200 });
      const other = await freePort();
      await app.page.press('Settings');
      await untilText(app, 'Addresses');
      await app.page.fill('Port', String(other));
      await expect.poll(() => title(app), SOON).toBe(`● Running on localhost:${other}`);
      expect(await evaluate(other, 'return kept + 1')).toEqual({ status: 200, body: 42 });
      await expect.poll(() => isAnswering(port), SOON).toBe(false);
    });

    it('that is taken is told with the program that holds it, and the next free one is a click away', async () => {
      const { app, port } = await inOwnWorld(start, { before: async (_dir, wanted) => void (await occupy(wanted)) });
      await expect.poll(() => title(app), SOON).toMatch(new RegExp(`^▲ Port ${port} is taken`));
      expect((await app.tray())?.picture).toMatch(/^attention/);
      await untilText(app, `Port ${port} is in use by`);
      expect(await app.page.text()).toMatch(new RegExp(`PID ${process.pid}\\)[\\s\\S]*TabPy 2\\.13\\.0`));
      const use = (await app.page.buttons()).find((name) => /^Use port \d+$/.test(name));
      const free = Number(use?.slice('Use port '.length));
      expect(await labels(app)).toEqual(expect.arrayContaining([`Use port ${free}`, 'Try again']));
      await app.page.press(`Use port ${free}`);
      await untilRunning(app, free);
      expect(await isAnswering(free)).toBe(true);
    });

    it('that was taken is tried again when the other program is gone', async () => {
      const taken = Promise.withResolvers<Awaited<ReturnType<typeof occupy>>>();
      const { app, port } = await inOwnWorld(start, {
        before: async (_dir, wanted) => taken.resolve(await occupy(wanted)),
      });
      await expect.poll(() => title(app), SOON).toMatch(/^▲/);
      await (await taken.promise).free();
      await app.choose('Try again');
      await untilRunning(app, port);
    });
  });

  describe('the window', () => {
    it('hides when it is closed, and the tray brings it back', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.closeWindow();
      await untilHidden(app);
      expect(await isAnswering(port)).toBe(true);
      await app.choose('Open TabPy Tray');
      await expect.poll(async () => (await app.window())?.isVisible, SOON).toBe(true);
      await app.closeWindow();
      await untilHidden(app);
      await app.clickTray();
      await expect.poll(async () => (await app.window())?.isVisible, SOON).toBe(true);
    });

    it('is not there with --hidden, and the server runs', async () => {
      const port = await freePort();
      const { app } = await inOwnWorld(start, { args: ['--hidden', '--port', String(port)] });
      await untilRunning(app, port);
      expect(await app.window()).toBeNull();
      await app.choose('Settings…');
      await untilText(app, 'Addresses');
    });

    it('asks where no tray could bring it back: it keeps running, minimised', async () => {
      const { app, port } = await inOwnWorld(start, { hasTray: false });
      await untilRunning(app, port);
      await app.closeWindow();
      await expect.poll(() => app.question(), SOON).toMatchObject({ buttons: ['Keep running', 'Quit', 'Cancel'] });
      await app.answer('Keep running');
      await expect.poll(() => app.window(), SOON).toMatchObject({ isMinimized: true });
      expect(await isAnswering(port)).toBe(true);
      await app.closeWindow();
      await expect.poll(() => app.question(), SOON).not.toBeNull();
      await app.answer('Quit');
      expect(await app.ended).toBe(0);
    });

    it('comes back after its process crashed, and the server never noticed', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await untilText(app, 'Running on');
      await app.crashPage();
      expect(await isAnswering(port)).toBe(true);
      await untilText(app, `Running on localhost:${port}`);
      expect(await evaluate(port, 'return 1')).toEqual({ status: 200, body: 1 });
    });
  });

  describe('a second start', () => {
    it('ends at once and shows the window of the first', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.closeWindow();
      await untilHidden(app);
      expect(await app.startAgain(['--hidden'])).toBe(0);
      expect((await app.window())?.isVisible).toBe(false);
      expect(await app.startAgain([])).toBe(0);
      await expect.poll(async () => (await app.window())?.isVisible, SOON).toBe(true);
      expect(await isAnswering(port)).toBe(true);
    });

    it('with --port moves the first one there', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      const other = await freePort();
      expect(await app.startAgain(['--port', String(other)])).toBe(0);
      await untilRunning(app, other);
    });
  });

  describe('functions', () => {
    it('are written, deployed, and saved in a file where the user says', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.page.press('Functions');
      await app.page.press('New function');
      await untilText(app, 'No problems');
      await app.page.press('Run');
      await untilText(app, 'Answered in');
      await app.page.press('Deploy');
      await untilText(app, 'my_function is deployed as version 1.');
      await app.page.press('Export');
      await expect
        .poll(() => app.question(), SOON)
        .toMatchObject({ message: expect.stringMatching(/my_function\.zip$/) });
      const file = (await app.question())?.detail ?? '';
      await app.answer('Save');
      await untilText(app, 'The export was saved');
      expect(readFileSync(file, 'latin1')).toMatch(/^PK/);
      rmSync(path.dirname(file), { recursive: true });
    });
  });

  describe('quitting', () => {
    it('ends the server and the program without a question when nothing runs', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.choose('Quit');
      expect(await app.ended).toBe(0);
      expect(await isAnswering(port)).toBe(false);
    });

    it('asks while a function is written that is deployed nowhere', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.page.press('Functions');
      await app.page.press('New function');
      await untilText(app, 'No problems');
      await app.page.fill('Description', 'mine');
      await app.choose('Quit');
      await expect
        .poll(() => app.question(), SOON)
        .toMatchObject({ message: 'my_function has changes that are not deployed.', buttons: ['Quit', 'Cancel'] });
      await app.answer('Cancel');
      await app.page.press('Deploy');
      await untilText(app, 'my_function is deployed as version 1.');
      await app.choose('Quit');
      expect(await app.ended).toBe(0);
    });

    it('asks while a script runs, and ends it when the user says so', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      const answer = evaluate(port, 'import time\ntime.sleep(25)\nreturn 1').catch(String);
      await expect.poll(() => title(app), SOON).toBe('● Running · 1 script');
      expect((await app.tray())?.picture).toMatch(/^busy/);
      await app.choose('Quit');
      await expect
        .poll(() => app.question(), SOON)
        .toMatchObject({ message: 'A script is running for Tableau.', buttons: ['Quit', 'Cancel'] });
      await app.answer('Cancel');
      expect(await title(app)).toBe('● Running · 1 script');

      const asked = performance.now();
      await app.choose('Quit');
      await expect.poll(() => app.question(), SOON).not.toBeNull();
      await app.answer('Quit');
      expect(await app.ended).toBe(0);
      // Three seconds for the script, and some for a busy machine.
      expect(performance.now() - asked).toBeLessThan(12_000);
      expect(await answer).not.toMatchObject({ status: 200 });
    });

    it('stops a running script from the tray, and the server goes on', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      const answer = evaluate(port, 'while True:\n  pass');
      await expect.poll(() => labels(app), SOON).toContain('Stop running script');
      await app.choose('Stop running script');
      expect((await answer).status).toBeGreaterThanOrEqual(400);
      await untilRunning(app, port);
      expect(await evaluate(port, 'return 2')).toEqual({ status: 200, body: 2 });
    });
  });

  describe('what is kept', () => {
    it('starts at login when it is asked to, and no more when it is not', async () => {
      const { app, port, dataDir } = await inOwnWorld(start);
      await untilRunning(app, port);
      const entry = path.join(dataDir, 'config/autostart/tabpy-tray.desktop');
      const isChecked = async () => (await app.tray())?.menu.find(({ label }) => label === 'Start at login')?.isChecked;
      expect(await isChecked()).toBe(false);
      await app.choose('Start at login');
      await expect.poll(() => existsSync(entry), SOON).toBe(true);
      await expect.poll(isChecked, SOON).toBe(true);
      await app.choose('Start at login');
      await expect.poll(() => existsSync(entry), SOON).toBe(false);
      await expect.poll(isChecked, SOON).toBe(false);
    });

    it('are the app’s alone: commands ask it, and a second server is told', async () => {
      const { app, port, dataDir } = await inOwnWorld(start);
      await untilRunning(app, port);
      const file = path.join(dataDir, 'double.py');
      writeFileSync(file, 'def double(x):\n    return x * 2\n');
      expect(await command(dataDir, 'functions', 'deploy', file)).toContain("Deployed 'double', version 1.");
      expect((await evaluate(port, "return tabpy.query('double', 21)['response']")).body).toBe(42);
      await expect.poll(async () => (await labels(app))[1], SOON).toMatch(/ 1 function /);
      expect(await command(dataDir, 'serve', '0')).toMatch(/is in use by TabPy Tray in the tray \(PID \d+/);
    });

    it('survives a damaged settings file, which is set aside and told', async () => {
      const { app, port, dataDir } = await inOwnWorld(start, {
        before: (dir) => writeFileSync(path.join(dir, 'settings.json'), '{"port": 90'),
      });
      await untilRunning(app, port);
      await untilText(app, 'The settings file could not be read');
      expect(readdirSync(dataDir).some((name) => name.startsWith('settings.json.damaged-'))).toBe(true);
    });

    it('answers after the computer slept', async () => {
      const { app, port } = await inOwnWorld(start);
      await untilRunning(app, port);
      await app.wake();
      expect(await isAnswering(port)).toBe(true);
      expect(await title(app)).toBe(`● Running on localhost:${port}`);
    });
  });
}
