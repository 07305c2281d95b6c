// Supervises one interpreter: it boots in time, answers one request at a time, and is killed at a limit. Must not know
// whether it is a process or a window.

import { randomInt } from 'node:crypto';
import { parseBounded } from '../../src-shared/bounded-json.ts';
import { checkedReply } from './checked-reply.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Interpreter, InterpreterLimits, Outcome } from './interpreter.ts';
import { META_BOUNDS } from './messages.ts';
import type { Frame, ReadyMeta, RequestMeta } from './messages.ts';

/** What an interpreter runs in: a Node process, a hidden window or a forked CPython. */
export interface Placement {
  /** undefined while there is no process. */
  pid(): number | undefined;
  send(id: number, meta: RequestMeta, body: Uint8Array): void;
  /** Ends it at once, without waiting for it. Its end arrives through `gone`. */
  kill(): void;
  /** 0 where the system does not tell. */
  residentBytes(): number;
  privateBytes(): Promise<number>;
  /** Whether what a script left behind may run between two requests: then the memory is checked then, too. */
  readonly runsBetween?: boolean;
  /** How often the memory is checked then. */
  readonly lookBetweenMs?: number;
}

export interface Supervision {
  readonly interpreter: Interpreter;
  /** The interpreter sent these bytes. */
  readonly frame: (frame: Frame) => void;
  /** The interpreter broke the protocol, so it is killed. */
  readonly fault: (what: string) => void;
  /** The interpreter has ended. */
  readonly gone: (why: EndReason) => void;
}

const LOOK_MS = 100;
const LOOK_BETWEEN_MS = 5_000;

export function supervise(placement: Placement, limits: InterpreterLimits): Supervision {
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
  const gone = (why: EndReason): void => {
    reason ??= why;
    clearTimeout(bootTimer);
    stopLooking();
    ready.resolve(reason);
    settle({ kind: 'ended', reason });
    ended.resolve(reason);
  };
  const kill = (why: EndReason): void => {
    if (reason) return;
    reason = why;
    placement.kill();
    settle({ kind: 'ended', reason: why });
  };

  const bootTimer = setTimeout(() => kill({ kind: 'boot-timeout', afterMs: limits.bootMs }), limits.bootMs);
  // Only while something runs: an idle program must use no processor time.
  let looking: NodeJS.Timeout | null = null;
  let isBetween = false;
  const stopLooking = (): void => {
    if (looking) clearTimeout(looking);
    looking = null;
  };
  const lookAgain = (afterMs: number): void => {
    stopLooking();
    isBetween = afterMs !== LOOK_MS;
    looking = setTimeout(() => {
      looking = null;
      const resident = placement.residentBytes();
      if (resident > limits.memoryBytes)
        return kill({ kind: 'memory', residentBytes: resident, limitBytes: limits.memoryBytes });
      if (waiting !== null || isBooting) lookAgain(LOOK_MS);
      else if (placement.runsBetween) lookAgain(placement.lookBetweenMs ?? LOOK_BETWEEN_MS);
    }, afterMs).unref();
  };
  let isBooting = true;
  lookAgain(LOOK_MS);

  const frame = ({ id, meta, body }: Frame): void => {
    const parsed = parseMeta(meta);
    if (parsed === null) return kill({ kind: 'fault', what: 'an answer whose head is not JSON' });
    if (id === 0) {
      clearTimeout(bootTimer);
      isBooting = false;
      ready.resolve(parsed as ReadyMeta);
    } else if (waiting?.id === id) {
      const reply = checkedReply(parsed, body.length);
      if (reply === null) return kill({ kind: 'fault', what: 'an answer whose head is not one of ours' });
      settle({ kind: 'answered', meta: reply, payload: body });
    }
    // A frame that nobody waits for is dropped: a script that writes to the wire first gains nothing.
  };

  const interpreter: Interpreter = {
    get pid() {
      return placement.pid();
    },
    ready: ready.promise,
    ended: ended.promise,
    get isAlive() {
      return reason === null;
    },
    run(meta, body, deadlineMs) {
      if (reason) return Promise.resolve({ kind: 'ended', reason });
      if (looking === null || isBetween) lookAgain(LOOK_MS);
      return new Promise((resolve) => {
        const id = randomInt(1, 2 ** 32);
        const timer =
          deadlineMs === null ? null : setTimeout(() => kill({ kind: 'deadline', afterMs: deadlineMs }), deadlineMs);
        waiting = { id, resolve, timer };
        placement.send(id, meta, body);
      });
    },
    privateBytes: () => (reason ? Promise.resolve(0) : placement.privateBytes()),
    stop(why) {
      kill(why);
      return ended.promise;
    },
  };
  return { interpreter, frame, fault: (what) => kill({ kind: 'fault', what }), gone };
}

function parseMeta(bytes: Buffer): object | null {
  try {
    const value = parseBounded(bytes.toString('utf8'), META_BOUNDS);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
