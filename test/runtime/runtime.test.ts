import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Capacity } from '../../src-main/runtime/pool-rules.ts';
import { createRuntime } from '../../src-main/runtime/runtime.ts';
import type { Caller } from '../../src-main/runtime/caller.ts';
import type { Functions, Replicated, RuntimeDeps } from '../../src-main/runtime/runtime.ts';
import { createFakes, settled } from './support/fake-interpreter.ts';

const ANN: Caller = { key: 'ann', party: 'ann', name: 'Ann', left: null };
const WANTED = {
  file: '/f.py',
  name: 'f',
  qualified_name: 'f',
  line: 3,
  looks: 'digest',
  with_small_numbers: true,
};
const script = Buffer.from('{"script": "return 1"}');

interface RuntimeMore {
  readonly capacity?: Partial<Capacity>;
  readonly functions?: Partial<Functions>;
  readonly files?: Replicated;
  readonly onAsked?: NonNullable<RuntimeDeps['onAsked']>;
  readonly functionTimeoutMs?: RuntimeDeps['functionTimeoutMs'];
}

const NO_FILES: Replicated = {
  revision: () => -1,
  changesSince() {
    throw new Error('nothing changed');
  },
};

function runtimeOf({ capacity = {}, functions = {}, files = NO_FILES, ...more }: RuntimeMore = {}) {
  const fakes = createFakes();
  const runtime = createRuntime({
    capacity: { isolation: 'caller', workers: 1, spares: 0, most: 3, ...capacity },
    evaluateTimeoutMs: () => 30_000,
    functionTimeoutMs: () => null,
    startInterpreter: fakes.start,
    functions: {
      revision: () => -1,
      changesSince() {
        throw new Error('nothing changed');
      },
      apply: () => Promise.resolve(),
      ...functions,
    },
    files,
    log: { warn: () => undefined, debug: () => undefined },
    ...more,
  });
  void runtime.open();
  return { runtime, fakes };
}

/** A runtime whose functions change when a test says so. */
function runtimeWithChanges(capacity: Partial<Capacity> = {}) {
  let revision = -1;
  const made = runtimeOf({
    capacity,
    functions: {
      revision: () => revision,
      async *changesSince() {
        yield { meta: { op: 'sync', revision, put: [], remove: [] }, body: Buffer.alloc(0) };
      },
    },
  });
  return { ...made, change: () => void (revision += 1) };
}

/** What the interpreter number `index` is asked, once it is asked something for the `count`th time. */
async function askedOf(fakes: ReturnType<typeof createFakes>, index = 0, count = 1) {
  await vi.waitFor(() => expect(fakes.all[index]?.asked.length ?? 0).toBeGreaterThanOrEqual(count), { interval: 1 });
  return fakes.all[index]!.asked[count - 1]!;
}

const NEVER = new AbortController().signal;

afterEach(() => void vi.useRealTimers());

describe('what a script calls', () => {
  it('is told of those who wait for an answer, and of no author who tries', async () => {
    const told: unknown[] = [];
    const { runtime, fakes } = runtimeOf({ onAsked: (asked) => void told.push(asked) });
    const asked = { add: { calls: 2, errors: 1, ms: [3, 4] } };
    const waiting = runtime.evaluate(script, { ...ANN, left: new AbortController().signal });
    (await askedOf(fakes)).answer({ asked });
    await waiting;
    const trying = runtime.trial({ op: 'try', functionName: 'f', sourceBytes: 0 }, script, ANN, NEVER);
    (await askedOf(fakes, 0, 2)).answer({ asked });
    await trying;
    expect(told).toEqual([asked]);
  });
});

