// The living interpreters, sorted so that the right one for a request is found at once. Must not know requests or when
// to start.

import type { Interpreter } from './interpreter.ts';
import type { Known, PoolCounts } from './lease.ts';
import { isForSources } from './pool-rules.ts';
import type { Binding, Running } from './pool-rules.ts';

/** One interpreter. */
export interface Slot {
  readonly id: number;
  state: 'starting' | 'idle' | 'busy' | 'gone';
  /** Null: it has run nothing yet. */
  binding: Binding | null;
  idleSince: number;
  busySince: number;
  readonly known: Known;
  /** It ends after its answer. */
  isOutdated: boolean;
  readonly interpreter: Interpreter;
}

/** The interpreters of one binding. */
interface Home {
  /** In the order of their last use, the latest last. */
  readonly idle: Slot[];
  living: number;
}

// After running for so long, a request no longer keeps its party's other requests waiting.
export const PATIENCE_MS = 1_500;

export class Fleet {
  readonly #all = new Set<Slot>();
  readonly #homes = new Map<Binding, Home>();
  readonly #fresh: Slot[] = [];
  /** Bound and idle interpreters, the longest idle first. */
  readonly #resting = new Set<Slot>();
  /** In the order in which their requests began; without those for sources. */
  readonly #busy = new Set<Slot>();
  #starting = 0;
  #last = 0;

  /** All living interpreters, in the order of their starts. */
  get all(): ReadonlySet<Slot> {
    return this.#all;
  }
  get starting(): number {
    return this.#starting;
  }
  /** The interpreters that have run nothing yet. */
  get fresh(): readonly Slot[] {
    return this.#fresh;
  }
  get resting(): ReadonlySet<Slot> {
    return this.#resting;
  }
  /** How many were ever added. */
  get started(): number {
    return this.#last;
  }

  has(binding: Binding): boolean {
    return this.#homes.has(binding);
  }

  idleOf(binding: Binding): number {
    return this.#homes.get(binding)?.idle.length ?? 0;
  }

  /** Visits only the long-running requests and one more. */
  running(): Running {
    const since = performance.now() - PATIENCE_MS;
    let long = 0;
    for (const { busySince } of this.#busy) {
      if (busySince >= since) break;
      long += 1;
    }
    return { busy: this.#busy.size, long };
  }

  /** For a periodic check: it visits all interpreters. */
  counts(): Omit<PoolCounts, 'waiting'> {
    let idle = 0;
    let busy = 0;
    let busySince: number | null = null;
    for (const slot of this.#all) {
      if (slot.state === 'idle') idle += 1;
      if (slot.state !== 'busy') continue;
      busy += 1;
      busySince = Math.min(busySince ?? Infinity, slot.busySince);
    }
    return { starting: this.#starting, idle, busy, started: this.#last, busySince };
  }

  add(interpreter: Interpreter): Slot {
    const slot: Slot = {
      id: ++this.#last,
      state: 'starting',
      binding: null,
      idleSince: 0,
      busySince: 0,
      known: { functions: -1, files: -1, own: new Map() },
      isOutdated: false,
      interpreter,
    };
    this.#all.add(slot);
    this.#starting += 1;
    return slot;
  }

  /** The interpreter has started, or is ready again after `unready`. */
  ready(slot: Slot): void {
    this.#starting -= 1;
    slot.state = 'idle';
    slot.idleSince = performance.now();
    this.#fresh.push(slot);
  }

  /** A fresh interpreter must not be lent for a while. */
  unready(slot: Slot): void {
    this.#fresh.splice(this.#fresh.indexOf(slot), 1);
    this.#starting += 1;
    slot.state = 'starting';
  }

  /**
   * An idle interpreter for a binding, busy from now on: the one that was used last, else a fresh one; null when
   * neither exists.
   */
  take(binding: Binding): Slot | null {
    const home = this.#homes.get(binding);
    const slot = home?.idle.pop() ?? this.#fresh.pop();
    if (!slot) return null;
    if (slot.binding === null) {
      slot.binding = binding;
      if (home) home.living += 1;
      else this.#homes.set(binding, { idle: [], living: 1 });
    } else {
      this.#resting.delete(slot);
    }
    slot.state = 'busy';
    slot.busySince = performance.now();
    if (!isForSources(binding)) this.#busy.add(slot);
    return slot;
  }

  /** The interpreter has answered. */
  rest(slot: Slot): void {
    this.#busy.delete(slot);
    if (slot.state === 'gone') return;
    slot.state = 'idle';
    slot.idleSince = performance.now();
    this.#homes.get(slot.binding!)!.idle.push(slot);
    this.#resting.add(slot);
  }

  /** The interpreter has ended. @returns false when that was known */
  remove(slot: Slot): boolean {
    if (!this.#all.delete(slot)) return false;
    if (slot.state === 'starting') this.#starting -= 1;
    this.#busy.delete(slot);
    this.#resting.delete(slot);
    const at = this.#fresh.indexOf(slot);
    if (at >= 0) this.#fresh.splice(at, 1);
    if (slot.binding !== null) this.#leaveHome(slot, slot.binding);
    slot.state = 'gone';
    return true;
  }

  #leaveHome(slot: Slot, binding: Binding): void {
    const home = this.#homes.get(binding)!;
    const at = home.idle.indexOf(slot);
    if (at >= 0) home.idle.splice(at, 1);
    home.living -= 1;
    if (home.living === 0) this.#homes.delete(binding);
  }
}
