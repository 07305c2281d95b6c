import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EndReason } from '../../src-shared/end-reason.ts';
import { bindingOf } from '../../src-main/runtime/pool-rules.ts';
import type { Capacity } from '../../src-main/runtime/pool-rules.ts';
import { Pool } from '../../src-main/runtime/pool.ts';
import type { Leaving, Lease, Refusal, StoppedWaiting } from '../../src-main/runtime/lease.ts';
import type { PoolDeps } from '../../src-main/runtime/pool.ts';
import { createFakes, settled } from './support/fake-interpreter.ts';

const CRASH = { kind: 'exited', code: 1, signal: null } as const;

interface PoolMore extends Partial<Omit<PoolDeps, 'capacity'>> {
  readonly capacity?: Partial<Capacity>;
  readonly isReadyAtOnce?: boolean | (() => boolean);
}

function poolOf({ capacity = {}, isReadyAtOnce = true, ...more }: PoolMore = {}) {
  const fakes = createFakes({ isReadyAtOnce });
  const warnings: string[] = [];
  const pool = new Pool({
    capacity: { isolation: 'caller', workers: 2, spares: 1, most: 6, ...capacity },
    start: fakes.start,
    log: { warn: (text) => warnings.push(text), debug: () => undefined },
    ...more,
  });
  return { pool, fakes, warnings };
}

/** Asks for an interpreter; every binding has a party of its own unless a test says otherwise. */
const acquire = async (pool: Pool, binding: string, leaving: Leaving | null = null, party = binding) =>
  pool.acquire({ binding, party }, leaving);

async function leaseOf(pool: Pool, binding: string, party = binding): Promise<Lease> {
  const lease = await acquire(pool, binding, null, party);
  if ('kind' in lease) throw new Error(`refused: ${lease.kind}`);
  return lease;
}

