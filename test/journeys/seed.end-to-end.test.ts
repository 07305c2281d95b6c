// The examples of the description that TabPy's users know, letter for letter with curl.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const run = promisify(execFile);

const DEPLOY = `
from tabpy.tabpy_tools.client import Client
client = Client('http://localhost:9004/')
def add(x, y):
    return x + y
def clustering(x, y):
    import numpy as np
    from sklearn.cluster import DBSCAN
    from sklearn.preprocessing import StandardScaler
    X = np.column_stack([x, y])
    X = StandardScaler().fit_transform(X)
    return DBSCAN(eps=1, min_samples=3).fit(X).labels_.tolist()
client.deploy('add', add, 'Adds two numbers x and y')
client.deploy('clustering', clustering, 'Returns cluster Ids for each data point specified by the pairs in x and y')
`;

const POINTS = '[6.35, 6.40, 6.65, 8.60, 8.90, 9.00, 9.10]';
const HEIGHTS = '[1.95, 1.95, 2.05, 3.05, 3.05, 3.10, 3.15]';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("the description's examples", () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
    expect((await server.evaluate(DEPLOY)).status).toBe(200);
  });
  afterAll(() => server.stop());

  /** What curl prints; the port of the examples is replaced by the one of this run. */
  const curl = async (...args: readonly string[]): Promise<unknown> => {
    const { stdout } = await run('curl', [
      '-s',
      ...args.map((arg) => arg.replace('localhost:9004', `localhost:${server.port}`)),
    ]);
    return JSON.parse(stdout) as unknown;
  };

  it('GET /info', async () => {
    expect(await curl('-X', 'GET', 'http://localhost:9004/info')).toMatchObject({
      description: '',
      creation_time: expect.stringMatching(/^\d+$/),
      state_path: server.dataDir,
      server_version: expect.any(String),
      name: expect.any(String),
    });
  });

  it('GET /status', async () => {
    const ready = { status: 'LoadSuccessful', last_error: null, version: 1, type: 'model' };
    expect(await curl('-X', 'GET', 'http://localhost:9004/status')).toEqual({ clustering: ready, add: ready });
  });

  it('GET /endpoints and /endpoints/add', async () => {
    const all = await curl('-X', 'GET', 'http://localhost:9004/endpoints');
    const add = {
      description: 'Adds two numbers x and y',
      docstring: '-- no docstring found in query function --',
      creation_time: expect.any(Number),
      version: 1,
      dependencies: [],
      last_modified_time: expect.any(Number),
      type: 'model',
      target: null,
    };
    expect(all).toMatchObject({ add, clustering: { version: 1 } });
    expect(await curl('-X', 'GET', 'http://localhost:9004/endpoints/add')).toMatchObject(add);
  });

  it('POST /evaluate adds two numbers', async () => {
    const body = '{"data": {"_arg1": 1, "_arg2": 2}, "script": "return _arg1 + _arg2"}';
    expect(await curl('-X', 'POST', 'http://localhost:9004/evaluate', '-d', body)).toBe(3);
  });

  it('POST /evaluate calls clustering through tabpy.query', async () => {
    const body = `{ "data":
      { "_arg1": ${POINTS},
        "_arg2": ${HEIGHTS}
      },
      "script": "return tabpy.query('clustering', x=_arg1, y=_arg2)"}`;
    expect(await curl('-X', 'POST', 'http://localhost:9004/evaluate', '-d', body)).toEqual({
      model: 'clustering',
      version: 1,
      response: [0, 0, 0, 1, 1, 1, 1],
      uuid: expect.stringMatching(UUID),
    });
  });

  it('POST /evaluate calls add through tabpy.query', async () => {
    const body = `{"data": {"_arg1":1, "_arg2":2},
         "script": "return tabpy.query(\\"add\\", x=_arg1, y=_arg2)[\\"response\\"]"}`;
    expect(await curl('-X', 'POST', 'http://localhost:9004/evaluate', '-d', body)).toBe(3);
  });

  it.each(['POST', 'GET'])('%s /query/clustering', async (method) => {
    const body = `{"data": {"x": ${POINTS}, "y": ${HEIGHTS}}}`;
    expect(await curl('-X', method, 'http://localhost:9004/query/clustering', '-d', body)).toEqual({
      model: 'clustering',
      version: 1,
      response: [0, 0, 0, 1, 1, 1, 1],
      uuid: expect.stringMatching(UUID),
    });
  });

  it('POST /query/add', async () => {
    expect(
      await curl('-X', 'POST', 'http://localhost:9004/query/add', '-d', '{"data": {"x": 1, "y": 2}}'),
    ).toMatchObject({
      model: 'add',
      response: 3,
    });
  });
});
