import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCommand, importOptions } from '../../src-main/take-over/import-command.ts';
import type { TakeOverReport } from '../../src-shared/take-over.ts';

const REPORT: TakeOverReport = {
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

const said = async (args: readonly string[], report: TakeOverReport) => {
  let text = '';
  const code = await importCommand(
    args,
    () => Promise.resolve(report),
    (part) => (text += part),
  );
  return { code, text };
};

describe('tabpy-tray import', () => {
  it('says of each what came of it, and ends with 2 when something was left behind', async () => {
    expect(await said([], REPORT)).toEqual({
      code: 2,
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

  it('prints JSON for programs', async () => {
    const { text } = await said(['--json'], REPORT);
    expect(JSON.parse(text)).toEqual(REPORT);
  });

  it('tells its options', async () => {
    expect(await said(['--help'], REPORT)).toMatchObject({ code: 0, text: expect.stringContaining('--dry-run') });
  });

  it('reads its options', () => {
    const all = { place: path.resolve('old'), isDryRun: true, override: true, isJson: false };
    expect(importOptions(['old', '--dry-run', '--override'])).toEqual(all);
    expect(importOptions([])).toEqual({ place: null, isDryRun: false, override: false, isJson: false });
    expect(() => importOptions(['a', 'b'])).toThrow('import takes one place, not a b.');
    expect(() => importOptions(['--force'])).toThrow('--force');
  });
});