describe('a trial', () => {
  const TRY = { op: 'try', functionName: 'f', sourceBytes: 0 } as const;

  it('that is stopped ends alone', async () => {
    const { runtime, fakes } = runtimeOf({ capacity: { workers: 2 } });
    const stop = new AbortController();
    const stopped = runtime.trial(TRY, script, { ...ANN, key: 'one' }, stop.signal);
    await askedOf(fakes);
    const other = runtime.trial(TRY, script, { ...ANN, key: 'two' }, NEVER);
    const asked = await askedOf(fakes, 1);
    stop.abort();
    expect(await stopped).toMatchObject({ kind: 'ended', reason: { kind: 'stopped' } });
    asked.answer({}, Buffer.from('1'));
    expect(await other).toMatchObject({ kind: 'answered' });
  });

  it('that is stopped before it has an interpreter never runs', async () => {
    const { runtime, fakes } = runtimeOf();
    const answer = await runtime.trial(TRY, script, ANN, AbortSignal.abort());
    expect(answer.kind).not.toBe('answered');
    expect(fakes.all.flatMap(({ asked }) => asked)).toEqual([]);
  });

  it('of a deployed function runs where functions run, with the time-out of scripts', async () => {
    const { runtime, fakes } = runtimeOf();
    const trying = runtime.trial({ op: 'try-deployed', name: 'add' }, script, ANN, NEVER);
    const asked = await askedOf(fakes);
    expect(asked).toMatchObject({ meta: { op: 'try-deployed', name: 'add' }, deadlineMs: 30_000 });
    asked.answer({}, Buffer.from('1'));
    await trying;
  });
});

