import { describe, expect, it } from 'vitest';
import type { TabpyState } from '../../src-main/settings/state-file.ts';
import { startApp } from './support/test-server.ts';

const STATE: TabpyState = {
  name: 'Our server',
  description: 'all models',
  creationTime: '1469511182',
  prefix: '/analytics/py',
  cors: { 'Access-Control-Allow-Origin': 'https://dashboards.example', 'Access-Control-Allow-Methods': 'GET, POST' },
};

describe('a server with TabPy’s state.ini', () => {
  it('shows its name, description and time, each time anew', async () => {
    let name = 'Our server';
    const server = await startApp({ statePath: '/state' }, { state: () => ({ ...STATE, name }) });
    expect((await server.ask('/info')).json).toMatchObject({
      name: 'Our server',
      description: 'all models',
      creation_time: '1469511182',
      state_path: '/state',
    });
    name = 'Edited';
    expect((await server.ask('/info')).json).toMatchObject({ name: 'Edited' });
  });

  it('lets the page of its origin in, and no other', async () => {
    const server = await startApp({}, { state: () => STATE });
    const from = (origin: string) =>
      server.ask('/info', { headers: { origin, 'sec-fetch-site': 'cross-site', 'user-agent': 'Mozilla/5.0' } });
    const reply = await from('https://dashboards.example');
    expect(reply.status).toBe(200);
    expect(reply.headers['access-control-allow-origin']).toBe('https://dashboards.example');
    expect((await from('https://evil.example')).status).toBe(403);
  });

  it('answers under its subdirectory, and without it for the window', async () => {
    const server = await startApp({}, { state: () => STATE });
    const statuses = async (...paths: readonly string[]) =>
      Promise.all(paths.map(async (path) => (await server.ask(path)).status));
    expect(await statuses('/analytics/py/info', '/analytics/py/endpoints', '/analytics/py/', '/info')).toEqual([
      200, 200, 200, 200,
    ]);
    expect(await statuses('/analytics/info', '/analytics/py', '/analytics/pyinfo')).toEqual([404, 404, 404]);
    expect(server.records[0]).toMatchObject({ path: '/info' });
  });

  it('says nothing of web pages without it', async () => {
    const server = await startApp();
    expect((await server.ask('/info')).headers['access-control-allow-origin']).toBeUndefined();
  });
});
