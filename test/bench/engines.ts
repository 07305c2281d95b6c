// What the two engines cost side by side: `npm run bench:engines [-- PYTHON]`, each over HTTP with a server of its own.

import { readdirSync, readFileSync } from 'node:fs';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const SMALL_CALLS = 1_000;
const FEW_CALLS = 15;
const NEW_CALLERS = 20;
const ROWS = 200_000;

const python = process.argv[2] ?? pythonTool('python');
const servers: readonly (readonly [string, RunningServer])[] = [
  ['builtin', await startServer()],
  ['native', await startServer({ args: ['--python', python] })],
];
const column = Array.from({ length: ROWS }, (_, row) => row * 0.5);
const names = Array.from({ length: ROWS }, (_, row) => ['a', 'b', 'c'][row % 3]);
const cases: readonly (readonly [string, number, string, object])[] = [
  ['small call', SMALL_CALLS, 'return _arg1 + _arg2', { _arg1: 1, _arg2: 2 }],
  ['200,000 rows there and back', FEW_CALLS, 'return [x + 1 for x in _arg1]', { _arg1: column }],
  ['numpy on 200,000 rows', FEW_CALLS, 'import numpy as np\nreturn np.sqrt(_arg1).tolist()', { _arg1: column }],
  [
    'pandas, groups of 200,000 rows',
    FEW_CALLS,
    "import pandas as pd\nreturn pd.DataFrame({'k': _arg2, 'v': _arg1}).groupby('k')['v'].mean().tolist()",
    { _arg1: column, _arg2: names },
  ],
  ['a loop of a million steps', FEW_CALLS, 't = 0\nfor i in range(1_000_000): t += i\nreturn t', { _arg1: 1 }],
];
try {
  for (const [name, server] of servers) console.log(`${name}: fresh interpreters ${memoryOf(server)} MB private`);
  for (const [what, calls, script, data] of cases)
    await compare(what, (server) => timesOf(calls, () => send(server, script, data)));
  await compare('first answer of a new caller', (server) =>
    timesOf(NEW_CALLERS, (call) => send(server, 'return 1', { _arg1: 1 }, `caller ${call}`)),
  );
  for (const [name, server] of servers) console.log(`${name}: after all that ${memoryOf(server)} MB private`);
} finally {
  for (const [, server] of servers) await server.stop();
}

async function compare(what: string, measure: (server: RunningServer) => Promise<number>): Promise<void> {
  const figures: string[] = [];
  for (const [name, server] of servers) figures.push(`${name} ${(await measure(server)).toFixed(2)} ms`);
  console.log(`${what}: ${figures.join(', ')} (median)`);
}

async function timesOf(calls: number, call: (index: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < calls; index++) {
    const from = performance.now();
    await call(index);
    times.push(performance.now() - from);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

async function send(server: RunningServer, script: string, data: object, user = 'bench'): Promise<void> {
  const { status, body } = await server.post('/evaluate', { data, script }, { 'TabPy-User': user });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** Private memory of each process below a server, in MB. */
function memoryOf({ pid }: RunningServer): string {
  const children = (of: number): readonly number[] =>
    readdirSync(`/proc/${of}/task`)
      .flatMap((thread) => readFileSync(`/proc/${of}/task/${thread}/children`, 'utf8').split(' '))
      .filter(Boolean)
      .map(Number);
  const below = (of: number): readonly number[] => children(of).flatMap((one) => [one, ...below(one)]);
  return below(pid)
    .map((one) => {
      const text = readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
      const kilobytes = [...text.matchAll(/^Private_\w+: +(\d+)/gm)].reduce((sum, [, found]) => sum + Number(found), 0);
      return Math.round(kilobytes / 1000);
    })
    .join(', ');
}
