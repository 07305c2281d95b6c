// Moving in: functions that a real Python saved in a TabPy's folder, taken over by the real server.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { consoleCalls } from '../support/console-calls.ts';
import type { CallConsole } from '../support/console-calls.ts';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { installTabpy } from '../tabpy-import/support/installation.ts';

const run = promisify(execFile);

const FUNCTIONS = `
import sys
import cloudpickle
import numpy as np
from sklearn.linear_model import LinearRegression
from tabpy.tabpy_tools.custom_query_object import CustomQueryObject

RATE = 3
MODEL = LinearRegression().fit(np.array([[1.0], [2.0], [3.0]]), [2, 4, 6])

def scale(x):
    "Scales by the rate"
    return [value * RATE for value in x]

def predict(x):
    return [round(value, 6) for value in MODEL.predict(np.array(x).reshape(-1, 1)).tolist()]

names = {"__name__": "__main__"}
exec("def cell(x): return x", names)
for name, function in [("scale", scale), ("predict", predict), ("cell", names["cell"])]:
    with open(sys.argv[1] + "/" + name, "wb") as out:
        cloudpickle.dump(CustomQueryObject(function, ""), out)
`;

describe('a TabPy that was used before', () => {
  let folder: string;
  let place: string;
  let server: RunningServer;
  let call: CallConsole;
  const take = (isDryRun: boolean): Promise<TabpyImportReport> =>
    call('importFromTabpy', { place: path.join(folder, 'tabpy.conf'), isDryRun, override: false });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-old-'));
    await writeFile(path.join(folder, 'functions.py'), FUNCTIONS);
    await run(pythonTool('python'), [path.join(folder, 'functions.py'), folder]);
    const pickleOf = (name: string): Promise<Buffer> => readFile(path.join(folder, name));
    place = installTabpy(
      path.join(folder, 'tabpy_server'),
      [
        { name: 'scale', pickle: await pickleOf('scale'), version: 4 },
        { name: 'predict', pickle: await pickleOf('predict') },
        { name: 'cell', pickle: await pickleOf('cell') },
        { name: 'times three', pickle: null, fields: { type: 'alias', target: 'scale' } },
      ],
      'Name = Sales\nDescription = of ours\nCreation Time = 1500000000',
    );
    await writeFile(
      path.join(folder, 'tabpy.conf'),
      `[TabPy]\nTABPY_STATE_PATH = ${place}\nTABPY_EVALUATE_TIMEOUT = 45\n`,
    );
    server = await startServer({ args: ['--console'] });
    call = await consoleCalls(server);
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is only looked at in a dry run', async () => {
    const report = await take(true);
    expect(report.functions.map(({ name, outcome }) => [name, outcome])).toContainEqual(['scale', 'taken']);
    expect((await server.get('/status')).body).toEqual({});
    expect((await server.get('/info')).body).toMatchObject({ name: 'TabPy Tray' });
  });

  it('has its functions, aliases and settings here afterwards', async () => {
    const { functions, settings } = await take(false);
    expect(functions.find(({ name }) => name === 'predict')?.text).toContain('LinearRegression: saved by scikit-learn');
    const detail = await call('functionDetail', 'predict');
    expect(detail?.versions[0]?.notes.join()).toContain('LinearRegression: saved by scikit-learn');
    expect(settings.every(({ outcome }) => outcome === 'taken')).toBe(true);
    expect((await server.post('/query/scale', { data: [[1, 2]] })).body).toMatchObject({
      response: [3, 6],
      version: 4,
    });
    expect((await server.post('/query/predict', { data: [[10]] })).body).toMatchObject({ response: [20] });
    expect((await server.post('/query/times%20three', { data: [[5]] })).body).toMatchObject({ response: [15] });
    expect((await server.get('/endpoints/scale')).body).toMatchObject({
      description: 'what scale does',
      docstring: 'Scales by the rate',
      creation_time: 1_600_000_000,
    });
    expect((await server.get('/info')).body).toMatchObject({
      name: 'Sales',
      description: 'of ours',
      creation_time: '1500000000',
    });
  });

  it('leaves behind what was written in a notebook, and says what to do', async () => {
    const { functions } = await take(false);
    const cell = functions.find(({ name }) => name === 'cell');
    if (cell?.outcome === 'taken') return; // The tests' Python is the server's.
    expect(cell?.text).toMatch(/^This function was saved by .* or paste it into Functions > New\./);
    expect((await server.get('/status')).body).not.toHaveProperty('cell');
  });
});
