// Scripts that run away, each against the real server: what it costs, and what its caller is told.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { JsonAnswer, RunningServer } from '../support/running-server.ts';

const TIMEOUT_SECONDS = 3;
const PROCESSING = 'Error processing script';
const TIMED_OUT = { message: 'User defined script timed out. Timeout is set to 3.0 s.', info: {} };

interface Runaway {
  readonly name: string;
  readonly script: string;
  readonly status: number;
  readonly body: unknown;
  /** A busy machine may reach the time-out first. */
  readonly mayBeLate?: boolean;
}

const failed = (info: string): Pick<Runaway, 'status' | 'body'> => ({
  status: 500,
  body: { message: PROCESSING, info: expect.stringMatching(info) as string },
});
const stopped = { status: 408, body: TIMED_OUT };

const RUNAWAYS: readonly Runaway[] = [
  { name: 'a loop', script: 'while True: pass', ...stopped },
  {
    name: 'a loop that catches everything',
    script: 'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
    ...stopped,
  },
  { name: 'a sleep', script: 'import time\ntime.sleep(1e6)', ...stopped },
  {
    name: 'a long call of numpy',
    script: 'import numpy as np\na = np.random.rand(3000, 3000)\nfor _ in range(1000): a = a @ a / 1e3',
    ...stopped,
  },
  {
    name: 'one call of numpy that takes minutes',
    script: 'import numpy as np\nreturn float(np.linalg.svd(np.random.rand(3000, 3000))[1][0])',
    ...stopped,
  },
  { name: 'a catastrophic regex', script: "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')", ...stopped },
  { name: 'a sum in C', script: 'return sum(range(10**13))', ...stopped },
  { name: 'a power', script: 'return 9 ** 9 ** 9 % 10', ...stopped },
  {
    name: 'a generator without end',
    script: 'def g():\n    while True: yield None\nreturn g()',
    ...failed('^MemoryError|PythonCrashed'),
    mayBeLate: true,
  },
  {
    name: 'a text that is never made',
    script: 'class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E',
    ...stopped,
  },
  { name: 'a recursion', script: 'def f(n): return f(n + 1)\nreturn f(0)', ...failed('^RecursionError : ') },
  {
    name: 'a recursion without limit',
    script: 'import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return sorted([n, n], key=f)\nreturn f(0)',
    ...failed('RecursionError|PythonCrashed'),
  },
  {
    name: 'os.abort()',
    script: 'import os\nos.abort()',
    ...failed('^PythonCrashed : .* A new Python serves the next request'),
  },
  { name: 'os._exit()', script: 'import os\nos._exit(0)', ...failed('^PythonCrashed') },
  { name: 'sys.exit()', script: 'import sys\nsys.exit(1)', ...failed('^SystemExit : 1') },
  {
    name: 'a fatal error of the interpreter',
    script: 'import _pyodide_core\n_pyodide_core.trigger_fatal_error()',
    ...failed('^PythonCrashed'),
  },
  { name: 'a smashed memory', script: 'import ctypes\nctypes.memset(0, 65, 1 << 24)', ...failed('^PythonCrashed') },
  {
    name: 'a list that eats memory',
    script: 'x = []\nwhile True: x.append(bytearray(16 << 20))',
    ...failed('^MemoryError'),
    mayBeLate: true,
  },
  {
    name: 'an array that eats memory',
    script: 'import numpy as np\nreturn float(np.ones(1 << 27).sum())',
    ...failed('Unable to allocate|MemoryError'),
    mayBeLate: true,
  },
  {
    name: 'files that eat memory',
    script: "n = 0\nwhile True:\n    open('/tmp/f%d' % n, 'wb').write(b'x' * (64 << 20)); n += 1",
    ...failed('MemoryError|PythonCrashed|OSError'),
    mayBeLate: true,
  },
  {
    name: 'megabytes of output',
    script: "for _ in range(3000): print('x' * 100_000)\nreturn 1",
    status: 200,
    body: 1,
    mayBeLate: true,
  },
  { name: 'output without end', script: "while True: print('x' * 100_000)", ...stopped },
  {
    name: 'a result that is too large',
    script: "return 'x' * (400 << 20)",
    ...failed('^(ResultTooLarge|MemoryError)'),
    mayBeLate: true,
  },
  {
    name: 'a result that is too deep',
    script: 'x = []\nfor _ in range(5000): x = [x]\nreturn x',
    ...failed('^RecursionError'),
  },
  {
    name: 'an error of megabytes',
    script: "raise ValueError('x' * (50 << 20))",
    ...failed('^ValueError : x+… \\(\\d+ characters\\)$'),
    mayBeLate: true,
  },
];

describe('a script that runs away', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({ env: { TABPY_EVALUATE_TIMEOUT: String(TIMEOUT_SECONDS) } });
    for (const user of ['ann', 'bob']) expect((await small(user)).body).toEqual([2, 4]);
  }, 240_000);
  afterAll(async () => void (await server?.stop()));

  const small = (user: string): Promise<JsonAnswer> =>
    server.post(
      '/evaluate',
      { data: { _arg1: [1, 2] }, script: 'return [x * 2 for x in _arg1]' },
      { 'TabPy-User': user },
    );

  it.each(RUNAWAYS.map((one) => [one.name, one] as const))(
    '(%s) costs one request, and its caller is told why',
    async (_, { script, status, body, mayBeLate }) => {
      const answer = await server.post('/evaluate', { data: {}, script }, { 'TabPy-User': 'ann' });
      expect(answer).toMatchObject(mayBeLate && answer.status === 408 ? stopped : { status, body });
      for (const user of ['bob', 'ann']) expect(await small(user)).toMatchObject({ status: 200, body: [2, 4] });
    },
    60_000,
  );

  it('(two at once, each as long as it may) keeps no other caller waiting for their end', async () => {
    const running = [1, 2].map(() =>
      server.post('/evaluate', { data: {}, script: 'while True: pass' }, { 'TabPy-User': 'ann' }),
    );
    const started = performance.now();
    let answered = 0;
    while (performance.now() - started < 2_500) {
      expect(await small('bob')).toMatchObject({ status: 200 });
      answered += 1;
    }
    expect(answered).toBeGreaterThan(0);
    for (const answer of await Promise.all(running)) expect(answer.status).toBe(408);
  });
});
