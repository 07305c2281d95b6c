// What goes wrong, and what it costs: exactly the request that did it.

import { createServer } from 'node:http';
import { connect } from 'node:net';
import { mkdtemp, rm, writeFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { processesBelow } from '../support/process-tree.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const DEPLOY_FOREVER = `
from tabpy.tabpy_tools.client import Client
def forever():
    while True: pass
Client('http://localhost:9004/').deploy('forever', forever)
`;

describe('a script that goes wrong', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({ env: { TABPY_EVALUATE_TIMEOUT: '12' } });
    await server.evaluate('return 1');
  });
  afterAll(() => server.stop());

  const failure = async (script: string): Promise<{ status: number; message?: unknown; info?: unknown }> => {
    const { status, body } = await server.evaluate(script);
    return { status, ...(body as object) };
  };

  it('gets the line as the analyst wrote it', async () => {
    expect((await failure('x = 1\n\ny = = 2')).info).toBe('SyntaxError : invalid syntax (<string>, line 3)');
  });

  it.each([
    ['raises', 'raise ValueError("no")', 'ValueError : no'],
    ['exits', 'import sys\nsys.exit(3)', 'SystemExit : 3'],
    ['recurses', 'def f(n): return f(n + 1)\nreturn f(0)', expect.stringMatching(/^RecursionError : /)],
    [
      'recurses through C',
      'def f(x):\n return sorted([1], key=f)\nreturn f(1)',
      expect.stringMatching(/^RecursionError : /),
    ],
    ['returns what is no JSON', 'return lambda: 1', expect.stringMatching(/^TypeError : .*not JSON serializable/)],
    [
      'wants a module that is not there',
      'import tensorflow',
      expect.stringMatching(/^ModuleNotFoundError : No module named 'tensorflow'/),
    ],
  ])('that %s is told why', async (_, script, info) => {
    expect(await failure(script)).toMatchObject({ status: 500, message: 'Error processing script', info });
  });

  it.each([
    ['never ends', 'while True: pass'],
    ['sleeps', 'import time\ntime.sleep(60)'],
    ['multiplies for ever', 'import numpy as np\na = np.random.rand(2000, 2000)\nwhile True: a = a @ a / 1e3'],
    ['swallows everything', 'while True:\n try:\n  while True: pass\n except BaseException: pass'],
  ])('that %s is stopped', async (_, script) => {
    expect(await failure(script)).toMatchObject({
      status: 408,
      message: 'User defined script timed out. Timeout is set to 12.0 s.',
      info: {},
    });
    expect((await server.evaluate('return 1')).body).toBe(1);
  });

  it.each([
    ['aborts', 'import os\nos.abort()'],
    ['breaks Python', 'import ctypes\nctypes.memset(0, 65, 1 << 24)\nreturn 1'],
  ])('that %s costs its own request', async (_, script) => {
    const other = server.post(
      '/evaluate',
      { data: {}, script: 'import time\ntime.sleep(0.5)\nreturn 7' },
      { 'TabPy-User': 'other' },
    );
    expect((await failure(script)).status).toBe(500);
    expect((await other).body).toBe(7);
    expect((await server.evaluate('return 1')).body).toBe(1);
  });

  it('that takes all memory is told so', async () => {
    const { status, info } = await failure('x = []\nwhile True: x.append(bytearray(16 << 20))');
    expect(status).toBe(500);
    expect(info).toMatch(/^MemoryError : /);
  });

  it('that prints megabytes is answered', async () => {
    expect((await server.evaluate("print('x' * 10_000_000)\nreturn 1")).body).toBe(1);
  });

  it('that returns hundreds of megabytes is told that this is too much', async () => {
    const { status, info } = await failure("return 'x' * (400 << 20)");
    expect(status).toBe(500);
    expect(info).toMatch(/result|Memory/i);
  });

  it('runs on in a fresh Python when somebody kills its process', async () => {
    await server.evaluate('return 1');
    for (const { pid } of processesBelow(server.pid)) process.kill(pid, 'SIGKILL');
    expect((await server.evaluate('return 2')).body).toBe(2);
  });

  it('as a deployed function that never ends is stopped after its caller left', async () => {
    expect((await server.evaluate(DEPLOY_FOREVER)).status).toBe(200);
    const controller = new AbortController();
    const call = fetch(`${server.url}/query/forever`, {
      method: 'POST',
      body: '{"data": {}}',
      signal: controller.signal,
    });
    await reaches(() => processesBelow(server.pid).length > 0);
    controller.abort();
    await expect(call).rejects.toThrow('aborted');
    // Two workers: were the function still running after its time, a third call could not be served.
    const answers = await Promise.all(
      [1, 2, 3].map((value) => server.evaluate(`import time\ntime.sleep(1)\nreturn ${value}`)),
    );
    expect(answers.map((answer) => answer.body)).toEqual([1, 2, 3]);
  });

  it('by a hundred callers who hang up does not stop the others', async () => {
    const body = JSON.stringify({ data: {}, script: 'import time\ntime.sleep(0.05)\nreturn 1' });
    const head = `POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    await Promise.all(Array.from({ length: 100 }, () => hangUpAfter(server.port, head)));
    expect((await server.evaluate('return 5')).body).toBe(5);
  });

  it('and a docstring beyond ASCII, deployed a hundred times, stays as it is', async () => {
    const script = `
from tabpy.tabpy_tools.client import Client
client = Client('http://localhost:9004/')
def greet():
    'Grüße, 世界'
    return 1
for i in range(100):
    client.deploy('greet', greet, 'ü', override=True)
`;
    expect((await server.evaluate(script)).status).toBe(200);
    expect((await server.get('/endpoints/greet')).body).toMatchObject({
      docstring: 'Grüße, 世界',
      description: 'ü',
      version: 100,
    });
  }, 60_000);
});

