import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCommand } from '../../src-main/cli/import.ts';
import type { TabpyImportOptions, TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { commandLine } from '../cli/support/command-line.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const REPORT: TabpyImportReport = {
  stateFolder: '/tabpy',
  configFile: '/tabpy.conf',
  python: null,
  isDryRun: false,
  functions: [
    { name: 'add', type: 'model', version: 2, outcome: 'taken', text: 'Unchanged.' },
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
  const wishes: { readonly wish: TabpyImportOptions; readonly dataDir: string | undefined }[] = [];
  const terminal = { say: (part: string) => void (text += part), complain: (part: string) => void (text += part) };
  const line = commandLine(terminal);
  line.add(
    importCommand({
      ...terminal,
      findPlace: () => Promise.resolve('/found'),
      openInstance: (dataDir) =>
        Promise.resolve({
          calls: {
            importFromTabpy(wish) {
              wishes.push({ wish, dataDir });
              return report instanceof Error ? Promise.reject(report) : Promise.resolve(report);
            },
          },
          close: () => Promise.resolve(void (closed += 1)),
        }),
    }),
  );
  const code = await line.run(['import', ...args]);
  return { code, text, closed, wishes, asked: wishes.map(({ wish }) => wish.place) };
};

describe('tabpy-tray import', () => {
  it('says of each what came of it, and ends with 3 when something was left behind', async () => {
    expect(await said([], REPORT)).toMatchObject({
      asked: ['/found'],
      closed: 1,
      code: 3,
      text: `TabPy in /tabpy, configured by /tabpy.conf

Functions
  add 2        imported      Unchanged.
  sum (alias)  imported      Stands for 'add'.
  predict 1    failed        No module \\u001b[31mxgboost.
  mine 1       not imported  There is one.

Settings
  Port: 9105  imported

Note: Arrow is not spoken here.

2 of 5 were not imported. Each line says what to do.
`,
    });
  });

  it('ends with 0 when all was taken, or would be', async () => {
    const whole = { ...REPORT, functions: REPORT.functions.slice(0, 2), isComplete: true };
    expect(await said([], whole)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/Everything was imported\.\n$/),
    });
    const dry = await said(['--dry-run'], { ...whole, isDryRun: true });
    expect(dry.code).toBe(0);
    expect(dry.text).toMatch(/\(nothing is changed\)[\s\S]*would be imported[\s\S]*Everything would be imported\.\n$/);
  });

  it('asks for the place that is named', async () => {
    const place = temporaryFolder();
    expect((await said([place], REPORT)).asked).toEqual([place]);
    expect((await said([path.relative('.', place)], REPORT)).asked).toEqual([path.resolve(place)]);
  });

  it('says at once that there is nothing at the place, before any Python is made ready', async () => {
    expect(await said(['/no/such/place'], REPORT)).toMatchObject({
      code: 1,
      text: `${path.resolve('/no/such/place')} does not exist.\n`,
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

  it('reads its options', async () => {
    const place = temporaryFolder();
    const { wishes } = await said([place, '--dry-run', '--override', '--data-dir', 'd'], REPORT);
    expect(wishes).toEqual([{ wish: { place, isDryRun: true, override: true }, dataDir: 'd' }]);
    const none = await said([], REPORT);
    expect(none.wishes).toEqual([{ wish: { place: '/found', isDryRun: false, override: false }, dataDir: undefined }]);
  });
});

describe('TabPy’s own Python', () => {
  it('is offered as an environment', async () => {
    const { text } = await said([], { ...REPORT, python: '/old/bin/python3' });
    expect(text).toContain(
      "TabPy's own Python and its packages can be an environment:\n  tabpy-tray environments add /old/bin/python3 --name tabpy\n",
    );
    expect((await said([], REPORT)).text).not.toContain('environment');
  });
});
