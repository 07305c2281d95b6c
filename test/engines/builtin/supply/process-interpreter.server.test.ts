import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProcessInterpreter } from '../../../../src-main/engines/builtin/supply/process-interpreter.ts';
import type { Launch } from '../../../../src-main/engines/builtin/supply/process-interpreter.ts';
import type { Interpreter, InterpreterLimits } from '../../../../src-main/runtime/interpreter.ts';

const LIMITS: InterpreterLimits = { bootMs: 20_000, memoryBytes: 1e9, frameBytes: 64 * 1024 * 1024 };

interface StartMore {
  readonly mode?: string;
  readonly limits?: Partial<InterpreterLimits>;
  readonly residentBytes?: (pid: number) => number;
  readonly launch?: Partial<Launch>;
}

/** A process that speaks frames, ended with the test. */
function start({ mode = 'plain', limits = {}, residentBytes = () => 0, launch = {} }: StartMore = {}): Interpreter {
  const program = path.join(import.meta.dirname, 'support/child.ts');
  const one = startProcessInterpreter(
    { command: process.execPath, args: [program, mode], env: {}, cwd: tmpdir(), ...launch },
    { ...LIMITS, ...limits },
    { residentBytes, privateBytes: () => Promise.resolve(0) },
  );
  onTestFinished(() => void one.stop({ kind: 'stopped', why: 'the test is over' }));
  return one;
}

const query = (one: Interpreter, name: string, body = 'body', deadlineMs: number | null = null) =>
  one.run({ op: 'query', name }, Buffer.from(body), deadlineMs);

const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

const deployed = (more: object): object => ({
  kind: 'deploy',
  name: 'a',
  override: false,
  version: 1,
  description: '',
  docstring: '',
  schema: null,
  isPublic: false,
  methods: [],
  source: null,
  functionName: null,
  libraries: {},
  pickleBytes: 0,
  ...more,
});

