// A runtime without Python, for the server's tests. Must not know HTTP.

import type { Answer } from '../../../src-main/runtime/answer.ts';
import type { Caller } from '../../../src-main/runtime/caller.ts';
import type { Leaving } from '../../../src-main/runtime/lease.ts';
import type { Runtime } from '../../../src-main/runtime/runtime.ts';
import type { FoundFunction, Inspection, ReadSource } from '../../../src-main/runtime/inspection.ts';
import type { ReplyMeta } from '../../../src-main/runtime/messages.ts';

export interface Call {
  readonly op: 'evaluate' | 'query' | 'inspect' | 'deploy' | 'try' | 'try-deployed';
  readonly name: string | null;
  readonly body: Buffer;
  readonly caller: Caller | null;
  /** Aborted when a trial is stopped. */
  readonly stop?: Leaving;
  /** What an inspection may read sources with. */
  readonly readSource?: ReadSource | null;
}

export interface FakeRuntime extends Runtime {
  readonly calls: readonly Call[];
  /** What a script or a function is answered; the text of the call's body unless a test says otherwise. */
  answer: (call: Call) => Promise<Answer>;
  /** What Python finds in a pickle. */
  found: (pickle: Buffer) => Inspection;
}

/** An answer of Python. */
export function answered(text: string, meta: Partial<ReplyMeta> = {}): Answer {
  const body = Buffer.from(text);
  return { kind: 'answered', meta: { status: 200, bodyBytes: body.length, ...meta }, body };
}

/** What Python finds in a pickle that it can load. */
export function foundIn(pickle: Buffer, more: Partial<FoundFunction> = {}): FoundFunction {
  return { docstring: 'found', methods: [], pickle, isRebuilt: false, source: null, libraries: {}, notes: [], ...more };
}

/** A runtime that never answers. */
export const never = (): Promise<Answer> => new Promise(() => undefined);

export function fakeRuntime(): FakeRuntime {
  const calls: Call[] = [];
  const call = (op: Call['op'], name: string | null, body: Buffer, caller: Caller | null): Call => {
    const one = { op, name, body, caller };
    calls.push(one);
    return one;
  };
  const fake: FakeRuntime = {
    calls,
    answer: ({ body }) => Promise.resolve(answered(body.toString())),
    found: (pickle) => foundIn(pickle),
    admit: () => undefined,
    open: () => Promise.resolve(true),
    restart: () => undefined,
    renew: () => Promise.resolve(true),
    fault: () => null,
    setCapacity: () => undefined,
    noteFunctions: () => undefined,
    interpreters: () => [],
    evaluate: (body, caller) => fake.answer(call('evaluate', null, body, caller)),
    query: (name, body, caller) => fake.answer(call('query', name, body, caller)),
    describe: () => Promise.resolve(null),
    read: (body) => fake.answer(call('evaluate', null, body, null)),
    author: (meta, body, caller) => fake.answer(call(meta.op, meta.functionName, body, caller)),
    trial: (meta, body, caller, stop) =>
      fake.answer({
        ...call(meta.op, meta.op === 'try' ? meta.functionName : meta.name, body, caller),
        stop,
      }),
    inspect: (pickle, caller, readSource) => {
      calls.push({ op: 'inspect', name: null, body: pickle, caller, readSource });
      return Promise.resolve(fake.found(pickle));
    },
    load: () => Promise.resolve({}),
    stopScripts: () => 0,
    counts: () => ({ starting: 0, idle: 1, busy: 0, waiting: 0, started: 1, busySince: null }),
    close: () => Promise.resolve(),
  };
  return fake;
}
