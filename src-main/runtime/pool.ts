// Keeps interpreters alive and lends them out one request at a time. Must not know what is asked of them.

import { describeEnd } from './end-words.ts';
import type { EndReason, Interpreter } from './interpreter.ts';
import { inTurn, isKept, mayRest, mayRun, slotFor, upkeepOf } from './placement.ts';
import type { Binding, Capacity, SlotView, Waiting } from './placement.ts';

/** What is needed of an AbortSignal. */
export interface Leaving {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The revisions of what an interpreter has copies of; -1: of nothing yet. */
export interface Known {
  functions: number;
  files: number;
}

/** An interpreter on loan. */
export interface Lease {
  readonly interpreter: Interpreter;
  readonly known: Known;
  /** Gives it back. Called exactly once. */
  release(): void;
}

/** Why no interpreter could be lent. */
export type Refusal =
  | { readonly kind: 'caller-left' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'overloaded'; readonly waiting: number }
  | { readonly kind: 'no-python'; readonly why: string };

export interface PoolCounts {
  readonly starting: number;
  readonly idle: number;
  readonly busy: number;
  readonly waiting: number;
  /** Interpreters started since the pool was made. */
  readonly started: number;
  /** When the request that runs longest began, as performance.now() counts; null when none runs. */
  readonly busySince: number | null;
}

export interface Pool {
  /** Lets requests wait until `open()`; without it a closed pool refuses them. */
  admit(): void;
  /** Starts interpreters. Resolves when the first one is ready, or when starting was given up; false then. */
  open(): Promise<boolean>;
  acquire(binding: Binding, signal: Leaving | null): Promise<Lease | Refusal>;
  /** The same for who need not wait: an idle interpreter of the same binding, or null. */
  lendIdle(binding: Binding): Lease | null;
  /** Ends every interpreter that runs a request now. Returns how many. */
  stopBusy(why: string): number;
  counts(): PoolCounts;
  /** Ends every interpreter and starts fresh ones; those who run a request are told why, those who wait go on waiting. */
  restart(why: string): void;
  /**
   * Has interpreters of today's making take the place of all others, without losing a request: the old ones serve until a
   * new one is ready, those who run a request go when it is answered. Resolves with whether a new one got ready.
   */
  renew(): Promise<boolean>;
  /** Why Python does not start, while it does not; null otherwise. */
  fault(): string | null;
  /** Waits up to `graceMs` for running requests, then ends all. `open()` starts it again. */
  close(graceMs: number): Promise<void>;
}

export interface PoolDeps {
  /** Asked at every turn: it may change while the pool is open. */
  readonly capacity: () => Capacity;
  readonly start: () => Interpreter;
  readonly log: { warn(text: string): void; debug(text: string): void };
  /** Requests that may wait at once; those of one binding may fill half of it. */
  readonly queueLimit?: number;
  /** A caller's interpreter that was not used for so long is given up; its memory is worth more than its state. */
  readonly idleMs?: number;
  /** Told whenever `counts()` or `fault()` may have changed; must be cheap. */
  readonly onChange?: () => void;
  /** Told when an interpreter ended in the middle of a request. */
  readonly onBroken?: (reason: EndReason) => void;
}

interface Slot extends SlotView {
  state: SlotView['state'];
  binding: Binding | null;
  lastUse: number;
  idleSince: number;
  busySince: number;
  readonly known: Known;
  /** It goes when it has answered. */
  isOutdated: boolean;
  readonly interpreter: Interpreter;
}

interface Waiter {
  readonly binding: Binding;
  readonly resolve: (answer: Lease | Refusal) => void;
  readonly forget: () => void;
  /** Grows with each that came. */
  readonly number: number;
  readonly since: number;
}

const IDLE_MS = 15 * 60_000;
// A request whose caller's interpreter is busy for longer than a start takes gets another one, at another caller's cost.
const PATIENCE_MS = 1_500;
const LOOK_MS = 500;
const STARTS_AT_ONCE = 2;
const FAILURES_UNTIL_REFUSAL = 3;
const BACK_OFF_MS = [0, 250, 1_000, 5_000, 15_000, 30_000] as const;

/** A pool; nothing is started before `open()`. */
export function createPool({
  capacity,
  start,
  log,
  queueLimit = 1_000,
  idleMs = IDLE_MS,
  onChange = () => undefined,
  onBroken = () => undefined,
}: PoolDeps): Pool {
  const slots: Slot[] = [];
  /** Who waits, by binding, in the order of coming: those of one binding are served in turn, so only the first of each is looked at. */
  const queues = new Map<Binding, Set<Waiter>>();
  let waiterCount = 0;
  let lastNumber = 0;
  let isOpen = false;
  let isClosed = false;
  let uses = 0;
  let started = 0;
  let failures = 0;
  let lastFailure: EndReason | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let whenQuiet: (() => void) | null = null;
  let first = Promise.withResolvers<boolean>();
  let idleTimer: NodeJS.Timeout | null = null;
  let lookTimer: NodeJS.Timeout | null = null;

  const retireIdle = (): void => {
    const since = performance.now() - idleMs;
    const isForgotten = (slot: Slot): boolean =>
      slot.state === 'idle' && mayRest(slot.binding, capacity().isolation) && slot.idleSince < since;
    for (const slot of slots.filter(isForgotten)) retire(slot);
  };

  const add = (): Slot => {
    const interpreter = start();
    started += 1;
    const slot: Slot = {
      id: started,
      state: 'starting',
      binding: null,
      lastUse: 0,
      idleSince: 0,
      busySince: 0,
      get isLong() {
        return this.state === 'busy' && performance.now() - this.busySince > PATIENCE_MS;
      },
      known: { functions: -1, files: -1 },
      isOutdated: false,
      interpreter,
    };
    slots.push(slot);
    void interpreter.ready.then((answer) => {
      if ('ready' in answer && slot.state === 'starting' && slots.includes(slot)) {
        failures = 0;
        first.resolve(true);
        slot.state = 'idle';
        log.debug(`Python ${answer.python} is ready (process ${interpreter.pid}, ${Math.round(answer.bootMs)} ms)`);
        turn();
      }
    });
    void interpreter.ended.then((reason) => {
      const index = slots.indexOf(slot);
      if (index >= 0) slots.splice(index, 1);
      if (slot.state === 'starting' && isOpen && reason.kind !== 'stopped') noteFailure(reason);
      turn();
    });
    return slot;
  };

  const join = (waiter: Waiter): void => {
    const queue = queues.get(waiter.binding);
    if (queue) queue.add(waiter);
    else queues.set(waiter.binding, new Set([waiter]));
    waiterCount += 1;
  };

  /** @returns false when it waits no more */
  const take = (waiter: Waiter): boolean => {
    const queue = queues.get(waiter.binding);
    if (!queue?.delete(waiter)) return false;
    if (queue.size === 0) queues.delete(waiter.binding);
    waiterCount -= 1;
    return true;
  };

  const firstOf = (queue: ReadonlySet<Waiter>): Waiter => queue.values().next().value!;

  const noteFailure = (reason: EndReason): void => {
    failures += 1;
    lastFailure = reason;
    log.warn(`Python did not start: ${describeEnd(reason)}`);
    if (failures >= FAILURES_UNTIL_REFUSAL) {
      first.resolve(false);
      // An interpreter that lives can still serve those who share it.
      const isHopeless = ({ binding }: Waiter): boolean => slots.every((slot) => slot.binding !== binding);
      for (const waiter of [...queues.values()]
        .map(firstOf)
        .filter(isHopeless)
        .flatMap((one) => [...queues.get(one.binding)!])) {
        take(waiter);
        answer(waiter, { kind: 'no-python', why: describeEnd(reason) });
      }
    }
  };

  const answer = (waiter: Waiter, what: Lease | Refusal): void => {
    waiter.forget();
    waiter.resolve(what);
  };

  const lend = (slot: Slot, binding: Binding): Lease => {
    slot.state = 'busy';
    slot.binding = binding;
    slot.lastUse = ++uses;
    slot.busySince = performance.now();
    return {
      interpreter: slot.interpreter,
      known: slot.known,
      release() {
        slot.state = 'idle';
        slot.idleSince = performance.now();
        if (!slot.interpreter.isAlive) void slot.interpreter.ended.then(onBroken);
        const isGone = !isKept(slot.binding, capacity().isolation) || slot.isOutdated || !slot.interpreter.isAlive;
        if (isGone) retire(slot);
        // Who waits is served at once; what else there is to do keeps no answer waiting.
        if (isGone || waiterCount > 0 || whenQuiet) turn();
        else turnSoon();
      },
    };
  };

  const retire = (slot: Slot): void => {
    const index = slots.indexOf(slot);
    if (index >= 0) slots.splice(index, 1);
    void slot.interpreter.stop({ kind: 'stopped', why: 'retired' });
  };

  /** Serves one who can be served, the others' turns being counted anew each time; false when there is none. */
  const serveNext = (now: Capacity): boolean => {
    // Nearly every turn of a busy server ends here.
    if (waiterCount === 0 || slots.every((slot) => slot.state !== 'idle')) return false;
    const firsts = [...queues.values()].map(firstOf);
    if (firsts.length > 1) firsts.sort((a, b) => a.number - b.number);
    for (const waiter of inTurn(firsts, slots)) {
      const view = slotFor(slots, waiter.binding, now);
      const slot = view && slots.find((one) => one.id === view.id);
      if (!slot?.interpreter.isAlive) continue;
      take(waiter);
      answer(waiter, lend(slot, waiter.binding));
      return true;
    }
    return false;
  };

  /** Serves who can be served, then sees to it that the others will be. */
  const turn = (): void => {
    const now = capacity();
    while (serveNext(now));
    if (whenQuiet && slots.every((slot) => slot.state !== 'busy')) whenQuiet();
    if (isOpen) upkeep(now);
    onChange();
  };

  let isTurnComing = false;
  const turnSoon = (): void => {
    if (isTurnComing) return;
    isTurnComing = true;
    setImmediate(() => {
      isTurnComing = false;
      turn();
    });
  };

  const upkeep = (now = capacity()): void => {
    if (retryTimer) return;
    if (failures > 0 && slots.every((slot) => slot.state !== 'starting')) {
      retryTimer = setTimeout(
        () => {
          retryTimer = null;
          if (isOpen) startMissing(1, capacity());
        },
        BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)],
      );
      retryTimer.unref();
      return;
    }
    if (failures === 0) startMissing(STARTS_AT_ONCE, now);
  };

  const waiting = (now: Capacity): Waiting => {
    const longSince = performance.now() - PATIENCE_MS;
    let all = 0;
    let needy = 0;
    for (const [binding, queue] of queues) {
      if (!mayRun(slots, binding, now)) continue;
      all += queue.size;
      if (firstOf(queue).since <= longSince || slots.every((slot) => slot.binding !== binding)) needy += 1;
    }
    return { all, needy };
  };

  const startMissing = (atOnce: number, now: Capacity): void => {
    const { start: missing, retire: retired } = upkeepOf(slots, waiting(now), now);
    if (missing === 0 && retired.length === 0) return;
    for (const slot of slots.filter((one) => retired.includes(one.id))) retire(slot);
    const starting = slots.filter((slot) => slot.state === 'starting').length;
    for (let count = starting; count < Math.min(atOnce, starting + missing); count += 1) add();
  };

  const admit = (): void => {
    if (!isClosed) return;
    isClosed = false;
    first = Promise.withResolvers<boolean>();
    failures = 0;
  };

  return {
    admit,
    open() {
      admit();
      if (isOpen) return first.promise;
      isOpen = true;
      idleTimer = setInterval(retireIdle, Math.min(idleMs, 60_000));
      idleTimer.unref();
      // Nothing tells when a request has run for long; those who wait find out here.
      if (lookTimer) clearInterval(lookTimer);
      lookTimer = setInterval(() => waiterCount > 0 && turn(), LOOK_MS);
      lookTimer.unref();
      upkeep();
      // Without spares nothing would start, and whether Python can start would not be known.
      if (slots.length === 0 && failures === 0) add();
      return first.promise;
    },
    acquire(binding, signal) {
      // Before `open()` requests wait: the server listens while packages are still being fetched.
      if (isClosed) return Promise.resolve({ kind: 'closed' });
      if (signal?.aborted) return Promise.resolve({ kind: 'caller-left' });
      const isFull = waiterCount >= queueLimit || (queues.get(binding)?.size ?? 0) >= queueLimit / 2;
      if (isFull) return Promise.resolve({ kind: 'overloaded', waiting: waiterCount });
      if (failures >= FAILURES_UNTIL_REFUSAL && lastFailure && slots.length === 0) {
        return Promise.resolve({ kind: 'no-python', why: describeEnd(lastFailure) });
      }
      return new Promise((resolve) => {
        const leave = (): void => {
          if (take(waiter)) answer(waiter, { kind: 'caller-left' });
        };
        const forget = (): void => signal?.removeEventListener('abort', leave);
        const waiter: Waiter = { binding, resolve, forget, number: ++lastNumber, since: performance.now() };
        signal?.addEventListener('abort', leave);
        join(waiter);
        turn();
      });
    },
    lendIdle(binding) {
      if (waiterCount > 0 || isClosed || !isOpen) return null;
      const now = capacity();
      const view = slotFor(slots, binding, now);
      // A fresh one that is taken has to be followed by another: that is what `acquire` sees to.
      if (view?.binding !== binding) return null;
      const slot = view as Slot;
      if (!slot.interpreter.isAlive) return null;
      onChange();
      return lend(slot, binding);
    },
    stopBusy(why) {
      const busy = slots.filter((slot) => slot.state === 'busy');
      for (const slot of busy) void slot.interpreter.stop({ kind: 'stopped', why });
      return busy.length;
    },
    restart(why) {
      failures = 0;
      if (retryTimer) clearTimeout(retryTimer);
      retryTimer = null;
      const reason = { kind: 'stopped', why } as const;
      for (const slot of slots.filter((one) => one.state !== 'busy')) {
        slots.splice(slots.indexOf(slot), 1);
        void slot.interpreter.stop(reason);
      }
      for (const slot of slots) void slot.interpreter.stop(reason);
      turn();
    },
    async renew() {
      if (!isOpen) return true;
      const last = started;
      const answer = await add().interpreter.ready;
      if (!('ready' in answer)) return false;
      for (const slot of slots.filter((one) => one.id <= last)) {
        if (slot.state === 'busy') slot.isOutdated = true;
        else retire(slot);
      }
      turn();
      return true;
    },
    fault: () =>
      failures >= FAILURES_UNTIL_REFUSAL && lastFailure && slots.every((slot) => slot.state === 'starting')
        ? describeEnd(lastFailure)
        : null,
    counts() {
      const of = (state: SlotView['state']): number => slots.filter((slot) => slot.state === state).length;
      const busySince = slots.filter((slot) => slot.state === 'busy').map((slot) => slot.busySince);
      return {
        starting: of('starting'),
        idle: of('idle'),
        busy: busySince.length,
        waiting: waiterCount,
        started,
        busySince: busySince.length > 0 ? Math.min(...busySince) : null,
      };
    },
    async close(graceMs) {
      isOpen = false;
      isClosed = true;
      first.resolve(false);
      if (retryTimer) clearTimeout(retryTimer);
      retryTimer = null;
      if (idleTimer) clearInterval(idleTimer);
      if (lookTimer) clearInterval(lookTimer);
      for (const waiter of [...queues.values()].flatMap((queue) => [...queue])) {
        take(waiter);
        answer(waiter, { kind: 'closed' });
      }
      if (slots.some((slot) => slot.state === 'busy')) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, graceMs);
          whenQuiet = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        whenQuiet = null;
      }
      await Promise.all(slots.map((slot) => slot.interpreter.stop({ kind: 'stopped', why: 'the server stops' })));
    },
  };
}