describe('a script', () => {
  it('goes to Python as it came, with the deadline of the settings', async () => {
    const { runtime, fakes } = runtimeOf();
    const answering = runtime.evaluate(script, ANN);
    const asked = await askedOf(fakes);
    expect(asked).toMatchObject({ meta: { op: 'evaluate', timeoutSeconds: 30 }, body: script, deadlineMs: 30_000 });
    asked.answer({}, Buffer.from('1'));
    expect(await answering).toMatchObject({ kind: 'answered', body: Buffer.from('1') });
  });

  it('that deploys has its changes stored before it is answered, each with its pickle', async () => {
    const stored = Promise.withResolvers<void>();
    const apply = vi.fn<Functions['apply']>(() => stored.promise);
    const { runtime, fakes } = runtimeOf({ functions: { apply } });
    let isAnswered = false;
    const answering = runtime.evaluate(script, ANN).finally(() => (isAnswered = true));
    const deploy = { kind: 'deploy', name: 'add', pickleBytes: 3 };
    const changes = [deploy, { kind: 'remove', name: 'old' }, { ...deploy, name: 'sub', pickleBytes: 2 }] as never;
    (await askedOf(fakes)).answer({ bodyBytes: 4, changes }, Buffer.from('nullAAABB'));
    await settled();
    expect(apply.mock.calls[0]![0].map(({ change, pickle }) => [change.name, pickle.toString()])).toEqual([
      ['add', 'AAA'],
      ['old', ''],
      ['sub', 'BB'],
    ]);
    expect(isAnswered).toBe(false);
    stored.resolve();
    expect(await answering).toMatchObject({ kind: 'answered', body: Buffer.from('null') });
  });

  it('that deployed a function says so when it is brought up to date, so that it is not sent back', async () => {
    let revision = -1;
    const told: unknown[] = [];
    const { runtime, fakes } = runtimeOf({
      functions: {
        revision: () => revision,
        async *changesSince(_since, own) {
          told.push([...(own ?? [])]);
          yield { meta: { op: 'sync', revision, put: [], remove: [] }, body: Buffer.alloc(0) };
        },
        apply() {
          revision += 1;
          return Promise.resolve();
        },
      },
    });
    const first = runtime.evaluate(script, ANN);
    const changes = [
      { kind: 'deploy', name: 'add', pickleBytes: 3 },
      { kind: 'deploy', name: 'sub', pickleBytes: 2 },
      { kind: 'remove', name: 'sub' },
    ] as never;
    (await askedOf(fakes)).answer({ bodyBytes: 4, changes }, Buffer.from('nullAAABB'));
    await first;
    for (const count of [2, 4]) {
      const next = runtime.evaluate(script, ANN);
      (await askedOf(fakes, 0, count)).answer();
      (await askedOf(fakes, 0, count + 1)).answer({ bodyBytes: 4 }, Buffer.from('null'));
      await next;
      revision += 1;
    }
    expect(told).toEqual([[['add', createHash('sha256').update('AAA').digest('hex')]], []]);
  });

  it('whose deployment cannot be kept is told why, and its interpreter, which believes in it, goes', async () => {
    const apply = () => Promise.reject(new Error('the disk is full'));
    const { runtime, fakes } = runtimeOf({ functions: { apply } });
    const answering = runtime.evaluate(script, ANN);
    const changes = [{ kind: 'remove', name: 'old' }] as const;
    (await askedOf(fakes)).answer({ bodyBytes: 4, changes }, Buffer.from('null'));
    expect(await answering).toMatchObject({ kind: 'change-refused', why: 'the disk is full' });
    expect(fakes.all[0]!.stopped()).toMatchObject({ kind: 'stopped' });
  });

  it('whose interpreter ends is told why', async () => {
    const { runtime, fakes } = runtimeOf();
    const answering = runtime.evaluate(script, ANN);
    await askedOf(fakes);
    fakes.all[0]!.end({ kind: 'deadline', afterMs: 30_000 });
    expect(await answering).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 30_000 } });
  });

  it('whose interpreter somebody else killed runs once more in another', async () => {
    const { runtime, fakes } = runtimeOf();
    const answering = runtime.evaluate(script, ANN);
    for (const index of [0, 1]) {
      await askedOf(fakes, index);
      fakes.all[index]!.end({ kind: 'exited', code: null, signal: 'SIGKILL' });
    }
    expect(await answering).toMatchObject({ kind: 'ended', reason: { kind: 'exited' } });
  });

  it('is refused when the server stops', async () => {
    const { runtime } = runtimeOf();
    await runtime.close(0);
    expect(await runtime.evaluate(script, ANN)).toEqual({ kind: 'refused', refusal: { kind: 'closed' } });
  });

  it('can be stopped by hand', async () => {
    const { runtime, fakes } = runtimeOf();
    const answering = runtime.evaluate(script, ANN);
    await askedOf(fakes);
    expect(runtime.stopScripts()).toBe(1);
    expect(await answering).toEqual({ kind: 'ended', reason: { kind: 'stopped', why: 'a user stopped it' } });
  });

  it('can be stopped by hand while it waits, and is then answered as one that ran', async () => {
    const { runtime, fakes } = runtimeOf({ capacity: { isolation: 'caller', workers: 1, spares: 0, most: 1 } });
    const answers = [runtime.evaluate(script, ANN), runtime.evaluate(script, ANN), runtime.evaluate(script, ANN)];
    await askedOf(fakes);
    expect(runtime.stopScripts()).toBe(3);
    const stopped = { kind: 'ended', reason: { kind: 'stopped', why: 'a user stopped it' } };
    expect(await Promise.all(answers)).toEqual([stopped, stopped, stopped]);
  });
});

