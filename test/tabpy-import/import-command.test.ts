import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCommand, importOptions } from '../../src-main/cli/import.ts';
import type { TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const REPORT: TabpyImportReport = {
  stateFolder: '/tabpy',
  configFile: '/tabpy.conf',
  isDryRun: false,
  functions: [
    { name: 'add', type: 'model', version: 2, outcome: 'taken', text: 'As it was.' },
    { name: 'sum', type: 'alias', version: 1, outcome: 'taken', text: "Stands for 'add'." },
    { name: 'predict', type: 'model', version: 1, outcome: 'failed', text: 'No module \u001B[31mxgboost.' },
    { name: 'mine', type: 'model', version: 1, outcome: 'kept', text: 'There is one.' },
  ],
  settings: [{ label: 'Port', value: '9105', outcome: 'taken', text: '' }],
  remarks: ['Arrow is not spoken here.'],
  isComplete: false,
};

const said = async (args: readonly string[], report: TabpyImportReport | Error) => {
  let text = '';
  let closed = 0;
  const asked: (string | null)[] = [];
  const code = await importCommand(args, {
    say: (part) => (text += part),
    complain: (part) => (text += part),
    findPlace: () => Promise.resolve('/found'),
    openInstance: () =>
      Promise.resolve({
        calls: {
          importFromTabpy(options) {
            asked.push(options.place);
            return report instanceof Error ? Promise.reject(report) : Promise.resolve(report);
          },
        },
        close: () => Promise.resolve(void (closed += 1)),
      }),
  });
  return { code, text, closed, asked };
};

describe('tabpy-tray import', () => {
  it('says of each what came of it, and ends with 3 when something was left behind', async () => {
    expect(await said([], REPORT)).toEqual({
      asked: ['/found'],
      closed: 1,
      code: 3,
      text: `TabPy in /tabpy, configured by /tabpy.conf

Functions
  add 2        taken      As it was.
  sum (alias)  taken      Stands for 'add'.
  predict 1    failed     No module \\u001b[31mxgboost.
  mine 1       not taken  There is one.

Settings
  Port: 9105  taken

Note: Arrow is not spoken here.

2 of 5 were not taken; each line says what to do.
`,
    });
  });

  it('ends with 0 when all was taken, or would be', async () => {
    const whole = { ...REPORT, functions: REPORT.functions.slice(0, 2), isComplete: true };
    expect(await said([], whole)).toMatchObject({ code: 0, text: expect.stringMatching(/Everything was taken\.\n$/) });
    const dry = await said(['--dry-run'], { ...whole, isDryRun: true });
    expect(dry.code).toBe(0);
    expect(dry.text).toMatch(/\(nothing is changed\)[\s\S]*would be taken[\s\S]*Everything would be taken\.\n$/);
  });

  it('asks for the place that is named', async () => {
    const place = temporaryFolder();
    expect((await said([place], REPORT)).asked).toEqual([place]);
    expect((await said([path.relative('.', place)], REPORT)).asked).toEqual([path.resolve(place)]);
  });

  it('says at once that there is nothing at the place, before any Python is made ready', async () => {
    expect(await said(['/no/such/place'], REPORT)).toEqual({
      code: 1,
      text: `There is nothing at ${path.resolve('/no/such/place')}.\n`,
      closed: 0,
      asked: [],
    });
  });

  it('prints JSON for programs', async () => {
    const { text } = await said(['--json'], REPORT);
    expect(JSON.parse(text)).toEqual(REPORT);
  });

  it('tells its options', async () => {
    expect(await said(['--help'], REPORT)).toMatchObject({ code: 0, text: expect.stringContaining('--dry-run') });
  });

  it('says why there is nothing to take over, or what it does not understand', async () => {
    expect(await said([], new Error('No TabPy was found.'))).toMatchObject({
      code: 1,
      text: 'No TabPy was found.\n',
      closed: 1,
    });
    expect(await said(['a', 'b'], REPORT)).toMatchObject({
      code: 2,
      text: expect.stringContaining('one place, not a b'),
    });
    expect(await said(['--force'], REPORT)).toMatchObject({ code: 2, text: expect.stringContaining("'--force'") });
  });

  it('reads its options', () => {
    const none = { place: null, isDryRun: false, override: false, isJson: false, isHelp: false, dataDir: undefined };
    const all = { ...none, place: path.resolve('old'), isDryRun: true, override: true, dataDir: 'd' };
    expect(importOptions(['old', '--dry-run', '--override', '--data-dir', 'd'])).toEqual(all);
    expect(importOptions([])).toEqual(none);
  });
});