const kindOf = (answer: Lease | Refusal | StoppedWaiting): string => ('kind' in answer ? answer.kind : 'lent');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a pool', () => {
  it('starts nothing before it is opened, and lets requests wait until then', async () => {
    const { pool, fakes } = poolOf();
    const waiting = acquire(pool, 'a');
    await settled();
    expect(fakes.all).toHaveLength(0);
    expect(pool.counts()).toEqual({ starting: 0, idle: 0, busy: 0, waiting: 1, started: 0, busySince: null });
    void pool.open();
    expect(kindOf(await waiting)).toBe('lent');
  });

  it('without spares starts one all the same, so that it is known whether Python starts', async () => {
    const { pool, fakes } = poolOf({ capacity: { spares: 0 } });
    expect(await pool.open()).toBe(true);
    expect(fakes.all).toHaveLength(1);
    await leaseOf(pool, 'a');
    expect(fakes.all).toHaveLength(1);
  });

  it('renews interpreters without losing a request: the old ones serve until a new one is ready', async () => {
    let isReady = true;
    const { pool, fakes } = poolOf({ isReadyAtOnce: () => isReady });
    await pool.open();
    const busy = await leaseOf(pool, 'a');
    const idle = await leaseOf(pool, 'b');
    idle.release();
    await settled();
    isReady = false;
    const old = fakes.all.length;
    const renewed = pool.renew();
    const meanwhile = await leaseOf(pool, 'b');
    expect(meanwhile.interpreter).toBe(idle.interpreter);
    meanwhile.release();
    isReady = true;
    fakes.all.at(-1)!.becomeReady();
    expect(await renewed).toBe(true);
    await settled();
    expect(idle.interpreter.isAlive).toBe(false);
    expect(busy.interpreter.isAlive).toBe(true);
    const next = await leaseOf(pool, 'b');
    expect(fakes.all.slice(old).map((one) => one.interpreter)).toContain(next.interpreter);
    busy.release();
    await settled();
    expect(busy.interpreter.isAlive).toBe(false);
    expect((await leaseOf(pool, 'a')).interpreter).not.toBe(busy.interpreter);
  });

  it('keeps the old interpreters when the new one does not start', async () => {
    let isReady = true;
    const { pool, fakes } = poolOf({ isReadyAtOnce: () => isReady });
    await pool.open();
    await settled();
    isReady = false;
    const renewed = pool.renew();
    fakes.all.at(-1)!.end(CRASH);
    expect(await renewed).toBe(false);
    expect(fakes.all[0]!.interpreter.isAlive).toBe(true);
  });

  it('has nothing to renew before it is opened', async () => {
    const { pool, fakes } = poolOf();
    expect(await pool.renew()).toBe(true);
    expect(fakes.all).toHaveLength(0);
  });

  it('gives a caller the interpreter that it had before', async () => {
    const { pool } = poolOf();
    void pool.open();
    const first = await leaseOf(pool, 'a');
    first.known.functions = 5;
    first.release();
    const second = await leaseOf(pool, 'a');
    expect(second.interpreter).toBe(first.interpreter);
    expect(second.known.functions).toBe(5);
  });

  it('never gives it to another caller', async () => {
    const { pool } = poolOf();
    void pool.open();
    const first = await leaseOf(pool, 'a');
    first.release();
    const other = await leaseOf(pool, 'b');
    expect(other.interpreter).not.toBe(first.interpreter);
    expect(other.known.functions).toBe(-1);
  });

  it('in mode request never gives one twice', async () => {
    const { pool, fakes } = poolOf({ capacity: { isolation: 'request' } });
    void pool.open();
    const used = new Set<unknown>();
    for (let count = 0; count < 5; count += 1) {
      const lease = await leaseOf(pool, 'a');
      used.add(lease.interpreter);
      lease.release();
      expect(fakes.all[count]!.stopped()).toEqual({ kind: 'stopped', why: 'retired' });
    }
    expect(used.size).toBe(5);
  });

  it('runs no more at once than it may, and serves who waits in turn', async () => {
    const { pool } = poolOf();
    void pool.open();
    const [first] = [await leaseOf(pool, 'a'), await leaseOf(pool, 'b')];
    const served: string[] = [];
    const third = acquire(pool, 'c').then(() => served.push('c'));
    const fourth = acquire(pool, 'd').then(() => served.push('d'));
    await settled();
    expect(pool.counts()).toMatchObject({ busy: 2, waiting: 2 });
    first.release();
    await third;
    expect(served).toEqual(['c']);
    void fourth;
  });

  it('serves a caller beside others who run for long, and first of all who wait', async () => {
    const { pool } = poolOf();
    void pool.open();
    await leaseOf(pool, 'a');
    await leaseOf(pool, 'a');
    const served: string[] = [];
    for (const binding of ['a', 'a', 'b']) void acquire(pool, binding).then(() => served.push(binding));
    await settled();
    expect(served).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(served).toEqual(['b']);
    expect(pool.counts()).toMatchObject({ busy: 3, waiting: 2 });
  });

  it('has a warm spare that takes over at once when an interpreter is killed', async () => {
    const { pool, fakes } = poolOf();
    void pool.open();
    const lease = await leaseOf(pool, 'a');
    await settled();
    const before = fakes.all.length;
    await lease.interpreter.stop({ kind: 'deadline', afterMs: 1 });
    lease.release();
    const next = await leaseOf(pool, 'a');
    expect(next.interpreter).toBe(fakes.all[before - 1]!.interpreter);
  });

  it('replaces one that dies while nobody uses it', async () => {
    const { pool, fakes } = poolOf();
    void pool.open();
    await settled();
    fakes.all[0]!.end(CRASH);
    await settled();
    expect(pool.counts()).toMatchObject({ idle: 1, started: 2 });
  });

  it('gives a caller whose interpreter is busy for long another one, at the cost of who was idle longest', async () => {
    const { pool, fakes } = poolOf({ capacity: { most: 2, spares: 0 } });
    void pool.open();
    (await leaseOf(pool, 'idle')).release();
    await leaseOf(pool, 'busy');
    const second = acquire(pool, 'busy');
    await settled();
    expect(fakes.all).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(kindOf(await second)).toBe('lent');
    expect(fakes.all[0]?.stopped()).toMatchObject({ kind: 'stopped' });
  });

  it('gives a caller with parallel work a second interpreter also when all others are warm for somebody', async () => {
    const { pool, fakes } = poolOf({ capacity: { most: 3, spares: 0 } });
    void pool.open();
    for (const other of ['x', 'y']) (await leaseOf(pool, other)).release();
    let lease = await leaseOf(pool, 'busy');
    const next = [acquire(pool, 'busy'), acquire(pool, 'busy')];
    // Each request takes a tenth of a second, and there is always one more that waits.
    for (let round = 0; round < 12 && pool.counts().busy < 2; round += 1) {
      await vi.advanceTimersByTimeAsync(100);
      next.push(acquire(pool, 'busy'));
      lease.release();
      lease = (await next.shift()) as Lease;
      await settled();
    }
    expect(pool.counts().busy).toBe(2);
    expect(fakes.all[0]!.stopped()).toMatchObject({ why: 'retired' });
    expect(fakes.all[1]!.stopped()).toBeNull();
  });

  it('keeps a place for others when one address has endless requests under many names', async () => {
    const { pool } = poolOf({ capacity: { most: 5 } });
    void pool.open();
    for (let name = 0; name < 20; name += 1) void acquire(pool, `name ${name}`, null, 'loud');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(pool.counts().busy).toBe(4);
    const quiet = acquire(pool, 'quiet');
    await vi.advanceTimersByTimeAsync(500);
    expect(kindOf(await quiet)).toBe('lent');
  });

  it('has one for a script beside functions of the same address that never end, under any number of names', async () => {
    const { pool } = poolOf({ capacity: { most: 8 } });
    void pool.open();
    for (let name = 0; name < 20; name += 1)
      void pool.acquire({ binding: `function of ${name}`, party: 'home', isEndless: true }, null);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(pool.counts().busy).toBe(4);
    const script = acquire(pool, 'script of ann', null, 'home');
    await vi.advanceTimersByTimeAsync(500);
    expect(kindOf(await script)).toBe('lent');
  });

  it('gives up what is too much when less may live, and starts no more', async () => {
    const { pool, fakes } = poolOf();
    void pool.open();
    for (const name of ['a', 'b', 'c']) (await leaseOf(pool, name)).release();
    await settled();
    pool.setCapacity({ isolation: 'caller', workers: 1, spares: 0, most: 2 });
    await settled();
    expect(fakes.all.filter(({ interpreter }) => interpreter.isAlive)).toHaveLength(2);
    expect((await leaseOf(pool, 'c')).known).toBeDefined();
  });

  it('lends at once where an idle interpreter is there, without a promise', async () => {
    const { pool } = poolOf();
    await pool.open();
    expect(pool.acquire({ binding: 'a', party: 'a' }, null)).not.toBeInstanceOf(Promise);
  });

  it('that is started again ends all of Python, tells those who ran, and serves those who wait', async () => {
    const broken: EndReason[] = [];
    const { pool, fakes } = poolOf({ capacity: { workers: 1 }, onBroken: (reason) => void broken.push(reason) });
    void pool.open();
    const lease = await leaseOf(pool, 'a');
    const waiting = acquire(pool, 'b');
    await settled();
    const before = fakes.all.length;
    pool.restart('its settings were changed');
    const reason = { kind: 'stopped', why: 'its settings were changed' };
    for (const fake of fakes.all.slice(0, before)) expect(fake.stopped()).toEqual(reason);
    lease.release();
    expect(kindOf(await waiting)).toBe('lent');
    expect(broken).toEqual([reason]);
  });

  it('can be opened again after it was closed, and then lets requests wait', async () => {
    const { pool } = poolOf();
    expect(await pool.open()).toBe(true);
    await pool.close(0);
    expect(kindOf(await acquire(pool, 'a'))).toBe('closed');
    pool.admit();
    const waiting = acquire(pool, 'a');
    expect(await pool.open()).toBe(true);
    expect(kindOf(await waiting)).toBe('lent');
  });

  it('says that Python does not start, until it does', async () => {
    let isBroken = true;
    const { pool, fakes } = poolOf({ isReadyAtOnce: () => !isBroken });
    const opening = pool.open();
    for (let failures = 0; failures < 3; failures += 1) {
      await settled();
      expect(pool.fault()).toBeNull();
      fakes.all.at(-1)!.end(CRASH);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(await opening).toBe(false);
    expect(pool.fault()).toBe('ended with exit code 1');
    isBroken = false;
    pool.restart('Python was restarted');
    await settled();
    expect(pool.fault()).toBeNull();
    expect(pool.counts().idle).toBe(1);
  });

  it('gives up what a caller has not used for long, and keeps the spare', async () => {
    const { pool, fakes } = poolOf({ idleMs: 1_000 });
    void pool.open();
    (await leaseOf(pool, 'a')).release();
    await settled();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(fakes.all.map((fake) => fake.stopped()?.kind)).toEqual(['stopped', undefined]);
  });
});

