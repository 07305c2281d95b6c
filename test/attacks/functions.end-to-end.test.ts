// Deployed functions that mean harm to those who call other functions: the interpreter that they run in is theirs to change.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { JsonAnswer, RunningServer } from '../support/running-server.ts';

const SECRET = 'SECRET-OF-VICTIM-5c1e';
const MALLORY = { 'TabPy-User': 'mallory' };
const VICTIM = { 'TabPy-User': 'victim' };

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ env: { TABPY_EVALUATE_TIMEOUT: '90' } });
  await deploy('honest', 'def honest(x):\n    return [len(text) for text in x]', VICTIM);
}, 240_000);
afterAll(async () => void (await server?.stop()));

const run = (script: string, headers: Readonly<Record<string, string>>): Promise<JsonAnswer> =>
  server.post('/evaluate', { data: {}, script }, headers);

const query = (name: string, data: object, headers: Readonly<Record<string, string>>): Promise<JsonAnswer> =>
  server.post(`/query/${name}`, { data }, headers);

/** Deploys the function `name` that `source` defines. */
async function deploy(name: string, source: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const script = `from tabpy.tabpy_tools.client import Client\n${source}\nClient('http://localhost:9004/').deploy('${name}', ${name}, 'x', override=True)`;
  expect(await run(script, headers)).toMatchObject({ status: 200 });
}

async function expectHonest(): Promise<void> {
  const answer = await query('honest', { x: [SECRET] }, VICTIM);
  expect(answer.body).toMatchObject({ response: [SECRET.length] });
}

describe('a deployed function', () => {
  it('that patches its interpreter does not see what others send to theirs', async () => {
    await deploy(
      'listen_in',
      `def listen_in():
    import sys, types
    import tabpy_tray.query as q, tabpy_tray.parse as p
    heard = sys.modules.setdefault('heard', types.SimpleNamespace(all=[]))
    original = p.loads
    def loads(data):
        heard.all.append(bytes(data).decode('latin1'))
        return original(data)
    p.loads = loads
    call = q._call
    def spy(entry, data):
        heard.all.append(repr(data))
        return call(entry, data)
    q._call = spy
    return 'listening'`,
      MALLORY,
    );
    await deploy(
      'tell',
      `def tell():
    import gc, sys
    heard = sys.modules.get('heard')
    return repr(heard and heard.all) + repr([o for o in gc.get_objects() if isinstance(o, list) and '${SECRET.slice(0, 6)}' + '${SECRET.slice(6)}' in o])`,
      MALLORY,
    );
    expect((await query('listen_in', {}, MALLORY)).body).toMatchObject({ response: 'listening' });
    await expectHonest();
    for (const asker of [MALLORY, VICTIM]) {
      const told = JSON.stringify((await query('tell', {}, asker)).body);
      // The victim's own interpreter may hold the victim's own data.
      if (asker === MALLORY) expect(told).not.toContain(SECRET);
      else expect(told).not.toContain('data');
    }
  });

  it('that poisons its interpreter answers nobody else', async () => {
    await deploy(
      'poison',
      `def poison():
    import tabpy_tray.query as q, json, builtins
    q.answer = lambda *a: None
    q._as_json = lambda *a: b'"POISON"'
    json.dumps = lambda *a, **k: 'POISON'
    return 1`,
      MALLORY,
    );
    await query('poison', {}, MALLORY);
    expect((await query('honest', { x: ['abc'] }, VICTIM)).body).toMatchObject({ response: [3] });
  });

  it('that never ends, called by many at once, keeps nobody else waiting for long', { timeout: 120_000 }, async () => {
    await deploy('never', 'def never():\n    while True: pass', MALLORY);
    const gone = new AbortController();
    const calls = Array.from({ length: 20 }, () =>
      fetch(`${server.url}/query/never`, {
        method: 'POST',
        body: '{"data": {}}',
        headers: MALLORY,
        signal: gone.signal,
      }).catch(() => null),
    );
    await expectHonest();
    const started = performance.now();
    await expectHonest();
    // Not behind twenty that have no deadline.
    expect(performance.now() - started).toBeLessThan(10_000);
    gone.abort();
    await Promise.all(calls);
  });

  it('carries no file, program or connection of the host in its pickle', async () => {
    await deploy(
      'carrier',
      `class Carrier:
    def __reduce__(self):
        import os
        return (os.system, ('touch /tmp/tabpy-tray-carrier-${process.pid}',))
cargo = Carrier()
def carrier():
    return [repr(cargo), open('/etc/passwd').read()]`,
      MALLORY,
    );
    expect((await query('carrier', {}, VICTIM)).status).toBe(500);
    await expectHonest();
  });
});

describe('what a script deploys', () => {
  it('is refused when all interpreters together could not carry it', async () => {
    const heavy = (name: string, headers: Readonly<Record<string, string>>): Promise<JsonAnswer> =>
      run(
        `from tabpy.tabpy_tools.client import Client
cargo = b'x' * 110_000_000
def ${name}(): return len(cargo)
Client('http://localhost:9004/').deploy('${name}', ${name}, 'x')`,
        headers,
      );
    expect(await heavy('first', MALLORY)).toMatchObject({ status: 200 });
    const answer = await heavy('second', { 'TabPy-User': 'accomplice' });
    expect(answer).toMatchObject({ status: 500, body: { info: expect.stringContaining('limit is 200 MB') as string } });
    await expectHonest();
    expect((await query('first', {}, VICTIM)).body).toMatchObject({ response: 110_000_000 });
    await fetch(`${server.url}/endpoints/first`, { method: 'DELETE' });
  });

  it.each([
    ['names without end', 'for n in range(3000): note({**fields, "name": "many%d" % n})'],
    ['a description without end', 'note({**fields, "description": "x" * 3_900_000})'],
    ['a schema without bottom', 'x = []\nfor _ in range(900): x = [x]\nnote({**fields, "schema": x})'],
    ['fields of other kinds', 'note({**fields, "methods": 7, "libraries": [1]})'],
    ['a name that is a path', 'note({**fields, "name": "../../evil"})'],
    ['pickles that overlap', 'note({**fields, "pickleBytes": -5})'],
    ['what it has no right to say', 'note({"kind": "shutdown", "name": "x"})'],
  ])(
    'as %s costs nobody else a function',
    async (_, lines) => {
      await run(
        `from tabpy_tray.session import SESSION, Change
fields = {"kind": "deploy", "name": "forged", "override": True, "version": 1, "description": "", "docstring": "", "schema": None,
  "isPublic": False, "methods": [], "source": None, "libraries": {}, "pickleBytes": 0}
def note(f): SESSION.changes.append(Change(f, b""))
${lines}
return 1`,
        MALLORY,
      );
      await expectHonest();
      const endpoints = (await server.get('/endpoints')).body as Readonly<Record<string, unknown>>;
      expect(Object.keys(endpoints)).toContain('honest');
      expect(Object.keys(endpoints).length).toBeLessThanOrEqual(1_000);
      expect((await run('return 7', { 'TabPy-User': 'somebody new' })).body).toBe(7);
      expect(
        (await run("return tabpy.query('honest', ['abc'])['response']", { 'TabPy-User': 'somebody new' })).body,
      ).toEqual([3]);
    },
    240_000,
  );
});
