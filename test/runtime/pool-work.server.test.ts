import { Session } from 'node:inspector/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lease } from '../../src-main/runtime/lease.ts';
import { createFakes, settled } from './support/fake-interpreter.ts';

const SERVED = 100;
const session = new Session();

// Only code that is compiled from now on counts its blocks.
beforeAll(async () => {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
});
afterAll(() => session.disconnect());

/** How often blocks of our files were entered since the last call: loops over slots, waiters or callers show in it. */
async function blocksRun(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ url }) => url.includes('src-main/runtime/'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
}

/** The blocks that are run to serve a hundred requests one after another while others wait. */
async function workWith(waiting: number, bindingOf: (number: number) => string): Promise<number> {
  const { Pool } = await import('../../src-main/runtime/pool.ts');
  const fakes = createFakes();
  const pool = new Pool({
    capacity: { isolation: 'caller', workers: 2, spares: 0, most: 4 },
    start: fakes.start,
    log: { warn: () => undefined, debug: () => undefined },
    queueLimit: 10_000,
  });
  await pool.open();
  const running: Lease[] = [];
  const ask = (number: number): void => {
    const lent = pool.acquire({ binding: bindingOf(number), party: bindingOf(number) }, null);
    if (!(lent instanceof Promise)) throw new Error('it did not have to wait');
    void lent.then((lease) => {
      if ('kind' in lease) throw new Error(`refused: ${lease.kind}`);
      running.push(lease);
    });
  };
  const first = pool.acquire({ binding: bindingOf(0), party: bindingOf(0) }, null);
  running.push((await first) as Lease);
  const second = pool.acquire({ binding: bindingOf(1), party: bindingOf(1) }, null);
  running.push((await second) as Lease);
  for (let number = 0; number < waiting; number += 1) ask(number);
  await settled();
  await blocksRun();
  for (let number = 0; number < SERVED; number += 1) {
    ask(number % waiting);
    running.shift()!.release();
    await settled();
  }
  return blocksRun();
}

describe('the work for a request', () => {
  it.each([
    ['one caller', () => 'ann'],
    ['as many callers as requests', (number: number) => `caller ${number}`],
  ] as const)('is the same for 1, 10, 100 and 1,000 that wait, of %s', async (_, bindingOf) => {
    const work = new Map<number, number>();
    for (const waiting of [1, 10, 100, 1_000]) work.set(waiting, await workWith(waiting, bindingOf));
    const counts = [...work.values()];
    const least = Math.min(...counts);
    expect(least).toBeGreaterThan(SERVED * 5);
    // Callers that take turns have interpreters started and retired; that they do so less or more often is no growth.
    for (const count of counts) expect(count).toBeLessThan(least * 2);
    expect(counts.at(-1)).toBeLessThan(counts.at(-2)! * 1.1);
  });
});
