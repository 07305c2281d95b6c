// Pool of interpreters: leases one to a request, starts and retires them. Must not know what the requests are.

import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import { Fleet } from './fleet.ts';
import type { Slot } from './fleet.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Interpreter } from './interpreter.ts';
import type { Asking, Known, Leaving, Lease, PoolCounts, Refusal, StoppedWaiting } from './lease.ts';
import { isForSources, isKept, mayRest, upkeepOf } from './pool-rules.ts';
import type { Binding, Capacity } from './pool-rules.ts';
import { answer, Queues } from './queues.ts';
import type { Wait } from './queues.ts';
import { StartFailures } from './start-failures.ts';
import type { Line, Waiter, WaitingLines } from './waiting-lines.ts';

export interface PoolDeps {
  readonly capacity: Capacity;
  readonly start: () => Interpreter;
  /** Gives a started interpreter what the others already have, before it is lent; until then it counts as starting. */
  readonly prepare?: (interpreter: Interpreter, known: Known) => Promise<void>;
  readonly log: { warn(text: string): void; debug(text: string): void };
  /** Requests that may wait at once; those of one party may take half of the places. */
  readonly queueLimit?: number;
  /** A caller's interpreter is given up after being unused for so long; its memory is worth more than its state. */
  readonly idleMs?: number;
  /** Called whenever `counts()` or `fault()` may have changed; must be cheap. */
  readonly onChange?: () => void;
  /** Called when an interpreter ended in the middle of a request. */
  readonly onBroken?: (reason: EndReason) => void;
}

const IDLE_MS = 15 * 60_000;
const LOOK_MS = 500;
const STARTS_AT_ONCE = 2;
const NOTHING = (): undefined => undefined;
const RETIRED: EndReason = { kind: 'stopped', why: 'retired' };

/**
 * Lends interpreters, one request each at a time. A request that finds an idle one is served without waiting. The work
 * for each waiting request is the same, however many wait.
 */
export class Pool {
  readonly #deps: Required<PoolDeps>;
  readonly #fleet = new Fleet();
  readonly #queues: Queues;
  readonly #failures: StartFailures;
  #capacity: Capacity;
  #isOpen = false;
  #isClosed = false;
  #isUpkeepComing = false;
  #whenQuiet: (() => void) | null = null;
  #first = Promise.withResolvers<boolean>();
  #idleTimer: NodeJS.Timeout | null = null;
  #lookTimer: NodeJS.Timeout | null = null;