describe('an interpreter', () => {
  it('is brought up to date before it is asked, and only when something changed', async () => {
    let revision = 3;
    const changesSince = vi.fn<Functions['changesSince']>(async function* changes(since) {
      yield {
        meta: { op: 'sync', revision, put: [], remove: [`since ${since}`] },
        body: Buffer.from('pickles'),
      };
    });
    const { runtime, fakes } = runtimeOf({ functions: { revision: () => revision, changesSince } });
    const ask = async (count: number): Promise<string> => {
      const asked = await askedOf(fakes, 0, count);
      asked.answer({}, Buffer.from('1'));
      return asked.meta.op;
    };
    const first = runtime.evaluate(script, ANN);
    expect([await ask(1), await ask(2)]).toEqual(['sync', 'evaluate']);
    await first;
    const second = runtime.evaluate(script, ANN);
    expect(await ask(3)).toBe('evaluate');
    await second;
    revision = 4;
    const third = runtime.evaluate(script, ANN);
    expect([await ask(4), await ask(5)]).toEqual(['sync', 'evaluate']);
    await third;
    expect(changesSince.mock.calls.map(([since]) => since)).toEqual([-1, 3]);
  });

  it('gets the files for scripts piece by piece, before it is asked', async () => {
    const files: Replicated = {
      revision: () => 2,
      async *changesSince() {
        for (const [offset, isLast] of [
          [0, false],
          [4, true],
        ] as const) {
          yield {
            meta: { op: 'files', put: [{ name: 'a.csv', offset, isLast }], remove: [] },
            body: Buffer.from('1,2;'),
          };
        }
      },
    };
    const { runtime, fakes } = runtimeOf({ files });
    const answering = runtime.evaluate(script, ANN);
    const ops: string[] = [];
    for (const count of [1, 2, 3]) {
      const asked = await askedOf(fakes, 0, count);
      ops.push(asked.meta.op);
      asked.answer({}, Buffer.from('1'));
    }
    expect(ops).toEqual(['files', 'files', 'evaluate']);
    expect(await answering).toMatchObject({ kind: 'answered' });
  });

  it('that ends while it is brought up to date is an ended request', async () => {
    const { runtime, fakes, change } = runtimeWithChanges();
    const first = runtime.evaluate(script, ANN);
    (await askedOf(fakes)).answer();
    await first;
    change();
    const answering = runtime.evaluate(script, ANN);
    expect((await askedOf(fakes, 0, 2)).meta.op).toBe('sync');
    fakes.all[0]!.end({ kind: 'exited', code: 1, signal: null });
    expect(await answering).toMatchObject({ kind: 'ended' });
  });

  it('that nobody has used yet learns of functions before somebody has to wait for that', async () => {
    const { runtime, fakes, change } = runtimeWithChanges({ spares: 1 });
    await settled();
    change();
    runtime.noteFunctions();
    const asked = await askedOf(fakes);
    expect(asked.meta.op).toBe('sync');
    const answering = runtime.evaluate(script, ANN);
    asked.answer();
    const next = await askedOf(fakes, 0, 2);
    expect(next.meta.op).toBe('evaluate');
    next.answer();
    expect(await answering).toMatchObject({ kind: 'answered' });
  });

  it('that has just started learns of functions before it is lent, also of those that come meanwhile', async () => {
    const { runtime, fakes, change } = runtimeWithChanges();
    change();
    const answering = runtime.evaluate(script, ANN);
    const first = await askedOf(fakes);
    change();
    first.answer();
    const second = await askedOf(fakes, 0, 2);
    second.answer();
    const third = await askedOf(fakes, 0, 3);
    third.answer();
    await answering;
    expect([first, second, third].map(({ meta }) => meta.op)).toEqual(['sync', 'sync', 'evaluate']);
  });
});

