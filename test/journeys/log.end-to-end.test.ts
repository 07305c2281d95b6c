// What the program writes about its work: its lines, their forms, and that nothing of what callers send is among them.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer, ServerOptions } from '../support/running-server.ts';
import { passwordFile, signedInUser } from '../support/signed-in-user.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

/** What stands for data, in every request; nothing of it may be in the log. */
const DATA = 'Bergman4711';
const [, PASSWORD] = signedInUser;

/** Runs a server for some requests; answers what the terminal and the file have of it. */
async function loggedBy(
  options: ServerOptions,
  ask: (server: RunningServer) => Promise<void>,
): Promise<{ readonly terminal: string; readonly file: string }> {
  const dataDir = temporaryFolder();
  const server = await startServer({ ...options, dataDir });
  try {
    await ask(server);
  } finally {
    await server.stop();
  }
  return { terminal: server.output(), file: readFileSync(path.join(dataDir, 'log/tabpy-tray.log'), 'utf8') };
}

const jsonLines = (text: string): readonly Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const CLIENT = "from tabpy.tabpy_tools.client import Client\nclient = Client('http://localhost:9004/')\n";
const FAILING = [
  'raise ValueError(_arg1[0])',
  'return int(_arg1[0])',
  'return {}[_arg1[0]]',
  "def f(x):\n  return g(x)\ndef g(x):\n  raise KeyError(x)\ntry:\n  f(_arg1[0])\nexcept KeyError as e:\n  raise RuntimeError(_arg1[0] + '\\n  line 1, in x y') from e",
  `return '${DATA}`,
  `x = '${DATA}' +* 2`,
  `print(_arg1[0])\nimport sys\nprint(_arg1[0], file=sys.stderr)\nreturn _arg1[0].nothing`,
  'import os\nos.write(1, _arg1[0].encode())\nos.write(2, _arg1[0].encode())\n1 / 0',
  'import warnings, logging\nwarnings.warn(_arg1[0])\nlogging.error(_arg1[0])\n1 / 0',
  'return type(_arg1[0] + " x", (Exception,), {})()',
  'raise type(_arg1[0] + " x", (Exception,), {})(_arg1[0])',
  'exec(compile("1/0", _arg1[0], "exec"))',
  'import sys\nsys.exit(_arg1[0])',
  'import os\nos.abort()',
  'while True: pass',
  'return tabpy.query(_arg1[0], _arg1)["response"]',
  'return tabpy.query("fails", _arg1)["response"]',
  `${CLIENT}client.deploy("bad", lambda: open, _arg1[0] * 2)\nclient.deploy(_arg1[0] + "!", lambda: 1)`,
];

