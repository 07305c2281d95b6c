// One interpreter process as the runtime sees it: started, asked one thing at a time, ended. Must not know Python, HTTP or the pool.

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { checkedReply } from './checked-reply.ts';
import { createFrameReader, encodeFrame } from './messages.ts';
import type { Frame, ReadyMeta, ReplyMeta, RequestMeta } from './messages.ts';

/**
 * How to start the process; fd 3 carries requests to it, fd 4 its answers. fd 5 stays open as long as this process lives, and
 * carries a line once the other one is gone.
 */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Why an interpreter is no more. */
export type EndReason =
  | { readonly kind: 'deadline'; readonly afterMs: number }
  | { readonly kind: 'memory'; readonly residentBytes: number; readonly limitBytes: number }
  | { readonly kind: 'stopped'; readonly why: string }
  | { readonly kind: 'boot-timeout'; readonly afterMs: number }
  | { readonly kind: 'fault'; readonly what: string }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null };

/** What became of one request. */
export type Outcome =
  | { readonly kind: 'answered'; readonly meta: ReplyMeta; readonly payload: Buffer }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export interface InterpreterLimits {
  readonly bootMs: number;
  readonly memoryBytes: number;
  /** The largest answer that is read, in bytes. */
  readonly frameBytes: number;
}

export interface Interpreter {
  readonly pid: number | undefined;
  /** Resolves when it is ready, or when it ended before that. */
  readonly ready: Promise<ReadyMeta | EndReason>;
  readonly ended: Promise<EndReason>;
  readonly isAlive: boolean;
  /** Asks one thing; the caller must wait for the outcome before it asks again. `deadlineMs` null: no limit. */
  run(meta: RequestMeta, body: Uint8Array, deadlineMs: number | null): Promise<Outcome>;
  /** Ends the process at once. Resolves when it is gone. */
  stop(reason: EndReason): Promise<EndReason>;
}

/** Resident memory of a process in bytes, 0 where the system does not tell. */
export type ResidentBytes = (pid: number) => number;

const MEMORY_POLL_MS = 100;

/** Starts a process. It never throws: what goes wrong arrives through `ready` and `ended`. */
export function startInterpreter(launch: Launch, limits: InterpreterLimits, residentBytes: ResidentBytes): Interpreter {
  const child = spawn(launch.command, launch.args, {
    env: launch.env,
    cwd: launch.cwd,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is for the server alone, which lets what runs come to its end.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // Without free file descriptors Node makes no pipes at all; 'error' tells that story.
  const stdio = child.stdio as readonly unknown[] | undefined;
  const requests = (stdio?.[3] ?? null) as Writable | null;
  const answers = (stdio?.[4] ?? null) as Readable | null;

  const tether = (stdio?.[5] ?? null) as Writable | null;

  let reason: EndReason | null = null;
  let waiting: {
    readonly id: number;
    readonly resolve: (outcome: Outcome) => void;
    readonly timer: NodeJS.Timeout | null;
  } | null = null;
  const ended = Promise.withResolvers<EndReason>();
  const ready = Promise.withResolvers<ReadyMeta | EndReason>();

  const settle = (outcome: Outcome): void => {
    const asked = waiting;
    waiting = null;
    if (asked?.timer) clearTimeout(asked.timer);
    asked?.resolve(outcome);
  };
  const finish = (why: EndReason): void => {
    reason ??= why;
    tether?.end('\n', () => tether.destroy());
    clearTimeout(bootTimer);
    clearInterval(memoryTimer);
    ready.resolve(reason);
    settle({ kind: 'ended', reason });
    ended.resolve(reason);
  };
  const kill = (why: EndReason): void => {
    if (reason) return;
    reason = why;
    // SIGKILL, for Python cannot be asked: numpy, sleep and `except BaseException` ignore every softer way.
    child.kill('SIGKILL');
    settle({ kind: 'ended', reason: why });
  };

  const bootTimer = setTimeout(() => kill({ kind: 'boot-timeout', afterMs: limits.bootMs }), limits.bootMs);
  const memoryTimer = setInterval(() => {
    const resident = child.pid === undefined ? 0 : residentBytes(child.pid);
    if (resident > limits.memoryBytes)
      kill({ kind: 'memory', residentBytes: resident, limitBytes: limits.memoryBytes });
  }, MEMORY_POLL_MS);
  memoryTimer.unref();

  const onFrame = (frame: Frame): void => {
    const parsed = parseMeta(frame.meta);
    if (parsed === null) return kill({ kind: 'fault', what: 'an answer whose head is not JSON' });
    if (frame.id === 0) {
      clearTimeout(bootTimer);
      ready.resolve(parsed as ReadyMeta);
    } else if (waiting?.id === frame.id) {
      const meta = checkedReply(parsed, frame.body.length);
      if (meta === null) return kill({ kind: 'fault', what: 'an answer whose head is not one of ours' });
      settle({ kind: 'answered', meta, payload: frame.body });
    }
    // A frame that nobody waits for is dropped: a script that got hold of the pipe gains nothing by writing first.
  };

  child.on('error', (error) => finish({ kind: 'fault', what: error.message }));
  child.once('exit', (code, signal) => finish({ kind: 'exited', code, signal }));
  answers?.on(
    'data',
    createFrameReader(limits.frameBytes, onFrame, (what) => kill({ kind: 'fault', what })),
  );
  // A pipe breaks when the process dies; 'exit' tells that story.
  answers?.on('error', () => undefined);
  requests?.on('error', () => undefined);
  tether?.on('error', () => undefined);

  return {
    pid: child.pid,
    ready: ready.promise,
    ended: ended.promise,
    get isAlive() {
      return reason === null;
    },
    run(meta, body, deadlineMs) {
      if (reason) return Promise.resolve({ kind: 'ended', reason });
      return new Promise((resolve) => {
        const id = randomInt(1, 2 ** 32);
        const timer =
          deadlineMs === null ? null : setTimeout(() => kill({ kind: 'deadline', afterMs: deadlineMs }), deadlineMs);
        waiting = { id, resolve, timer };
        const [head, rest] = encodeFrame(id, meta, body);
        if (rest.length === 0) {
          requests?.write(head);
        } else if (rest.length < SMALL_BODY_BYTES) {
          requests?.write(Buffer.concat([head, rest]));
        } else {
          requests?.write(head);
          requests?.write(rest);
        }
      });
    },
    stop(why) {
      kill(why);
      return ended.promise;
    },
  };
}

// Below this one write is cheaper than two: a copy of 16 kB costs less than a system call.
const SMALL_BODY_BYTES = 16 * 1024;

function parseMeta(bytes: Buffer): object | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