describe('an interpreter', () => {
  it('says when it is ready and answers one request after another', async () => {
    const one = start();
    expect(await one.ready).toMatchObject({ ready: true, python: '3.14.2' });
    for (const body of ['', 'é', 'x'.repeat(15_000), 'y'.repeat(3_000_000)]) {
      expect(await query(one, 'echo', body)).toMatchObject({ kind: 'answered', payload: Buffer.from(body) });
    }
    expect(one.isAlive).toBe(true);
  });

  it('takes a request before it is ready', async () => {
    const one = start();
    expect(await query(one, 'echo')).toMatchObject({ kind: 'answered' });
  });

  it.each(['hang', 'burn'])('is killed at the deadline when it does %s', async (name) => {
    const one = start();
    await one.ready;
    const outcome = await query(one, name, '', 50);
    expect(outcome).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 50 } });
    expect(one.isAlive).toBe(false);
    expect(await one.ended).toEqual({ kind: 'deadline', afterMs: 50 });
    expect(() => process.kill(one.pid!, 0)).toThrow('ESRCH');
  });

  it('is not killed by the deadline of a request that was answered in time', async () => {
    const one = start();
    await one.ready;
    await query(one, 'echo', '', 100);
    const late = await query(one, 'hang', '', 150);
    expect(late).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 150 } });
  });

  it('is killed when it holds too much memory', async () => {
    let held = 0;
    const one = start({ residentBytes: () => held, limits: { memoryBytes: 1_000 } });
    await one.ready;
    const running = query(one, 'hang');
    held = 1_001;
    const reason = { kind: 'memory', residentBytes: 1_001, limitBytes: 1_000 };
    expect(await running).toEqual({ kind: 'ended', reason });
    expect(await one.ended).toEqual(reason);
  });

  it.each([
    ['a status that HTTP has not', { status: 99 }],
    ['a status that tells nothing', { status: 204 }],
    ["a length that is not the body's", { bodyBytes: 3 }],
    ['a negative length', { bodyBytes: -2 }],
    ['a tag with a line break', { etag: 'a\r\nSet-Cookie: a=b' }],
    ['an error that is no error', { error: 7 }],
    ['a change of an unknown kind', { changes: [{ kind: 'shutdown' }] }],
    ['a change without its fields', { changes: [{ kind: 'deploy', name: 'a', pickleBytes: 0 }] }],
    ['a pickle that is longer than what came', { changes: [deployed({ pickleBytes: 3 })] }],
    ['a pickle of negative length', { bodyBytes: 4, changes: [deployed({ pickleBytes: -2 })] }],
    ['a name that is no text', { changes: [{ kind: 'remove', name: ['a'] }] }],
    ['a schema without bottom', { changes: [deployed({ schema: deep(500) })] }],
    ['a list of methods without bottom', { methods: [deep(500)] }],
  ])('is ended when it answers with %s', async (_, head) => {
    const one = start();
    const outcome = await query(one, 'head', JSON.stringify({ status: 200, bodyBytes: 2, ...head }));
    expect(outcome).toMatchObject({
      kind: 'ended',
      reason: { kind: 'fault', what: expect.stringContaining('head') as string },
    });
    expect(one.isAlive).toBe(false);
  });

  it('is ended when the head of an answer would take the memory of the server', async () => {
    const one = start();
    const braces = `{"status":200,"bodyBytes":2,"prints":[${'{},'.repeat(1_500_000)}0]}`;
    expect(await query(one, 'head', braces)).toMatchObject({ kind: 'ended', reason: { kind: 'fault' } });
  });

  it('is believed when all of its head is as it should be', async () => {
    const one = start();
    const meta = { status: 200, bodyBytes: 1, prints: 'x', changes: [deployed({ pickleBytes: 1 })] };
    expect(await query(one, 'head', JSON.stringify(meta))).toMatchObject({ kind: 'answered', meta });
  });

  it('drops a frame that carries another id than the request', async () => {
    const one = start();
    expect(await query(one, 'forge', 'mine')).toMatchObject({ kind: 'answered', payload: Buffer.from('mine') });
    expect(await query(one, 'echo', 'next')).toMatchObject({ kind: 'answered', payload: Buffer.from('next') });
  });

  it.each([
    ['garbage', 'an answer whose head is not JSON'],
    ['huge', 'a frame of 4294967295 bytes'],
  ])('that answers with %s is ended for it', async (name, what) => {
    const one = start();
    expect(await query(one, name)).toEqual({ kind: 'ended', reason: { kind: 'fault', what } });
  });

  it('that answers more than the limit is ended for it', async () => {
    const one = start({ limits: { frameBytes: 1_000 } });
    expect(await query(one, 'echo', 'x'.repeat(1_000))).toMatchObject({ kind: 'ended', reason: { kind: 'fault' } });
  });

  it.each([
    ['exit', 3],
    ['half', 4],
  ])('that ends in the middle of a request (%s) tells its exit code', async (name, code) => {
    const one = start();
    expect(await query(one, name)).toEqual({ kind: 'ended', reason: { kind: 'exited', code, signal: null } });
    expect(await query(one, 'echo')).toMatchObject({ kind: 'ended' });
  });

  it('that is killed from outside tells the signal', async () => {
    const one = start();
    await one.ready;
    const running = query(one, 'hang');
    process.kill(one.pid!, 'SIGKILL');
    expect(await running).toEqual({ kind: 'ended', reason: { kind: 'exited', code: null, signal: 'SIGKILL' } });
  });

  it('can be stopped in the middle, and more than once', async () => {
    const one = start();
    await one.ready;
    const running = query(one, 'burn');
    const reason = { kind: 'stopped', why: 'by hand' } as const;
    expect(await Promise.all([one.stop(reason), one.stop({ kind: 'stopped', why: 'again' })])).toEqual([
      reason,
      reason,
    ]);
    expect(await running).toEqual({ kind: 'ended', reason });
  });

  it('that never gets ready is given up', async () => {
    const one = start({ mode: 'silent', limits: { bootMs: 50 } });
    expect(await one.ready).toEqual({ kind: 'boot-timeout', afterMs: 50 });
  });

  it('that ends before it is ready says so', async () => {
    expect(await start({ mode: 'exits' }).ready).toEqual({ kind: 'exited', code: 7, signal: null });
  });

  it('that writes something else than frames is ended', async () => {
    expect(await start({ mode: 'babbles' }).ready).toMatchObject({ kind: 'fault' });
  });

  it('whose program does not exist is a fault, not an exception', async () => {
    const one = start({ launch: { command: path.join(tmpdir(), 'no-such-program') } });
    expect(await one.ready).toMatchObject({ kind: 'fault', what: expect.stringContaining('ENOENT') as string });
    expect(one.pid).toBeUndefined();
    expect(await query(one, 'echo')).toMatchObject({ kind: 'ended' });
  });
});
