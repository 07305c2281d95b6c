// `node test/bench/after-kill.ts [rounds]`: how long the next small request takes after a script was killed, beside what it
// takes otherwise. Must not judge: on a busy machine only the ratio means something.

import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../support/running-server.ts';

const ROUNDS = Number(process.argv[2] ?? 40);
const NORMAL_EACH = 50;
const USERS = ['ann', 'bob'] as const;

const server = await startServer({ args: ['--verbose'], env: { TABPY_EVALUATE_TIMEOUT: '0.5' } });
const readyCount = (): number => server.output().match(/Python [\d.]+ is ready/g)?.length ?? 0;

async function small(user: string): Promise<number> {
  const start = performance.now();
  const script = 'return [x * 2 for x in _arg1]';
  const answer = await server.post('/evaluate', { data: { _arg1: [1, 2] }, script }, { 'TabPy-User': user });
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return performance.now() - start;
}

const normal: number[] = [];
const after: Record<(typeof USERS)[number], number[]> = { ann: [], bob: [] };
try {
  for (const user of USERS) await small(user);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let count = 0; count < NORMAL_EACH; count += 1) for (const user of USERS) normal.push(await small(user));
    const ready = readyCount();
    await server.post('/evaluate', { data: {}, script: 'while True: pass' }, { 'TabPy-User': 'ann' });
    // The killed one's caller and another one, in turns: who comes first meets the replacement's start.
    for (const user of round % 2 ? USERS : USERS.toReversed()) after[user].push(await small(user));
    while (readyCount() <= ready) await pause(20);
  }
} finally {
  await server.stop();
}

const shown = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5).toFixed(1)} p99 ${quantile(values, 0.99).toFixed(1)} ms (${values.length})`;
console.log(`normally            ${shown(normal)}`);
console.log(`after a kill, same  ${shown(after.ann)}: ${ratio(after.ann)} of the normal p99`);
console.log(`after a kill, other ${shown(after.bob)}: ${ratio(after.bob)} of the normal p99`);

function ratio(values: readonly number[]): string {
  return (quantile(values, 0.99) / quantile(normal, 0.99)).toFixed(2);
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)]!;
}