describe('a caller that waits', () => {
  it('may leave', async () => {
    const { pool } = poolOf({ isReadyAtOnce: false });
    void pool.open();
    const left = new AbortController();
    const waiting = acquire(pool, 'a', left.signal);
    left.abort();
    expect(await waiting).toEqual({ kind: 'caller-left' });
    expect(pool.counts().waiting).toBe(0);
    expect(await acquire(pool, 'a', left.signal)).toEqual({ kind: 'caller-left' });
  });

  it('that leaves once it was served changes nothing', async () => {
    const { pool } = poolOf();
    void pool.open();
    const left = new AbortController();
    expect(kindOf(await acquire(pool, 'a', left.signal))).toBe('lent');
    left.abort();
    expect(pool.counts().busy).toBe(1);
  });

  it('is refused when too many wait already', async () => {
    const { pool } = poolOf({ isReadyAtOnce: false, queueLimit: 2 });
    void pool.open();
    void acquire(pool, 'a');
    void acquire(pool, 'b');
    expect(await acquire(pool, 'c')).toEqual({ kind: 'overloaded', waiting: 2 });
  });

  it('leaves half of the places to other addresses, whatever names one of them claims', async () => {
    const { pool } = poolOf({ isReadyAtOnce: false, queueLimit: 16 });
    void pool.open();
    for (let name = 0; name < 20; name += 1) void acquire(pool, `name ${name}`, null, 'loud');
    await settled();
    expect(pool.counts().waiting).toBe(10);
    void acquire(pool, 'quiet');
    await settled();
    expect(pool.counts().waiting).toBe(11);
  });

  it('leaves half of the places to others', async () => {
    const { pool } = poolOf({ isReadyAtOnce: false, queueLimit: 4 });
    void pool.open();
    void acquire(pool, 'a');
    void acquire(pool, 'a');
    expect(await acquire(pool, 'a')).toEqual({ kind: 'overloaded', waiting: 2 });
    void acquire(pool, 'b');
    expect(pool.counts().waiting).toBe(3);
  });
});

