// An interpreter without a process, for the pool and the runtime. Must not know what is asked of it.

import type { EndReason } from '../../../src-shared/end-reason.ts';
import type { Interpreter, Outcome } from '../../../src-main/runtime/interpreter.ts';
import type { ReadyMeta, ReplyMeta, RequestMeta } from '../../../src-main/runtime/messages.ts';

export interface Asked {
  readonly meta: RequestMeta;
  readonly body: Buffer;
  readonly deadlineMs: number | null;
  /** Answers it; a payload longer than `bodyBytes` carries pickles. */
  readonly answer: (meta?: Partial<ReplyMeta>, payload?: Buffer) => void;
}

export interface FakeInterpreter {
  readonly interpreter: Interpreter;
  readonly asked: readonly Asked[];
  /** Resolves with the next thing that it is asked. */
  next(): Promise<Asked>;
  becomeReady(): void;
  end(reason: EndReason): void;
  /** Why it was stopped, or null. */
  readonly stopped: () => EndReason | null;
}

const READY: ReadyMeta = { ready: true, bootMs: 1, python: '3.14.2', fromImage: true };

export function fakeInterpreter(pid: number): FakeInterpreter {
  const ready = Promise.withResolvers<ReadyMeta | EndReason>();
  const ended = Promise.withResolvers<EndReason>();
  const asked: Asked[] = [];
  const listeners: ((one: Asked) => void)[] = [];
  let isAlive = true;
  let stopped: EndReason | null = null;
  let settle: ((outcome: Outcome) => void) | null = null;
  const end = (reason: EndReason): void => {
    isAlive = false;
    ready.resolve(reason);
    settle?.({ kind: 'ended', reason });
    ended.resolve(reason);
  };
  return {
    interpreter: {
      pid,
      ready: ready.promise,
      ended: ended.promise,
      get isAlive() {
        return isAlive;
      },
      run(meta, body, deadlineMs) {
        return new Promise((resolve) => {
          settle = resolve;
          const one: Asked = {
            meta,
            body: Buffer.from(body),
            deadlineMs,
            answer: (reply = {}, payload = Buffer.alloc(0)) =>
              resolve({ kind: 'answered', meta: { status: 200, bodyBytes: payload.length, ...reply }, payload }),
          };
          asked.push(one);
          listeners.shift()?.(one);
        });
      },
      privateBytes: () => Promise.resolve(0),
      stop(reason) {
        stopped ??= reason;
        end(reason);
        return ended.promise;
      },
    },
    asked,
    next: () => new Promise((resolve) => listeners.push(resolve)),
    becomeReady: () => ready.resolve(READY),
    end,
    stopped: () => stopped,
  };
}

export interface Fakes {
  /** Every interpreter that was started, in order. */
  readonly all: readonly FakeInterpreter[];
  readonly start: () => Interpreter;
}

/** Starts fakes, ready at once unless said otherwise. */
export function createFakes({ isReadyAtOnce = true }: { isReadyAtOnce?: boolean | (() => boolean) } = {}): Fakes {
  const all: FakeInterpreter[] = [];
  return {
    all,
    start: () => {
      const fake = fakeInterpreter(all.length + 1);
      all.push(fake);
      if (typeof isReadyAtOnce === 'boolean' ? isReadyAtOnce : isReadyAtOnce()) fake.becomeReady();
      return fake.interpreter;
    },
  };
}

/** Lets everything that was resolved run on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
