// `tabpy-tray functions` as somebody types it: on a folder that nobody serves, then beside the server that does.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsThrough } from '../../src-main/instance/control-socket.ts';
import { holderOf } from '../../src-main/instance/folder-lock.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

describe('the command functions', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-functions-'));
  const dataDir = path.join(folder, 'data');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const functions = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['src-main/entries/cli.ts', 'functions', ...args, '--data-dir', dataDir], {
        cwd: root,
      });
      const said: Buffer[] = [];
      const complained: Buffer[] = [];
      child.stdout.on('data', (part: Buffer) => said.push(part));
      child.stderr.on('data', (part: Buffer) => complained.push(part));
      child.once('close', (code) =>
        resolve({ code, said: Buffer.concat(said).toString(), complained: Buffer.concat(complained).toString() }),
      );
    });
  const file = async (name: string, text: string): Promise<string> => {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const added = (server: RunningServer) => server.post('/query/add', { data: { x: [1, 2], y: [3, 4] } });

  const SOURCE = `import math

STEP = 1


def add(x: list[float], y: list[float]) -> list[float]:
    """Adds two columns.

    Args:
        x: the one
        y: the other
    """
    return [together(a, b) for a, b in zip(x, y)]


def together(a, b):
    return math.floor(a + b) * STEP
`;

  it('deploys with no server running, and what it deployed is served afterwards', async () => {
    const added1 = await functions('deploy', await file('add.py', SOURCE), '--public');
    expect(added1).toMatchObject({ code: 0, said: "Deployed 'add', version 1.\n" });
    expect((await functions('list')).said).toMatch(/^add +version 1 +loaded +Adds two columns\.\n$/);
    expect((await functions('show', 'add')).said).toContain(SOURCE.trimEnd());

    const server = await startServer({ dataDir });
    try {
      expect((await added(server)).body).toMatchObject({ response: [4, 6], version: 1, model: 'add' });
      expect((await server.get('/endpoints/add')).body).toMatchObject({ is_public: true });
    } finally {
      await server.stop();
    }
    // The image of Python may have to be made first.
  }, 300_000);

  describe('beside a server', () => {
    let server: RunningServer;
    beforeAll(async () => {
      server = await startServer({ dataDir });
    });
    afterAll(() => server.stop());

    it('deploys new versions only when that is meant, and goes back', async () => {
      const next = await file('add.py', SOURCE.replace('STEP = 1', 'STEP = 10'));
      const refused = await functions('deploy', next);
      expect(refused).toMatchObject({
        code: 1,
        complained: expect.stringContaining('Use --override to deploy this as its next'),
      });
      expect((await functions('deploy', next, '--override')).said).toBe("Deployed 'add', version 2.\n");
      expect((await added(server)).body).toMatchObject({ response: [40, 60], version: 2 });
      expect((await functions('rollback', 'add', '1')).said).toContain('version 3');
      expect((await added(server)).body).toMatchObject({ response: [4, 6], version: 3 });
      const versions = (await functions('versions', 'add')).said.trimEnd().split('\n');
      expect(versions).toHaveLength(3);
      expect(versions[0]).toMatch(
        /^3 \(served\) +20.* UTC +command line \(as version 1\) +Python 3\.14\.\d+ +with source$/,
      );
      expect((await functions('show', 'add')).said).toMatch(/ x +number +required +the one/);
    });

    it('tells what is wrong in a file, with the line', async () => {
      const broken = await functions('deploy', await file('broken.py', 'def f(x):\n    return = x\n'));
      expect(broken).toMatchObject({ code: 1, complained: expect.stringMatching(/broken\.py, line 2: /) });
      const raising = await functions('deploy', await file('raising.py', '\nprint(1 / 0)\ndef f(x): pass\n'));
      expect(raising.complained).toBe('ZeroDivisionError: division by zero (line 2)\n');
      const several = await functions('deploy', await file('several.py', 'def f(x): pass\ndef g(x): pass\n'));
      expect(several.complained).toContain('several functions (f, g). Name one of them with --function.');
      expect((await functions('deploy', path.join(folder, 'nowhere.py'))).complained).toContain('cannot be read');
    });

    it('makes a function of a script that calls another, and Tableau’s answer is the same', async () => {
      const holder = await holderOf(dataDir);
      const calls = callsThrough(holder!);
      const script = "both = tabpy.query('add', _arg1, _arg2)['response']  # together\nreturn pd.Series(both).tolist()";
      const asScript = await server.evaluate(script, { _arg1: [1.5], _arg2: [2] });
      const source = await calls.promoteScript(script, 'both', ['left', 'right']);
      expect(source).toContain('def both(left, right):');
      const data = JSON.stringify({ left: [1.5], right: [2] });
      expect(await calls.tryFunction(source, 'both', data, '')).toMatchObject({ kind: 'answered', result: '[3]' });
      const deployed = await functions('deploy', await file('both.py', source));
      expect(deployed).toMatchObject({ code: 0, said: "Deployed 'both', version 1.\n" });
      expect(await calls.tryDeployed('both', data, '')).toMatchObject({ kind: 'answered', result: '[3]' });
      const answer = await server.post('/query/both', { data: { left: [1.5], right: [2] } });
      expect((answer.body as { readonly response: unknown }).response).toEqual(asScript.body);
      expect(await functions('remove', 'both')).toMatchObject({ code: 0 });
    });

    it('is answered by the server, whose figures it sees', async () => {
      await added(server);
      await server.post('/query/add', { data: { wrong: 1 } });
      await server.evaluate("return tabpy.query('add', [1], [2])['response']");
      const holder = await holderOf(dataDir);
      const { figures } = await callsThrough(holder!).snapshot();
      expect(figures['add']).toMatchObject({ errors: 1, lastAt: expect.any(Number) });
      expect(figures['add']?.calls).toBeGreaterThanOrEqual(3);
      expect(figures['add']?.p95Ms).toBeGreaterThan(0);
    });

    it('tests the saved examples of a function, and ends with 1 when one fails', async () => {
      const calls = callsThrough((await holderOf(dataDir))!);
      expect(await functions('test', 'add')).toMatchObject({ code: 1, said: expect.stringContaining('no saved') });
      const data = JSON.stringify({ x: [1, 2], y: [3, 4] });
      await calls.saveExample('add', { name: 'two marks', data, expected: '[4.0, 6]' });
      expect(await functions('test', 'add')).toMatchObject({
        code: 0,
        said: expect.stringMatching(/^add\n {2}ok {4}two marks {2}\d+ ms\n\n1 passed, 0 failed\.\n$/),
      });
      await calls.saveExample('add', { name: 'wrong', data, expected: '[4, 7]' });
      const failed = await functions('test', '--all');
      expect(failed).toMatchObject({ code: 1, said: expect.stringContaining('row 2: expected 7, got 6') });
      await calls.removeExample('add', 'wrong');
    });

    it('shows the figures of matplotlib that a trial draws, and gives Tableau none', async () => {
      const calls = callsThrough((await holderOf(dataDir))!);
      const source = `import matplotlib.pyplot as plt

def draw(x):
    plt.figure(figsize=(2, 1))
    plt.plot(x)
    plt.figure()
    plt.hist(x)
    plt.show()
    return len(x)
`;
      const isPng = (picture: string): boolean => Buffer.from(picture, 'base64').subarray(1, 4).toString() === 'PNG';
      const tried = await calls.tryFunction(source, 'draw', '{"x":[1,2,4]}', '');
      expect(tried).toMatchObject({ kind: 'answered', result: '3', prints: '' });
      expect(tried.pictures.map(isPng)).toEqual([true, true]);
      // 2 by 1 inches of 100 dots.
      const [first = ''] = tried.pictures;
      expect(Buffer.from(first, 'base64').readUInt32BE(16)).toBe(200);
      expect(await functions('deploy', await file('draw.py', source))).toMatchObject({ code: 0 });
      const deployed = await calls.tryDeployed('draw', '{"x":[1,2,4]}', '');
      expect([deployed.kind, deployed.pictures.length]).toEqual(['answered', 2]);
      const asked = await server.post('/query/draw', { data: { x: [1, 2] } });
      expect(asked.body).toEqual({ response: 2, version: 1, model: 'draw', uuid: expect.any(String) });
      const failed = await calls.tryFunction(
        `${source}    plt.plot(x)\n`.replace('return len(x)', 'return plt.gcf()'),
        'draw',
        '[[1]]',
        '',
      );
      expect([failed.kind, failed.pictures.length]).toEqual(['failed', 2]);
      expect(await functions('remove', 'draw')).toMatchObject({ code: 0 });
    }, 120_000);

    it('stops a trial, and no other script', async () => {
      const calls = callsThrough((await holderOf(dataDir))!);
      const other = server.evaluate('import time\ntime.sleep(3)\nreturn 1', {});
      const endless = calls.tryFunction('def f():\n    while True: pass\n', 'f', '{}', 'mine');
      const timer = setInterval(() => void calls.stopTrial('mine'), 200);
      expect(await endless).toMatchObject({ kind: 'failed', error: { type: 'Stopped' } });
      clearInterval(timer);
      expect((await other).body).toBe(1);
    }, 60_000);

    it('carries functions to another folder, models with what they learned too', async () => {
      const script = `
from tabpy.tabpy_tools.client import Client
table = {'a': 1.5}
def look(x):
    return [table.get(one) for one in x]
Client('http://localhost:9004/').deploy('look up', look, 'Looks things up', schema={'type': 'object'})
`;
      const learned = await server.post(
        '/evaluate',
        { data: {}, script },
        { 'TabPy-User': 'ann', 'TabPy-Client': 'Prep' },
      );
      expect(learned.status).toBe(200);
      expect((await functions('versions', 'look up')).said).toMatch(
        /127\.0\.0\.1 \(client Prep, Tableau user ann\) +Python 3\.14/,
      );
      expect((await server.post('/endpoints', { name: 'plus', type: 'alias', target: 'add' })).status).toBe(201);
      const archive = path.join(folder, 'all.tabpy');
      expect(await functions('export', '-o', archive)).toMatchObject({ code: 0 });
      for (const name of ['plus', 'add', 'look up']) expect(await functions('remove', name)).toMatchObject({ code: 0 });
      expect((await server.get('/endpoints')).body).toEqual({});

      expect(await functions('import', archive)).toMatchObject({ code: 0, said: 'Imported add, look up, plus.\n' });
      expect((await added(server)).body).toMatchObject({ response: [4, 6], version: 1 });
      expect((await functions('test', 'add')).said).toContain('1 passed, 0 failed.');
      expect((await server.post('/query/plus', { data: [[1], [2]] })).body).toMatchObject({ response: [3] });
      expect((await server.post('/query/look%20up', { data: { x: ['a', 'b'] } })).body).toMatchObject({
        response: [1.5, null],
      });
      expect((await server.get('/endpoints/look up')).body).toMatchObject({
        description: 'Looks things up',
        schema: "{'type': 'object'}",
      });
      expect((await functions('versions', 'add')).said).toContain('(imported)');

      const again = await functions('import', archive, 'add');
      expect(again).toMatchObject({
        code: 1,
        complained: expect.stringContaining('with these names exist already: add.'),
      });
      expect((await functions('import', archive, 'add', '--override')).said).toBe('Imported add.\n');
      expect((await added(server)).body).toMatchObject({ version: 2 });
      await writeFile(archive, (await readFile(archive)).fill(0, 60, 90));
      expect(await functions('import', archive, '--override')).toMatchObject({ code: 1 });
    });

    it.each([
      [['nonsense'], "There is no command 'functions nonsense'. See tabpy-tray functions --help.\n"],
      [['remove'], 'functions remove needs a name. See tabpy-tray functions --help.\n'],
      [['rollback', 'add', 'x'], "'x' is not a version number. See tabpy-tray functions --help.\n"],
      [['list', '--nonsense'], expect.stringContaining("Unknown option '--nonsense'")],
      [['export'], 'Name the file to write: functions export -o FILE. See tabpy-tray functions --help.\n'],
    ])('that is not understood says so: %j', async (args, complained) => {
      expect(await functions(...args)).toEqual({ code: 2, said: '', complained });
    });

    it('says its usage', async () => {
      const help = await functions('--help');
      expect(help).toMatchObject({ code: 0, complained: '' });
      for (const name of ['list', 'show', 'deploy', 'remove', 'rollback', 'versions', 'export', 'import'])
        expect(help.said).toContain(`functions ${name}`);
    });
  });

  it('tests the saved examples with no server running', async () => {
    expect(await functions('test', '--all')).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 passed, 0 failed.'),
    });
  });
});