describe('interpreters that do not start', () => {
  it('are tried again after longer and longer pauses', async () => {
    const { pool, fakes, warnings } = poolOf({ isReadyAtOnce: false });
    void pool.open();
    for (const [pause, started] of [
      [250, 1],
      [1_000, 2],
      [5_000, 3],
      [15_000, 4],
      [30_000, 5],
      [30_000, 6],
    ] as const) {
      expect(fakes.all).toHaveLength(started);
      fakes.all.at(-1)!.end(CRASH);
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(fakes.all).toHaveLength(started);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(warnings[0]).toBe('Python did not start: ended with exit code 1');
  });

  it('let requests wait twice and refuse them after the third time', async () => {
    const { pool, fakes } = poolOf({ isReadyAtOnce: false, capacity: { spares: 0 } });
    void pool.open();
    const waiting = acquire(pool, 'a');
    for (let count = 0; count < 3; count += 1) {
      expect(pool.counts().waiting).toBe(1);
      fakes.all.at(-1)!.end(CRASH);
      await vi.advanceTimersByTimeAsync(6_000);
    }
    expect(await waiting).toEqual({ kind: 'no-python', why: 'ended with exit code 1' });
  });

  it('do not take away the interpreter that a caller shares with a running request', async () => {
    let isReadyAtOnce = true;
    const { pool, fakes, warnings } = poolOf({
      capacity: { isolation: 'shared', workers: 1, spares: 1, most: 2 },
      isReadyAtOnce: () => isReadyAtOnce,
    });
    void pool.open();
    const lease = await leaseOf(pool, 'shared');
    await settled();
    const waiting = acquire(pool, 'shared');
    isReadyAtOnce = false;
    fakes.all[1]!.end(CRASH);
    for (let count = 0; count < 4; count += 1) {
      await vi.advanceTimersByTimeAsync(6_000);
      fakes.all.at(-1)!.end(CRASH);
    }
    await settled();
    expect(warnings.length).toBeGreaterThanOrEqual(3);
    lease.release();
    expect(kindOf(await waiting)).toBe('lent');
  });

  it('serve again as soon as one starts', async () => {
    const { pool, fakes } = poolOf({ isReadyAtOnce: false });
    void pool.open();
    fakes.all[0]!.end(CRASH);
    await vi.advanceTimersByTimeAsync(250);
    const waiting = acquire(pool, 'a');
    fakes.all[1]!.becomeReady();
    expect(kindOf(await waiting)).toBe('lent');
  });
});

describe('stopping', () => {
  it('what runs now ends it and nothing else', async () => {
    const { pool, fakes } = poolOf();
    void pool.open();
    await leaseOf(pool, 'a');
    await settled();
    expect(pool.stopRequests('by hand')).toBe(1);
    expect(fakes.all.map((fake) => fake.stopped())).toEqual([{ kind: 'stopped', why: 'by hand' }, null]);
    await settled();
    expect(pool.stopRequests('by hand')).toBe(0);
  });

  it('scripts by hand answers those that wait too, for they would run next, and reads sources on', async () => {
    const { pool, fakes } = poolOf({ capacity: { workers: 1, spares: 0, most: 1 } });
    await pool.open();
    const lease = await leaseOf(pool, 'a');
    const waiting = acquire(pool, 'b');
    const source = acquire(pool, bindingOf('caller', { key: '', party: '' }, 'source'), null, '');
    await settled();
    expect(pool.stopRequests('a user stopped it')).toBe(2);
    expect(await waiting).toEqual({ kind: 'stopped', why: 'a user stopped it' });
    expect(fakes.all[0]!.stopped()).toEqual({ kind: 'stopped', why: 'a user stopped it' });
    lease.release();
    expect(kindOf(await source)).toBe('lent');
  });

  it('all waits for what runs and refuses the rest', async () => {
    const { pool, fakes } = poolOf();
    void pool.open();
    const lease = await leaseOf(pool, 'a');
    await leaseOf(pool, 'b').then((other) => other.release());
    const waiting = [acquire(pool, 'x'), acquire(pool, 'y')];
    await settled();
    const closing = pool.close(60_000);
    expect((await Promise.all(waiting)).map(kindOf)).toContain('closed');
    expect(await acquire(pool, 'a')).toEqual({ kind: 'closed' });
    expect(fakes.all[0]!.stopped()).toBeNull();
    lease.release();
    pool.stopRequests('to be sure');
    await closing;
    expect(fakes.all.every((fake) => fake.stopped() !== null)).toBe(true);
  });

  it('all ends what still runs after the grace', async () => {
    const { pool, fakes } = poolOf();
    void pool.open();
    await leaseOf(pool, 'a');
    const closing = pool.close(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await closing;
    expect(fakes.all[0]!.stopped()).toEqual({ kind: 'stopped', why: 'the server stops' });
    const { length } = fakes.all;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fakes.all).toHaveLength(length);
  });

  it('a pool that was never opened is at once', async () => {
    const { pool } = poolOf();
    const waiting = acquire(pool, 'a');
    await pool.close(60_000);
    expect(await waiting).toEqual({ kind: 'closed' });
  });
});