describe('the program', () => {
  it('names who holds the port and ends with exit code 1', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    await expect(startServer({ args: ['--port', String(port)] })).rejects.toThrow(
      new RegExp(`ended with 1: .*Port ${port} is in use by .+ \\(PID ${process.pid}\\)\\. Choose another port`, 's'),
    );
    await new Promise((resolve) => holder.close(resolve));
  });

  it('has its data folder alone, and locks nobody out when it is killed', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-lock-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const first = await startServer({ dataDir });
    await expect(startServer({ dataDir })).rejects.toThrow(
      new RegExp(
        `ended with 1: .*is in use by a TabPy Tray server \\(PID ${first.pid}, since .*\\)\\. Stop that program`,
        's',
      ),
    );
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    const second = await startServer({ dataDir });
    expect((await second.evaluate('return 1')).body).toBe(1);
    await second.stop();
  });

  it('says that a data folder cannot be used', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-file-'));
    const file = path.join(folder, 'not-a-folder');
    await writeFile(file, '');
    await expect(startServer({ dataDir: file })).rejects.toThrow(
      /The data folder .* cannot be used: .*Choose another with --data-dir/s,
    );
    await rm(folder, { recursive: true });
  });

  it('starts as TabPy is started: with its file, its state and its option', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-as-tabpy-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'tabpy.conf');
    await writeFile(path.join(folder, 'state.ini'), '[Service Info]\nName = Ours\nSubdirectory = analytics\n');
    await writeFile(
      file,
      `[TabPy]\nTABPY_STATE_PATH = ${folder}\nTABPY_QUERY_OBJECT_PATH = ${folder}/query_objects\nTABPY_TRANSFER_PROTOCOL = HTTP\n`,
    );
    const server = await startServer({ args: ['--config', file, '--disable-auth-warning'] });
    onTestFinished(async () => void (await server.stop()));
    expect((await server.get('/analytics/info')).body).toMatchObject({ name: 'Ours' });
    expect((await server.post('/analytics/evaluate', { data: { _arg1: [1] }, script: 'return _arg1' })).body).toEqual([
      1,
    ]);
    expect(await readdir(path.join(folder, 'query_objects'))).toEqual(['tabpy-tray.functions']);
  });

  it.each([
    [['--port', 'abc'], /--port is 'abc'; it must be a whole number from 0 to 65535/],
    [['--workers', '0'], /--workers is '0'/],
    [['--isolation', 'none'], /must be one of caller, address, shared, request/],
    [['--nonsense'], /Unknown option '--nonsense'.*--help/s],
  ])('refuses %j in a sentence', async (args, sentence) => {
    await expect(startServer({ args })).rejects.toThrow(sentence);
  });
});

function hangUpAfter(port: number, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(text, () => {
        socket.destroy();
        resolve();
      });
    });
    socket.once('error', () => resolve());
  });
}

async function reaches(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
