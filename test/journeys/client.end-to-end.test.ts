// The real TabPy client (PyPI's `tabpy`) with a running server, and what outlives a restart.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const run = promisify(execFile);

// What a data scientist does in a notebook: train in the script, deploy what was trained.
const TRAIN = `
from tabpy.tabpy_tools.client import Client
import numpy as np
from sklearn.linear_model import LinearRegression
client = Client('http://localhost:9004/')
model = LinearRegression().fit(np.array(_arg1).reshape(-1, 1), _arg2)
calls = []
def predict(x):
    'What the model says of each value'
    import numpy as np
    calls.append(len(x))
    return [round(value, 6) for value in model.predict(np.array(x).reshape(-1, 1)).tolist()] + [len(calls)]
client.deploy('predict', predict, 'trained in the script')
`;

describe('the real TabPy client', () => {
  let dataDir: string;
  let server: RunningServer;
  let seen: Record<string, unknown>;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-client-'));
    server = await startServer({ dataDir });
    const { stdout } = await run(pythonTool('python'), ['test/journeys/client_journey.py', `${server.url}/`]);
    seen = JSON.parse(stdout) as Record<string, unknown>;
  });

  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('deploys and queries a function', () => {
    expect(seen['deployed']).toBe('200 - Success\n');
    expect(seen['query']).toMatchObject({ response: 3, version: 1, model: 'add' });
  });

  it('replaces it by a second version', () => {
    expect(seen['overridden']).toBe('200 - Success\n');
    expect(seen['query2']).toMatchObject({ response: [4, 6], version: 2 });
  });

  it('reads the status of all functions', () => {
    const ready = { type: 'model', status: 'LoadSuccessful', last_error: null };
    expect(seen['status']).toEqual({ add: { ...ready, version: 2 }, clustering: { ...ready, version: 1 } });
  });

  it('updates description, schema and visibility without a new version', () => {
    expect(seen['endpoint']).toEqual({
      version: 2,
      description: 'Adds two lists',
      schema: expect.stringContaining("'sample': {'x': [1], 'y': [2]}"),
      is_public: false,
      docstring: 'Adds two lists.',
    });
  });

  it('reads what the server is', () => {
    expect(seen['info']).toMatchObject({ name: 'TabPy Tray', server_version: expect.stringMatching(/^2\.16\.0/) });
  });

  it('removes a function', () => {
    expect(seen['names']).toEqual(['add', 'clustering']);
  });

  it('finds functions, closures and trained models again after a restart', async () => {
    const trained = await server.evaluate(TRAIN, { _arg1: [1, 2, 3], _arg2: [2, 4, 6] });
    expect(trained).toMatchObject({ status: 200, body: null });
    expect((await server.post('/query/predict', { data: { x: [10] } })).body).toMatchObject({ response: [20, 1] });
    expect((await server.post('/query/predict', { data: [[5]] })).body).toMatchObject({ response: [10, 2] });

    expect(await server.stop()).toBe(0);
    server = await startServer({ dataDir });

    expect((await server.get('/status')).body).toMatchObject({
      predict: { status: 'LoadSuccessful' },
      add: { version: 2 },
    });
    expect((await server.post('/query/predict', { data: { x: [10] } })).body).toMatchObject({ response: [20, 1] });
    expect((await server.post('/query/add', { data: [[1], [2]] })).body).toMatchObject({ response: [3], version: 2 });
  });
});
