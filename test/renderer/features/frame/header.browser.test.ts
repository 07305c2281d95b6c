// The header in a real browser: what it offers in each state, and where it leads.

import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../../src-shared/state-words.ts';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import { snapshotWith, STATES } from '../../support/scenes.ts';
import { FRAME_WORDS } from '../../../../src-renderer/features/frame/words.ts';
import { REQUEST_WORDS } from '../../../../src-renderer/features/requests/words.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';

const { actions } = FRAME_WORDS;
const NEXT = [
  ['stopped', [[actions.start, 'start']]],
  ['starting', [[actions.cancel, 'stop']]],
  ['running', [[actions.stop, 'stop']]],
  [
    'busy',
    [
      [actions['stop-script'](true), 'stopScripts'],
      [actions.stop, 'stop'],
    ],
  ],
  [
    'port-conflict',
    [
      [actions['use-port'](9005), 'changeSettings'],
      [actions['try-again'], 'start'],
    ],
  ],
  [
    'port-reserved',
    [
      [actions['use-port'](9005), 'changeSettings'],
      [actions['try-again'], 'start'],
    ],
  ],
  ['listen-failed', [[actions['try-again'], 'start']]],
  [
    'python-failed',
    [
      [actions['restart-python'], 'restartPython'],
      [actions.stop, 'stop'],
    ],
  ],
  ['stopping', [[actions['stop-now'], 'stopNow']]],
] as const;

describe.skipIf(isWithoutChromium)('the header', () => {
  const { open } = usePageTests();

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

  it.each([380, 520, 760, 1_040, 1_600])(
    'is as high in every state without an explanation, %i px wide',
    async (width) => {
      const { page, emit } = await open(snapshotWith(), { width });
      const header = page.getByRole('banner');
      const heights = new Set<number>();
      const several = { ...STATES.degraded, scripts: 2, waiting: 1 };
      for (const state of [STATES.stopped, STATES.running, STATES.busy, STATES.degraded, several, STATES.stopping]) {
        await emit({ name: 'state', value: state });
        await header.getByText(titleOf(state)).waitFor();
        heights.add(Math.round((await header.boundingBox())?.height ?? 0));
      }
      expect([...heights]).toHaveLength(1);
    },
  );

  it('says who holds the port, that it answers like TabPy, and takes the free one', async () => {
    const { page, asked } = await open(snapshotWith({ state: STATES['port-conflict'] }));
    const header = page.getByRole('banner');
    await header.getByText('python.exe (PID 8124). It seems to be TabPy 2.16.0.').waitFor();
    await header.getByRole('button', { name: FRAME_WORDS.actions['use-port'](9005) }).click();
    expect(await asked()).toEqual([{ name: 'changeSettings', values: [{ port: 9005 }] }]);
  });

  it('explains how a reserved port is freed', async () => {
    const { page } = await open(snapshotWith({ state: STATES['port-reserved'] }));
    const button = page.getByRole('button', { name: FRAME_WORDS.actions['free-port-help'] });
    await button.click();
    await page.getByText(FRAME_WORDS.freePortHelp.other).waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
  });

  it('leads from trouble to where it is told', async () => {
    const { page, emit } = await open(snapshotWith({ state: STATES.degraded, requests: [] }));
    await page.getByRole('button', { name: FRAME_WORDS.actions['see-request'] }).click();
    await page.getByRole('heading', { level: 1, name: WORDS.screens.requests }).waitFor();
    expect(await page.getByRole('radio', { name: REQUEST_WORDS.kinds.errors }).isChecked()).toBe(true);
    await emit({ name: 'state', value: STATES['python-failed'] });
    await page.getByRole('button', { name: FRAME_WORDS.actions['see-log'] }).click();
    await page.getByRole('heading', { level: 1, name: WORDS.screens.logs }).waitFor();
    await emit({ name: 'state', value: STATES['listen-failed'] });
    await page.getByRole('button', { name: FRAME_WORDS.actions['change-port'] }).click();
    await page.locator('[data-setting="port"] input:focus').waitFor();
  });

  it('copies the address, and says so', async () => {
    const { page, asked } = await open(snapshotWith());
    await page.getByRole('button', { name: FRAME_WORDS.actions['copy-address'] }).click();
    expect(await asked()).toEqual([{ name: 'copyText', values: ['http://localhost:9004'] }]);
    await page.getByRole('status').getByText(WORDS.copied).waitFor();
  });
});