  /** Nothing is started before `open()`. */
  constructor(deps: PoolDeps) {
    const { queueLimit = 1_000, idleMs = IDLE_MS } = deps;
    this.#deps = {
      prepare: () => Promise.resolve(),
      onChange: NOTHING,
      onBroken: NOTHING,
      ...deps,
      queueLimit,
      idleMs,
    };
    this.#capacity = deps.capacity;
    this.#queues = new Queues(this.#fleet, () => this.#capacity, queueLimit);
    this.#failures = new StartFailures({
      retry: () => this.#isOpen && this.#startMissing(1),
    });
  }

  /** Lets requests wait until `open()`; without it a closed pool refuses them. */
  admit(): void {
    if (!this.#isClosed) return;
    this.#isClosed = false;
    this.#first = Promise.withResolvers<boolean>();
    this.#failures.clear();
  }

  /** Starts interpreters. Resolves with true when the first one is ready, with false when starting was given up. */
  open(): Promise<boolean> {
    this.admit();
    if (this.#isOpen) return this.#first.promise;
    this.#isOpen = true;
    const { idleMs } = this.#deps;
    this.#idleTimer = setInterval(() => this.#retireForgotten(), Math.min(idleMs, 60_000)).unref();
    this.#turn();
    // Without spares nothing would start, and it would stay unknown whether Python can start.
    if (this.#fleet.all.size === 0 && this.#failures.count === 0) void this.#add();
    return this.#first.promise;
  }

  /** Sets how many may run and live; interpreters beyond that are given up as soon as they are idle. */
  setCapacity(capacity: Capacity): void {
    this.#capacity = capacity;
    for (const slot of this.#fleet.resting) {
      if (this.#fleet.all.size <= capacity.most) break;
      this.#retire(slot);
    }
    if (this.#isOpen) this.#turn();
  }

  acquire(asking: Asking, leaving: Leaving | null): Lease | Refusal | Promise<Lease | Refusal | StoppedWaiting> {
    // Before `open()` requests wait: the server listens while packages are still being fetched.
    if (this.#isClosed) return { kind: 'closed' };
    if (leaving?.aborted) return { kind: 'caller-left' };
    const lines = this.#queues.of(asking.binding);
    const line = lines.line(asking.party, asking.binding, asking.isEndless);
    const lease = this.#isOpen && this.#queues.mayRunAtOnce(line) ? this.#lend(line) : null;
    if (lease) return lease;
    const refusal = this.#refusalOf(lines, line);
    if (refusal) {
      lines.forget(line);
      return refusal;
    }
    return new Promise((resolve) => {
      const leave = (): void => {
        if (lines.leave(waiter)) resolve({ kind: 'caller-left' });
      };
      const waiter: Waiter<Wait> = lines.join(line, {
        resolve,
        forget: () => leaving?.removeEventListener('abort', leave),
      });
      leaving?.addEventListener('abort', leave);
      this.#lookAtTimes();
      this.#turn();
    });
  }

  /**
   * Ends every interpreter that runs a request now, and answers the requests that wait: they would run next. Returns how
   * many requests these are. Questions about sources go on waiting.
   */
  stopRequests(why: string): number {
    const reason = { kind: 'stopped', why } as const;
    const waiting = this.#queues.takeAll((binding) => !isForSources(binding));
    for (const wait of waiting) answer(wait, reason);
    const busy = [...this.#fleet.all].filter(({ state }) => state === 'busy');
    for (const slot of busy) void slot.interpreter.stop(reason);
    return waiting.length + busy.length;
  }

  /**
   * Ends every interpreter and starts fresh ones; running requests fail with the reason, waiting ones go on waiting.
   */
  restart(why: string): void {
    this.#failures.clear();
    const reason = { kind: 'stopped', why } as const;
    for (const slot of this.#fleet.all) {
      if (slot.state === 'busy') void slot.interpreter.stop(reason);
      else this.#retire(slot, reason);
    }
    this.#turn();
  }

  /**
   * Replaces all interpreters by newly started ones without losing a request: the old ones serve until a new one is
   * ready, and a busy one ends after its answer. Resolves with whether a new one got ready.
   */
  async renew(): Promise<boolean> {
    if (!this.#isOpen) return true;
    const { started } = this.#fleet;
    if (!(await this.#add())) return false;
    for (const slot of [...this.#fleet.all].filter(({ id }) => id <= started)) {
      if (slot.state === 'busy') slot.isOutdated = true;
      else this.#retire(slot);
    }
    this.#turn();
    return true;
  }

  /** Prepares the fresh interpreters again, because there is more to copy into them. */
  prepareAgain(): void {
    for (const slot of this.#fleet.fresh.slice()) {
      this.#fleet.unready(slot);
      void this.#prepare(slot);
    }
  }

  /** Why Python does not start; null while it does. */
  fault(): string | null {
    const { all, starting } = this.#fleet;
    return all.size === starting ? this.#failures.hopeless() : null;
  }

  counts(): PoolCounts {
    return { ...this.#fleet.counts(), waiting: this.#queues.count };
  }

  /** The interpreters that live. */
  interpreters(): readonly Interpreter[] {
    return Array.from(this.#fleet.all, ({ interpreter }) => interpreter);
  }

  /** Waits up to `graceMs` for running requests, then ends all. `open()` starts it again. */
  async close(graceMs: number): Promise<void> {
    this.#isOpen = false;
    this.#isClosed = true;
    this.#first.resolve(false);
    this.#failures.stop();
    if (this.#idleTimer) clearInterval(this.#idleTimer);
    this.#stopLooking();
    for (const wait of this.#queues.takeAll()) answer(wait, { kind: 'closed' });
    if (this.counts().busy > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        this.#whenQuiet = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#whenQuiet = null;
    }
    const slots = [...this.#fleet.all];
    await Promise.all(slots.map(({ interpreter }) => interpreter.stop({ kind: 'stopped', why: 'the server stops' })));
  }

  #refusalOf(lines: WaitingLines<Wait>, line: Line<Wait>): Refusal | null {
    const why = this.#fleet.all.size === 0 ? this.#failures.hopeless() : null;
    if (why !== null) return { kind: 'no-python', why };
    return lines.hasPlace(line) ? null : { kind: 'overloaded', waiting: lines.count };
  }

  #lend(line: Line<Wait>): Lease | null {
    const { binding } = line;
    for (;;) {
      const wasFresh = this.#fleet.idleOf(binding) === 0;
      const slot = this.#fleet.take(binding);
      if (!slot) return null;
      this.#queues.noteBinding(binding);
      if (!slot.interpreter.isAlive) {
        this.#retire(slot);
        continue;
      }
      this.#queues.began(line);
      if (wasFresh) this.#upkeepSoon();
      this.#deps.onChange();
      return { interpreter: slot.interpreter, known: slot.known, release: () => this.#release(slot, line) };
    }
  }

  #release(slot: Slot, line: Line<Wait>): void {
    const { isolation } = this.#capacity;
    const { isAlive } = slot.interpreter;
    this.#fleet.rest(slot);
    if (!isAlive) void slot.interpreter.ended.then(this.#deps.onBroken);
    const isOneTooMany = this.#fleet.all.size > this.#capacity.most;
    const isGone = !isAlive || !isKept(line.binding, isolation) || slot.isOutdated || isOneTooMany;
    if (isGone) this.#retire(slot);
    else this.#queues.noteBinding(line.binding);
    this.#queues.ended(line);
    // Nearly every answer of a server that is not busy ends here: other work must not delay an answer.
    if (isGone || this.#queues.count > 0 || this.#whenQuiet) this.#turn();
    this.#deps.onChange();
  }

  #retire(slot: Slot, reason: EndReason = RETIRED): void {
    this.#forget(slot);
    void slot.interpreter.stop(reason);
  }

  #forget(slot: Slot): void {
    if (this.#fleet.remove(slot) && slot.binding !== null) this.#queues.noteBinding(slot.binding);
  }

  #retireForgotten(): void {
    const since = performance.now() - this.#deps.idleMs;
    for (const slot of this.#fleet.resting) {
      if (slot.idleSince >= since) break;
      if (mayRest(slot.binding)) this.#retire(slot);
    }
  }

  /** Starts one interpreter. Resolves with whether it got ready. */
  #add(): Promise<boolean> {
    const slot = this.#fleet.add(this.#deps.start());
    const { interpreter } = slot;
    void interpreter.ended.then((reason) => {
      const wasStarting = slot.state === 'starting';
      this.#forget(slot);
      if (wasStarting && this.#isOpen && reason.kind !== 'stopped') this.#noteFailure(reason);
      this.#turn();
    });
    return interpreter.ready.then(async (answered) => {
      if (!('ready' in answered)) return false;
      this.#deps.log.debug(
        `Python ${answered.python} is ready (process ${interpreter.pid}, ${Math.round(answered.bootMs)} ms)`,
      );
      return this.#prepare(slot);
    });
  }

  /** Resolves with whether the interpreter can be lent. */
  async #prepare(slot: Slot): Promise<boolean> {
    await this.#deps.prepare(slot.interpreter, slot.known);
    if (slot.state !== 'starting' || !slot.interpreter.isAlive) return false;
    this.#failures.clear();
    this.#first.resolve(true);
    this.#fleet.ready(slot);
    this.#turn();
    return true;
  }

  #noteFailure(reason: EndReason): void {
    const why = wordsOfEnd(reason).log;
    this.#deps.log.warn(`Python did not start: ${why}`);
    if (!this.#failures.note(why)) return;
    this.#first.resolve(false);
    // A living interpreter can still serve the callers who share it.
    const isHopeless = (binding: Binding): boolean => !this.#fleet.has(binding);
    for (const wait of this.#queues.takeAll(isHopeless)) answer(wait, { kind: 'no-python', why });
  }

  /** Serves the requests that can be served, then starts what the others need. */
  #turn(): void {
    if (this.#isOpen) {
      this.#queues.serve((line) => this.#lend(line));
      this.#upkeep();
    }
    if (this.#whenQuiet && this.counts().busy === 0) this.#whenQuiet();
    this.#deps.onChange();
  }

  /** Runs once for everything that is lent in this turn of the event loop, after the request was handed over. */
  #upkeepSoon(): void {
    if (this.#isUpkeepComing) return;
    this.#isUpkeepComing = true;
    setImmediate(() => {
      this.#isUpkeepComing = false;
      if (this.#isOpen) this.#upkeep();
    });
  }

  #upkeep(): void {
    if (this.#failures.isWaiting) return;
    if (this.#failures.count > 0) {
      if (this.#fleet.starting === 0) this.#failures.retryLater();
      return;
    }
    this.#startMissing(STARTS_AT_ONCE);
  }

  #startMissing(atOnce: number): void {
    const { starting, resting } = this.#fleet;
    const { start, retire } = upkeepOf(this.#queues.need(), this.#capacity);
    let left = retire;
    for (const slot of resting) {
      if (left-- <= 0) break;
      this.#retire(slot);
    }
    for (let count = starting; count < Math.min(atOnce, starting + start); count += 1) void this.#add();
  }

  /** No event tells that a request has run for long, so waiting requests check it by the clock. */
  #lookAtTimes(): void {
    this.#lookTimer ??= setInterval(() => {
      if (this.#queues.count === 0) return this.#stopLooking();
      this.#queues.judgeAll();
      this.#turn();
    }, LOOK_MS).unref();
  }

  #stopLooking(): void {
    if (this.#lookTimer) clearInterval(this.#lookTimer);
    this.#lookTimer = null;
  }
}
