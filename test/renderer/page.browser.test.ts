// The page in a real browser, on a program that the test makes up: what is shown, and what is asked of the program.

import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src-shared/state-words.ts';
import type { FakeWindow } from './support/fake-window.ts';
import { isWithoutChromium, usePageTests } from './support/page-tests.ts';
import { firstRun, FUNCTIONS, NOW, requestDetail, requestRecord, snapshotWith, STATES } from './support/scenes.ts';

const NEXT = [
  ['stopped', [['Start', 'start']]],
  ['starting', [['Cancel', 'stop']]],
  ['running', [['Stop', 'stop']]],
  [
    'busy',
    [
      ['Stop script', 'stopScripts'],
      ['Stop', 'stop'],
    ],
  ],
  [
    'port-conflict',
    [
      ['Use 9005', 'changeSettings'],
      ['Try again', 'start'],
    ],
  ],
  [
    'port-reserved',
    [
      ['Use 9005', 'changeSettings'],
      ['Try again', 'start'],
    ],
  ],
  ['listen-failed', [['Try again', 'start']]],
  [
    'python-failed',
    [
      ['Restart Python', 'restartPython'],
      ['Stop', 'stop'],
    ],
  ],
  ['stopping', [['Stop now', 'stopNow']]],
] as const;

describe.skipIf(isWithoutChromium)('the page in a browser', () => {
  const { open } = usePageTests();

  describe('the page', () => {
    it('offers in each state what can be done next, and leaves it to the program what comes of it', async () => {
      const { page, asked, emit } = await open(snapshotWith());
      const header = page.getByRole('banner');
      for (const [kind, buttons] of NEXT) {
        await emit({ name: 'state', value: STATES[kind] });
        await page.locator(`header[data-state="${kind}"]`).waitFor();
        for (const [name, call] of buttons) {
          await header.getByRole('button', { name, exact: true }).click();
          expect({ kind, name, asked: (await asked()).at(-1)?.name }).toEqual({ kind, name, asked: call });
        }
        expect(await header.getByRole('status').textContent()).toBe(titleOf(STATES[kind]));
      }
    });

    it('says who holds the port, that it answers like TabPy, and takes the free one', async () => {
      const { page, asked } = await open(snapshotWith({ state: STATES['port-conflict'] }));
      const header = page.getByRole('banner');
      await header.getByText('python.exe (PID 8124). It answers like TabPy 2.16.0.').waitFor();
      await header.getByRole('button', { name: 'Use 9005' }).click();
      expect(await asked()).toEqual([{ name: 'changeSettings', values: [{ port: 9005 }] }]);
    });

    it('explains how a reserved port is freed', async () => {
      const { page } = await open(snapshotWith({ state: STATES['port-reserved'] }));
      const button = page.getByRole('button', { name: 'How to free it' });
      await button.click();
      await page.getByText('Ports below 1024').waitFor();
      expect(await button.getAttribute('aria-expanded')).toBe('true');
    });

    it('leads from trouble to where it is told', async () => {
      const { page, emit } = await open(snapshotWith({ state: STATES.degraded, requests: [] }));
      await page.getByRole('button', { name: 'See request' }).click();
      await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
      expect(await page.getByRole('radio', { name: 'Errors' }).isChecked()).toBe(true);
      await emit({ name: 'state', value: STATES['python-failed'] });
      await page.getByRole('button', { name: 'Show details' }).click();
      await page.getByRole('heading', { level: 1, name: 'Logs' }).waitFor();
      await emit({ name: 'state', value: STATES['listen-failed'] });
      await page.getByRole('button', { name: 'Change port' }).click();
      await page.locator('[data-setting="port"] input:focus').waitFor();
    });

    it('copies the address, and says so', async () => {
      const { page, asked } = await open(snapshotWith());
      await page.getByRole('button', { name: 'Copy address' }).click();
      expect(await asked()).toEqual([{ name: 'copyText', values: ['http://localhost:9004'] }]);
      await page.getByRole('status').getByText('Copied').waitFor();
    });

    it('says why the program refuses something, on any screen', async () => {
      const { page } = await open(snapshotWith({ state: STATES.stopped }), { screen: 'packages' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.refuse('start', 'The server is stopping. Wait a moment.');
      });
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('alert').getByText('The server is stopping. Wait a moment.').waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(() => page.getByText('The server is stopping.').count()).toBe(0);
    });

    it('shows a notice until it is dismissed', async () => {
      const notice = { id: 'settings', level: 'warn', text: 'The settings file was damaged and set aside.' } as const;
      const { page, asked, emit } = await open(snapshotWith({ notices: [notice], functions: [] }));
      const attention = page.getByRole('region', { name: 'Notices' });
      await attention.getByText(notice.text).waitFor();
      await attention.getByRole('button', { name: 'Dismiss' }).click();
      expect(await asked()).toEqual([{ name: 'dismissNotice', values: ['settings'] }]);
      await emit({ name: 'notices', value: [] });
      await attention.waitFor({ state: 'detached' });
    });

    it('ticks the steps of the guide as Tableau calls', async () => {
      const { page, emit } = await open(firstRun());
      const steps = page.locator('main li');
      await steps.nth(0).getByText('Done').waitFor();
      await page.getByText('Waiting for Tableau…').waitFor();
      const info = requestRecord(1, NOW, { method: 'GET', path: '/info' });
      await emit({ name: 'show', value: 'connect' });
      await emit({ name: 'requests', value: [info] });
      await page.getByText('Tableau asked for /info at 12:41:30.').waitFor();
      await emit({ name: 'requests', value: [requestRecord(2, NOW, { status: 500, failure: 'NameError : x' })] });
      await page.getByText('The calculation at 12:41:30 failed: NameError : x').waitFor();
      await emit({ name: 'requests', value: [requestRecord(3, NOW)] });
      await page.getByText('A calculation was answered at 12:41:30, in 3.2 ms.').waitFor();
      expect(await page.getByText('failed').count()).toBe(0);
    });

    it('shows what comes from the network as text', async () => {
      const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
      const functions = [{ ...FUNCTIONS[0]!, name: 'evil', description: evil, docstring: evil, schema: evil }];
      const requests = [
        requestRecord(1, NOW, { status: 500, failure: evil, user: evil, client: evil, path: `/${evil}` }),
      ];
      const log = [{ id: 1, at: NOW, level: 'error' as const, text: evil }];
      const state = { ...STATES['python-failed'], why: evil };
      const { page, complaints } = await open(snapshotWith({ functions, requests, log, state }), {
        screen: 'functions/evil',
      });
      await page.getByRole('article', { name: 'evil' }).getByText(evil).first().waitFor();
      for (const screen of ['Requests', 'Logs', 'Home']) {
        await page.getByRole('link', { name: screen, exact: true }).click();
        await page.getByText(evil).first().waitFor();
      }
      expect(await page.locator('img, b').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  describe('what needs the analyst', () => {
    const scene = async () => {
      const failed = requestRecord(1, NOW - 60_000, {
        preview: 'return nope',
        status: 500,
        failure: 'NameError : nope',
      });
      const rejected = requestRecord(2, NOW - 5_000, { preview: 'import numpy as np' });
      const opened = await open(snapshotWith({ requests: [] }));
      await opened.page.evaluate(
        (text) => (globalThis as unknown as FakeWindow).fake.answer('requestDetail', () => JSON.parse(text) as never),
        JSON.stringify(requestDetail(rejected, 'rejected')),
      );
      await opened.emit({ name: 'requests', value: [failed, rejected] });
      return opened;
    };

    it('is told on Home, what Tableau rejects too, and led to the request', async () => {
      const { page, complaints } = await scene();
      const attention = page.getByRole('region', { name: 'Needs your attention' });
      await attention.getByText('A calculation fails:').waitFor();
      await attention.getByText('39 values for 40 rows.').waitFor();
      await attention.getByRole('link', { name: 'Show me' }).nth(1).click();
      await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
      await page.getByRole('heading', { name: 'POST /evaluate' }).waitFor();
      await page.getByText('39 values for 40 rows.').waitFor();
      expect(complaints).toEqual([]);
    });

    it('goes when it is dismissed, and comes back when it happens again', async () => {
      const { page, emit } = await scene();
      const words = page.getByText('NameError : nope');
      await words.waitFor();
      const dismiss = page.getByRole('button', { name: 'Dismiss' });
      await dismiss.last().click();
      await words.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Logs', exact: true }).click();
      await page.getByRole('link', { name: 'Home', exact: true }).click();
      expect(await words.count()).toBe(0);
      const again = requestRecord(3, NOW, { preview: 'return nope', status: 500, failure: 'NameError : nope' });
      await emit({ name: 'requests', value: [again] });
      await words.waitFor();
      expect(await page.getByText('A calculation failed 2 times:').count()).toBe(1);
    });

    it('includes the script that Python was restarted for', async () => {
      const timedOut = requestRecord(7, NOW - 9_000, {
        preview: 'while True: pass',
        status: 408,
        failure: 'timed out',
      });
      const requests = [timedOut, requestRecord(8, NOW, { method: 'GET', path: '/info' })];
      const { page } = await open(snapshotWith({ state: STATES.degraded, requests }), { screen: 'requests' });
      await page.getByRole('button', { name: 'See request' }).click();
      await page.getByRole('heading', { name: 'POST /evaluate' }).waitFor();
      expect(await page.getByRole('row', { selected: true }).textContent()).toContain('while True: pass');
    });
  });

  describe('what is longer than the window', () => {
    it.each(['home', 'connect', 'settings', 'functions/profitRatio', 'packages'])(
      'scrolls below the header, on %s',
      async (screen) => {
        const { page } = await open(snapshotWith(), { screen, height: 520, width: 760 });
        await page.locator('h1').waitFor();
        const beyond = await page.evaluate('document.documentElement.scrollHeight - innerHeight');
        expect(beyond).toBe(0);
      },
    );
  });

  describe('the test of the connection', () => {
    it('tells what is in the way', async () => {
      const { page } = await open(snapshotWith(), { screen: 'connect' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('selfTest', () => [
          { about: 'listening' as const, outcome: 'good' as const, text: 'The server listens.' },
          { about: 'address' as const, outcome: 'bad' as const, text: '::1 does not answer.' },
        ]);
      });
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText('This is in the way:').waitFor();
      expect(await page.getByRole('listitem').filter({ hasText: '::1 does not answer.' }).textContent()).toBe(
        '▲Not good: ::1 does not answer.',
      );
    });
  });

  describe('the settings', () => {
    it('say while a port is typed whether it is free, and keep it when it is done', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings', isStill: false });
      const port = page.getByRole('textbox', { name: 'Port', exact: true });
      await port.fill('9005');
      await page.getByText('9005 is free').waitFor();
      expect((await asked()).filter(({ name }) => name === 'changeSettings')).toEqual([]);
      await port.press('Enter');
      await expect.poll(asked).toContainEqual({ name: 'changeSettings', values: [{ port: 9005 }] });
    });

    it('say by whom a port is taken', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings', isStill: false });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('checkPort', () => ({
          kind: 'taken' as const,
          holder: { pid: 8124, name: 'python.exe' },
          answersLike: 'TabPy 2.16.0',
        }));
      });
      await page.getByRole('textbox', { name: 'Port', exact: true }).fill('9007');
      const words = page.getByText('9007 is taken by python.exe (PID 8124), which answers like TabPy 2.16.0');
      await expect.poll(() => words.isVisible()).toBe(true);
    });

    it('shows why something failed also to who has scrolled down to ask for it', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings' });
      await page.evaluate(() =>
        (globalThis as unknown as FakeWindow).fake.refuse('importFromTabpy', 'There is no TabPy.'),
      );
      await page.getByRole('button', { name: 'Look what is there' }).click();
      const box = await page.getByText('There is no TabPy.').boundingBox();
      const header = await page.getByRole('banner').boundingBox();
      expect(box!.y).toBeGreaterThanOrEqual(header!.y + header!.height);
      expect(box!.y + box!.height).toBeLessThan(page.viewportSize()!.height);
    });

    it('tell what is wrong at the field, and do not keep it', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings' });
      const port = page.getByRole('textbox', { name: 'Port', exact: true });
      await port.fill('90000');
      await page.getByText('Port must be a whole number from 0 to 65535.').waitFor();
      expect(await port.getAttribute('aria-invalid')).toBe('true');
      await port.blur();
      expect((await asked()).filter(({ name }) => name === 'changeSettings')).toEqual([]);
      await port.press('Escape');
      expect(await port.inputValue()).toBe('9004');
    });

    it('show at the field why the program refused a value', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings' });
      const refusal = 'Port 9005 is in use by python.exe (PID 8124). Choose another port or stop that program.';
      await page.evaluate((text) => {
        (globalThis as unknown as FakeWindow).fake.refuse('changeSettings', text);
      }, refusal);
      const port = page.getByRole('textbox', { name: 'Port', exact: true });
      await port.fill('9005');
      await port.press('Enter');
      await expect.poll(() => page.getByText(refusal).isVisible()).toBe(true);
    });

    it('keep switches, choices and lists at once', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings' });
      await page.getByText('Start hidden').click();
      await page.getByText('Dark', { exact: true }).click();
      const hosts = page.getByRole('textbox', { name: 'Addresses' });
      await hosts.fill('127.0.0.1\n192.168.7.20\n');
      await hosts.blur();
      await page.getByText('Other computers can reach the server').waitFor();
      expect((await asked()).filter(({ name }) => name === 'changeSettings').map(({ values }) => values[0])).toEqual([
        { startHidden: true },
        { theme: 'dark' },
        { hosts: ['127.0.0.1', '192.168.7.20'] },
      ]);
      expect(
        await page.evaluate(
          'getComputedStyle(document.body).colorScheme || getComputedStyle(document.documentElement).colorScheme',
        ),
      ).toBe('dark');
    });

    it('take over a TabPy after it was looked at', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('importFromTabpy', ({ isDryRun }) => ({
          stateFolder: '/opt/tabpy',
          configFile: null,
          isDryRun,
          functions: [
            { name: 'add', type: 'model' as const, version: 2, outcome: 'taken' as const, text: '' },
            {
              name: 'old',
              type: 'model' as const,
              version: 1,
              outcome: 'failed' as const,
              text: 'Its source is gone.',
            },
          ],
          settings: [{ label: 'Port', value: '9010', outcome: 'taken' as const, text: '' }],
          remarks: ['Arrow is not here.'],
          isComplete: false,
        }));
      });
      const take = page.getByRole('button', { name: 'Take over' });
      expect(await take.isDisabled()).toBe(true);
      await page.getByRole('textbox', { name: 'Where TabPy is' }).fill('/opt/tabpy');
      await page.getByRole('button', { name: 'Look what is there' }).click();
      await page.getByText('This would be taken over from').waitFor();
      const functions = page.getByRole('region', { name: 'Functions' }).getByRole('listitem');
      expect(await functions.allTextContents()).toEqual(['✓Taken: add ', '▲Not taken: old Its source is gone.']);
      await take.click();
      await page.getByText('Not everything could be taken over from').waitFor();
      expect((await asked()).filter(({ name }) => name === 'importFromTabpy').map(({ values }) => values[0])).toEqual([
        { place: '/opt/tabpy', isDryRun: true, override: false },
        { place: '/opt/tabpy', isDryRun: false, override: false },
      ]);
    });

    it('take over only the TabPy that was looked at', async () => {
      const { page } = await open(snapshotWith(), { screen: 'settings' });
      await page.evaluate(() => {
        (globalThis as unknown as FakeWindow).fake.answer('importFromTabpy', ({ isDryRun }) => ({
          stateFolder: '/opt/tabpy',
          configFile: null,
          isDryRun,
          functions: [],
          settings: [],
          remarks: [],
          isComplete: true,
        }));
      });
      const take = page.getByRole('button', { name: 'Take over' });
      const place = page.getByRole('textbox', { name: 'Where TabPy is' });
      await place.fill('/opt/tabpy');
      await page.getByRole('button', { name: 'Look what is there' }).click();
      await page.getByText('This would be taken over from').waitFor();
      expect(await take.isEnabled()).toBe(true);
      // Empty is another place: where TabPy usually is.
      await place.press('Escape');
      expect(await place.inputValue()).toBe('');
      expect(await take.isDisabled()).toBe(true);
    });

    it('forget what is kept of requests, and copy a report', async () => {
      const { page, asked } = await open(snapshotWith(), { screen: 'settings' });
      await page.getByRole('button', { name: 'Forget kept data' }).click();
      await page.getByRole('status').getByText('Forgotten').waitFor();
      await page.getByRole('button', { name: 'Copy report' }).click();
      await page.getByRole('status').getByText('Copied').waitFor();
      const [forgot, tested, copied] = (await asked()).filter(({ name }) => name !== 'checkPort');
      expect([forgot?.name, tested?.name, copied?.name]).toEqual(['clearRequests', 'selfTest', 'copyText']);
      expect(copied?.values[0]).toContain('State: Running on localhost:9004');
    });

    it('follow what is changed elsewhere', async () => {
      const { page, emit } = await open(snapshotWith(), { screen: 'settings' });
      await emit({ name: 'settings', value: { ...snapshotWith().settings, port: 9010 } });
      await expect.poll(() => page.getByRole('textbox', { name: 'Port', exact: true }).inputValue()).toBe('9010');
    });
  });
});