describe('the log', () => {
  it('holds nothing that callers sent or got, whatever goes wrong', async () => {
    const env = { TABPY_EVALUATE_TIMEOUT: '2', TABPY_MAX_REQUEST_SIZE_MB: '1', TABPY_LOG_DETAILS: 'true' };
    const { terminal, file } = await loggedBy({ args: ['--verbose'], env }, async (server) => {
      const deployed = `${CLIENT}def fails(x):\n  raise ValueError(x)\ndef odd(x):\n  return {complex(1, 2): x}\nclient.deploy('fails', fails)\nclient.deploy('odd', odd)`;
      expect((await server.evaluate(deployed)).status).toBe(200);
      const _arg1 = [DATA];
      for (const script of FAILING) await server.evaluate(script, { _arg1 });
      for (const name of ['fails', 'odd', 'nope']) {
        await server.post(`/query/${name}?${DATA}`, { data: { x: DATA } });
        await server.post(`/query/${name}`, { data: { [DATA]: 1 } });
        await server.post(`/query/${name}`, Buffer.from(`{"data": ${DATA}`));
        await server.post(`/query/${name}`, { data: DATA });
      }
      for (const route of ['/evaluate', '/endpoints']) {
        await server.post(route, Buffer.from(DATA));
        await server.post(route, Buffer.from(`{"data": {"_arg1": ${DATA}}, "script": "return 1"}`));
        await server.post(route, Buffer.from(DATA), { 'content-encoding': 'gzip' });
        await server.post(route, { data: { [DATA]: [1] }, script: 'return 1' });
        await server.post(route, { data: DATA, script: 'return 1', name: 7, description: DATA });
        await server.post(route, { data: { _arg1: DATA.repeat(200_000) }, script: 'return 1' });
      }
      await server.get(`/info?${DATA}`);
      await server.post(
        '/evaluate',
        { data: { _arg1 }, script: 'return _arg1' },
        {
          authorization: `Basic ${Buffer.from(`ann:${PASSWORD}${DATA}`).toString('base64')}`,
          cookie: DATA,
          'x-forwarded-for': DATA,
        },
      );
      expect((await server.evaluate('return _arg1', { _arg1 })).body).toEqual([DATA]);
    });
    for (const text of [terminal, file]) {
      expect(text.split('\n').filter((line) => line.includes(DATA) || line.includes(PASSWORD))).toEqual([]);
      expect(text).toMatch(/error #\d+ \S+ POST \/evaluate 500 .* ValueError in line 1 \[client -, Tableau user -/);
      expect(text).toMatch(/ 408 .* User defined script timed out/);
      expect(text).toMatch(/warn {2}#\d+ .* 413 /);
    }
    // The way through the script once, folded below its line.
    expect(file.match(/^ {4}line \d+, in g$/gm)).toHaveLength(1);
  }, 120_000);

  it('holds no password of who signs in, right or wrong', async () => {
    const env = { TABPY_PWD_FILE: passwordFile, TABPY_LOG_DETAILS: 'true' };
    const { terminal, file } = await loggedBy({ args: ['--verbose'], env }, async (server) => {
      for (const password of [PASSWORD, `${PASSWORD}-wrong`]) {
        const authorization = `Basic ${Buffer.from(`user1:${password}`).toString('base64')}`;
        await server.post('/evaluate', { data: {}, script: 'return 1' }, { authorization });
      }
      await server.post('/evaluate', {}, { authorization: `Basic ${PASSWORD}` });
      await server.post('/evaluate', {}, { authorization: `Bearer ${PASSWORD}` });
    });
    for (const text of [terminal, file]) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(Buffer.from(`user1:${PASSWORD}`).toString('base64'));
      expect(text).toMatch(/POST \/evaluate 200 .*TabPy user user1\]/);
      expect(text).toMatch(/sign-in of "user1" from \S+ was refused/);
    }
  }, 60_000);

  it('is JSON on demand, an object for each request', async () => {
    const { terminal, file } = await loggedBy({ args: ['--log-format', 'json'] }, async (server) => {
      const headers = { 'TabPy-Client': 'Tableau 2026.1', 'TabPy-User': 'ann' };
      await server.post('/evaluate', { data: { _arg1: [1] }, script: 'return _arg1' }, headers);
      await server.post('/evaluate', { data: {}, script: 'def f():\n  1 / 0\nf()' });
    });
    expect(jsonLines(terminal)).toEqual(jsonLines(file));
    const requests = jsonLines(file).filter((one) => one['path'] === '/evaluate');
    expect(requests).toEqual([
      expect.objectContaining({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        level: 'info',
        method: 'POST',
        status: 200,
        client: 'Tableau 2026.1',
        user: 'ann',
        failure: null,
        bytesOut: 3,
        ms: expect.any(Number) as number,
        address: expect.any(String) as string,
        id: expect.any(Number) as number,
      }),
      expect.objectContaining({
        level: 'error',
        status: 500,
        failure: 'ZeroDivisionError',
        line: 2,
        traceback: ['line 3', 'line 2, in f'],
      }),
    ]);
    expect(file.trim().split('\n')).toHaveLength(jsonLines(file).length);
  }, 60_000);

  it('leaves out what is below its level, and the file when none is wanted', async () => {
    const env = { TABPY_TRAY_LOG_LEVEL: 'warn' };
    const { terminal, file } = await loggedBy({ env }, async (server) => {
      await server.get('/info');
      await server.get('/nothing-here');
    });
    expect(terminal).not.toContain('/info');
    expect(file).toMatch(/^\S+ \S+ warn {2}#\d+ .*GET \/nothing-here 404 .*\n$/);

    const dataDir = temporaryFolder();
    const silent = await startServer({ env: { TABPY_TRAY_LOG_TO_FILE: 'false' }, dataDir });
    await silent.stop();
    expect(() => readFileSync(path.join(dataDir, 'log/tabpy-tray.log'))).toThrow('ENOENT');
  }, 60_000);
});