describe('a deployed function', () => {
  it('has no deadline while its caller waits', async () => {
    const { runtime, fakes } = runtimeOf();
    void runtime.query('add', script, ANN);
    expect(await askedOf(fakes)).toMatchObject({ meta: { op: 'query', name: 'add' }, deadlineMs: null });
  });

  it('has the deadline of the settings where there is one', async () => {
    const { runtime, fakes } = runtimeOf({ functionTimeoutMs: () => 60_000 });
    void runtime.query('add', script, ANN);
    expect(await askedOf(fakes)).toMatchObject({ meta: { op: 'query', name: 'add' }, deadlineMs: 60_000 });
  });

  it.each(['before it runs', 'while it runs'])('is ended some time after its caller left %s', async (when) => {
    const { runtime, fakes, change } = runtimeWithChanges();
    const first = runtime.query('add', script, ANN);
    (await askedOf(fakes)).answer();
    await first;
    change();
    const left = new AbortController();
    const answering = runtime.query('add', script, { ...ANN, left: left.signal });
    const sync = await askedOf(fakes, 0, 2);
    vi.useFakeTimers();
    if (when === 'before it runs') left.abort();
    sync.answer();
    await settled();
    expect(fakes.all[0]!.asked).toHaveLength(3);
    if (when === 'while it runs') left.abort();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(fakes.all[0]!.stopped()).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(await answering).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 30_000 } });
  });

  it('that is answered in time is not ended afterwards', async () => {
    const { runtime, fakes } = runtimeOf();
    const left = new AbortController();
    const answering = runtime.query('add', script, { ...ANN, left: left.signal });
    const asked = await askedOf(fakes);
    vi.useFakeTimers();
    left.abort();
    asked.answer();
    await answering;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fakes.all[0]!.stopped()).toBeNull();
  });

  it('is looked at by Python before it is stored', async () => {
    const { runtime, fakes } = runtimeOf();
    const looking = runtime.inspect(Buffer.from('pickle'), ANN, null);
    const asked = await askedOf(fakes);
    expect(asked).toMatchObject({ meta: { op: 'inspect' }, body: Buffer.from('pickle') });
    asked.answer({ docstring: 'doc', methods: ['query'] });
    expect(await looking).toMatchObject({ docstring: 'doc', methods: ['query'], isRebuilt: false });
    const again = runtime.inspect(Buffer.from('pickle'), ANN, null);
    const error = { type: 'LoadError', text: 'No module', line: null, traceback: null };
    (await askedOf(fakes, 0, 2)).answer({ status: 400, error });
    expect(await again).toEqual({ error: 'No module', why: null, isPythonAway: false });
  });

  it('has its source compiled where nobody’s code ever ran', async () => {
    const { runtime, fakes } = runtimeOf({ capacity: { spares: 1 } });
    const looking = runtime.inspect(Buffer.from('pickle'), ANN, (file) => Promise.resolve({ text: `text of ${file}` }));
    const missing = [WANTED];
    const error = { type: 'LoadFailed', text: 'of another Python', line: null, traceback: null };
    (await askedOf(fakes)).answer({ status: 400, error, missing });
    const compiling = await askedOf(fakes, 1);
    expect(compiling).toMatchObject({ meta: { op: 'rebuild', wanted: missing }, body: Buffer.from('text of /f.py') });
    compiling.answer({ rebuilt: [{ wanted: WANTED, code: 'Y29kZQ==', source: 'def f(): pass' }] });
    const again = await askedOf(fakes, 0, 2);
    expect(again.meta).toEqual({ op: 'inspect', rebuilt: [{ wanted: WANTED, code: 'Y29kZQ==' }] });
    again.answer({ docstring: 'doc', main: WANTED }, Buffer.from('anew'));
    const source = 'def f(): pass';
    expect(await looking).toMatchObject({ isRebuilt: true, pickle: Buffer.from('anew'), source, docstring: 'doc' });
  });

  it('is refused as before when nobody may read its source, or not all of it is found', async () => {
    const { runtime, fakes } = runtimeOf({ capacity: { spares: 1 } });
    const error = { type: 'LoadFailed', text: 'of another Python', line: null, traceback: null };
    const blind = runtime.inspect(Buffer.from('pickle'), ANN, null);
    (await askedOf(fakes)).answer({ status: 400, error, missing: [WANTED] });
    expect(await blind).toEqual({ error: 'of another Python', why: null, isPythonAway: false });
    const half = runtime.inspect(Buffer.from('pickle'), ANN, () => Promise.resolve({ text: 'x' }));
    (await askedOf(fakes, 0, 2)).answer({ status: 400, error, missing: [WANTED, { ...WANTED, name: 'g' }] });
    (await askedOf(fakes, 1)).answer({ rebuilt: [{ wanted: WANTED, code: '', source: '' }] });
    expect(await half).toMatchObject({ error: 'of another Python', why: expect.stringContaining('no function g') });
  });

  it('is loaded ahead of its first use', async () => {
    const { runtime, fakes } = runtimeOf();
    const loading = runtime.load(['add']);
    const loaded = { add: { status: 'LoadFailed', lastError: 'why' } } as const;
    (await askedOf(fakes)).answer({ loaded });
    expect(await loading).toEqual(loaded);
  });
});
