import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import { startApp } from './support/test-server.ts';

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const signIn = { check: (name: string, password: string) => Promise.resolve(name === 'Ann' && password === 'secret') };
const PATHS = [
  '/info',
  '/status',
  '/endpoints',
  '/endpoints/x',
  '/evaluate',
  '/query/x',
  '/configurations/endpoint_upload_destination',
];

describe('a server with sign-in', () => {
  it('refuses every path of the interface to strangers, with TabPy’s words', async () => {
    const server = await startApp({}, { signIn });
    for (const path of PATHS) {
      const method = path === '/evaluate' ? 'POST' : 'GET';
      for (const headers of [{}, basic('Ann', 'wrong'), { authorization: 'Bearer x' }, { authorization: 'Basic ?' }]) {
        const reply = await server.ask(path, { method, headers });
        expect([path, reply.status]).toEqual([path, 401]);
        expect(reply.json).toEqual({ message: 'Invalid credentials provided.', info: 'Unauthorized request.' });
        expect(reply.headers['www-authenticate']).toBe(`Basic realm="${DEFAULT_SETTINGS.name}"`);
      }
    }
    expect(server.runtime.calls).toEqual([]);
  });

  it('tells strangers nothing of scripts that are switched off, and tells who signed in', async () => {
    const server = await startApp({ evaluateEnabled: false }, { signIn });
    const statusOf = async (password: string) =>
      (await server.ask('/evaluate', { body: { script: 'return 1' }, headers: basic('Ann', password) })).status;
    expect([await statusOf('wrong'), await statusOf('secret')]).toEqual([401, 404]);
  });

  it('shows the page at / to everybody, and answers OPTIONS', async () => {
    const server = await startApp({}, { signIn });
    expect((await server.ask('/')).status).toBe(200);
    expect((await server.ask('/unicorn')).status).toBe(404);
    expect((await server.ask('/info', { method: 'OPTIONS' })).status).toBe(200);
  });

  it('tells Tableau that it wants credentials, and lets in who has them', async () => {
    const server = await startApp({}, { signIn });
    const reply = await server.ask('/info', { headers: basic('Ann', 'secret') });
    expect(reply.json).toMatchObject({
      versions: { v1: { features: { authentication: { required: true, methods: { 'basic-auth': {} } } } } },
    });
  });

  it('keeps the Python state of two users apart', async () => {
    const both = { check: () => Promise.resolve(true) };
    const server = await startApp({}, { signIn: both });
    for (const user of ['ann', 'bob', 'ANN']) {
      await server.ask('/evaluate', { body: { script: 'return 1' }, headers: basic(user, 'x') });
    }
    const [ann, bob, again] = server.runtime.calls.map((call) => call.caller!.key);
    expect(ann).toBe(again);
    expect(ann).not.toBe(bob);
  });

  it('asks the program itself for nothing', async () => {
    const server = await startApp({}, { signIn, isOwn: (headers) => headers['x-own'] === 'yes' });
    expect((await server.ask('/status', { headers: { 'x-own': 'yes' } })).status).toBe(200);
    expect((await server.ask('/status', { headers: { 'x-own': 'no' } })).status).toBe(401);
  });

  it('has a realm that any name can be', async () => {
    const server = await startApp({ name: 'Ann’s "server" \\ ☃' }, { signIn });
    expect((await server.ask('/info')).headers['www-authenticate']).toBe(`Basic realm="Ann?s 'server' ' ?"`);
  });
});

describe('a server without sign-in', () => {
  it('tells from credentials that it wants none', async () => {
    const server = await startApp();
    expect((await server.ask('/info', { headers: basic('Ann', 'secret') })).status).toBe(406);
    expect((await server.ask('/info')).json).not.toMatchObject({
      versions: { v1: { features: { authentication: {} } } },
    });
  });
});
