// The real TabPy client in its default mode, with whichever Python the tests have: what it leaves on the disk is taken.

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionRecord } from '../../src-main/functions/function-record.ts';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const run = promisify(execFile);

const REMOTE = `
from tabpy.tabpy_tools.client import Client
def plus(x):
    return [value + 0.5 for value in x]
Client('http://localhost:9004/').deploy('plus', plus, 'saved by our own Python')
`;

describe('the real TabPy client on the same computer', () => {
  let dataDir: string;
  let server: RunningServer;
  let seen: {
    readonly python: string;
    readonly results: Record<string, unknown>;
    readonly notebook: string | null;
    readonly status: Record<string, unknown>;
    readonly [key: string]: unknown;
  };
  const isOurs = (): boolean => seen.python.startsWith('3.14');
  const recordOf = async (name: string): Promise<FunctionRecord> =>
    JSON.parse(await readFile(path.join(dataDir, 'endpoints', name, 'endpoint.json'), 'utf8')) as FunctionRecord;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-local-'));
    server = await startServer({ dataDir });
    const { stdout } = await run(pythonTool('python'), ['test/journeys/local_journey.py', `${server.url}/`]);
    seen = JSON.parse(stdout) as typeof seen;
  });

  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('deploys functions, closures, decorated ones, methods, objects, lambdas and trained models', () => {
    expect(seen.results).toEqual({
      add: [4, 6],
      predict: [20],
      scaled: [32, 1],
      twice: [2, 4],
      scorer: [3, 6],
      method: 12,
      lambda: [2],
    });
  });

  it('replaces, describes, renames and removes them', () => {
    expect(seen['taken']).toMatch(/^RuntimeError: An endpoint with that name \(add\) already/);
    expect(seen['add']).toEqual([2, 'new words', true]);
    expect(seen['again']).toEqual([3]);
    expect(seen['alias']).toEqual([3]);
    expect(seen.status).not.toHaveProperty('lambda');
    expect(seen.status).toMatchObject({ add: { version: 2, status: 'LoadSuccessful', last_error: null } });
  });

  it('says the cure for a function of another Python whose text is in no file', () => {
    if (isOurs()) return expect(seen.notebook).toBeNull();
    expect(seen.notebook).toMatch(
      /^RuntimeError: LoadFailed: This function was saved by Python 3\.\d+(?: or 3\.12)?; this server runs Python 3\.14\. Put it into a \.py file .* Or deploy it with Client\(url, remote_server=True\), or paste it into Functions > New\.$/,
    );
  });

  it('leaves a record of the source, the libraries and their differences', async () => {
    const { versions } = await recordOf('predict');
    expect(versions.at(-1)).toMatchObject({ hasSource: true, libraries: { sklearn: '1.8.0' } });
    expect(versions.at(-1)?.notes?.join()).toMatch(
      /LinearRegression: saved by scikit-learn .*; this server has 1\.8\.0/,
    );
    const source = await readFile(path.join(dataDir, 'endpoints/twice/versions/1/source.py'), 'utf8');
    expect(source).toBe('@doubled\ndef twice(x):\n    return x\n');
  });

  it('keeps what was built anew after a restart', async () => {
    await server.stop();
    server = await startServer({ dataDir });
    expect((await server.post('/query/scaled', { data: { x: [1], offset: 5 } })).body).toMatchObject({
      response: [35, 1],
    });
  });

  it('takes a pickle of our own Python as it is', async () => {
    await server.evaluate(REMOTE);
    const staged = path.join(dataDir, 'staging/endpoints/copy/1');
    await mkdir(staged, { recursive: true });
    const made = path.join(dataDir, 'endpoints/plus/versions/1/pickle_archive');
    await cp(made, path.join(staged, 'pickle_archive'));
    const added = await server.post('/endpoints', { name: 'copy', type: 'model', src_path: staged });
    expect(added.status).toBe(201);
    expect((await server.get('/status')).body).toMatchObject({ copy: { status: 'LoadSuccessful' } });
    expect((await server.post('/query/copy', { data: [[1]] })).body).toMatchObject({ response: [1.5] });
    expect(await readFile(path.join(dataDir, 'endpoints/copy/versions/1/pickle_archive'))).toEqual(
      await readFile(made),
    );
  });
});
