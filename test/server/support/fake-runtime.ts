// A runtime without Python, for the server's tests. Must not know HTTP.

import type { Answer, Caller, Runtime } from '../../../src-main/runtime/runtime.ts';
import type { ReplyMeta } from '../../../src-main/runtime/messages.ts';

export interface Call {
  readonly op: 'evaluate' | 'query' | 'inspect';
  readonly name: string | null;
  readonly body: Buffer;
  readonly caller: Caller | null;
}

export interface FakeRuntime extends Runtime {
  readonly calls: readonly Call[];
  /** What a script or a function is answered; the text of the call's body unless a test says otherwise. */
  answer: (call: Call) => Promise<Answer>;
  /** What Python finds in a pickle. */
  found: Awaited<ReturnType<Runtime['inspect']>>;
}

/** An answer of Python. */
export function answered(text: string, meta: Partial<ReplyMeta> = {}): Answer {
  const body = Buffer.from(text);
  return { kind: 'answered', meta: { status: 200, bodyBytes: body.length, ...meta }, body };
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
    found: { docstring: 'found', methods: [] },
    admit: () => undefined,
    open: () => Promise.resolve(true),
    restart: () => undefined,
    fault: () => null,
    evaluate: (body, caller) => fake.answer(call('evaluate', null, body, caller)),
    query: (name, body, caller) => fake.answer(call('query', name, body, caller)),
    inspect: (pickle, caller) => {
      call('inspect', null, pickle, caller);
      return Promise.resolve(fake.found);
    },
    load: () => Promise.resolve({}),
    stopScripts: () => 0,
    counts: () => ({ starting: 0, idle: 1, busy: 0, waiting: 0, started: 1, busySince: null }),
    close: () => Promise.resolve(),
  };
  return fake;
}
