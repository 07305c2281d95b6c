// Decides which interpreter serves a request, which one goes, and how many more are needed. Pure: knows no processes.

/**
 * Who may meet whom in one interpreter.
 * - `shared`: everybody, as in TabPy itself.
 * - `caller`: one caller only; the deployed functions that they call run in others than their scripts.
 * - `request`: nobody; every request gets a fresh interpreter, which then goes.
 */
export type Isolation = 'caller' | 'shared' | 'request';

/** The interpreters that a request may use: those bound to the same key, or fresh ones. */
export type Binding = string;

export interface SlotView {
  readonly id: number;
  readonly state: 'starting' | 'idle' | 'busy';
  /** It has been busy for longer than others should have to wait. */
  readonly isLong: boolean;
  /** null: it has run nothing yet. */
  readonly binding: Binding | null;
  /** Grows with each use; the most recent is the largest. */
  readonly lastUse: number;
}

export interface Capacity {
  readonly isolation: Isolation;
  /** How many may run at once; twice as many while some of them run for long. */
  readonly workers: number;
  /** How many fresh ones are kept ready beside them. */
  readonly spares: number;
  /** How many may live at once, busy, idle and starting. */
  readonly most: number;
}

/**
 * The binding of a request under a mode. A function never meets an ad-hoc script except in mode `shared`, and never another
 * caller: whoever may deploy could otherwise read, with a function that patches the interpreter, what others send to theirs.
 * A source meets neither, in any mode: nothing is ever run where sources are compiled.
 */
export function bindingOf(isolation: Isolation, caller: string, kind: 'script' | 'function' | 'source'): Binding {
  if (kind === 'source') return SOURCE;
  return isolation === 'shared' ? 'shared' : `${kind} of ${caller}`;
}

/** Where sources are read and compiled, and nothing of anybody's ever runs: one, whoever asks. */
const SOURCE: Binding = 'source';

/** Whether only short questions of ours go there: they wait for nobody's script, and no worker is kept from one by them. */
function isForSources(binding: Binding | null): boolean {
  return binding === SOURCE;
}

/** Whether an interpreter stays for the next request after one: those for sources hold nothing that anybody left. */
export function isKept(binding: Binding | null, isolation: Isolation): boolean {
  return isolation !== 'request' || isForSources(binding);
}

/** Whether an interpreter that is not used for long is given up; everybody's is everybody's next one. */
export function mayRest(binding: Binding | null, isolation: Isolation): boolean {
  return binding !== null && (isolation !== 'shared' || isForSources(binding));
}

/**
 * Whether one more request of a binding may run now. Long runners of others do not keep out a caller who has nothing
 * running: two scripts that never end would otherwise cost everybody their whole time-out.
 */
export function mayRun(slots: readonly SlotView[], binding: Binding, capacity: Capacity): boolean {
  // One answers in milliseconds; a second one would only cost memory.
  if (isForSources(binding)) return slots.every((slot) => slot.state !== 'busy' || !isForSources(slot.binding));
  const busy = workingIn(slots);
  if (busy.length < capacity.workers) return true;
  return freeWorkers(busy, capacity) > 0 && busy.every((slot) => slot.binding !== binding);
}

function workingIn(slots: readonly SlotView[]): readonly SlotView[] {
  return slots.filter((slot) => slot.state === 'busy' && !isForSources(slot.binding));
}

function freeWorkers(busy: readonly SlotView[], { workers }: Capacity): number {
  const short = busy.filter((slot) => !slot.isLong).length;
  return Math.max(0, Math.min(workers - short, 2 * workers - busy.length));
}

/** Who waits, in the order in which they are to be served: those who have the least running first, then who came first. */
export function inTurn<T extends { readonly binding: Binding }>(
  waiters: readonly T[],
  slots: readonly SlotView[],
): readonly T[] {
  if (waiters.length < 2) return waiters;
  const running = new Map<Binding | null, number>();
  for (const { state, binding } of slots) if (state === 'busy') running.set(binding, (running.get(binding) ?? 0) + 1);
  const runningOf = ({ binding }: T): number => running.get(binding) ?? 0;
  return waiters.toSorted((a, b) => runningOf(a) - runningOf(b));
}

/**
 * The slot that serves a request now, or null when it has to wait. The most recently used one of the same binding comes
 * first, so that a caller's sequence of calls sees one interpreter's state; then a fresh one.
 */
export function slotFor(slots: readonly SlotView[], binding: Binding, capacity: Capacity): SlotView | null {
  if (!mayRun(slots, binding, capacity)) return null;
  let best: SlotView | null = null;
  for (const slot of slots) {
    if (slot.state !== 'idle') continue;
    if (slot.binding === binding) {
      if (best?.binding !== binding || slot.lastUse > best.lastUse) best = slot;
    } else if (slot.binding === null) {
      best ??= slot;
    }
  }
  return best;
}

/** Requests that might run now, if there were an interpreter for them. */
export interface Waiting {
  readonly all: number;
  /** Those whose binding has no interpreter at all, or who waited long for it: others are given up only for them. */
  readonly needy: number;
}

/**
 * What is to be done so that the next request finds an interpreter. A warm one of another caller is given up only for a
 * needy request, neither for a second interpreter of one caller nor for a spare: a start takes a hundred times as long as
 * most scripts, and callers who take turns would drive each other out.
 */
export function upkeepOf(
  slots: readonly SlotView[],
  waiting: Waiting,
  capacity: Capacity,
): { readonly start: number; readonly retire: readonly number[] } {
  const free = freeWorkers(workingIn(slots), capacity);
  const isReusable = ({ binding }: SlotView): boolean =>
    binding === null || (capacity.isolation === 'shared' && !isForSources(binding));
  const ready = slots.filter((slot) => slot.state === 'starting' || (slot.state === 'idle' && isReusable(slot))).length;
  const wanted = capacity.spares + (capacity.isolation === 'shared' ? free : Math.min(waiting.all, free));
  const missing = Math.max(0, wanted - ready);
  const room = Math.max(0, capacity.most - slots.length);
  const retired = slots
    .filter((slot) => slot.state === 'idle' && !isReusable(slot))
    .toSorted((a, b) => a.lastUse - b.lastUse)
    .slice(0, Math.max(0, Math.min(waiting.needy, free) - ready - room))
    .map((slot) => slot.id);
  return { start: Math.min(missing, room + retired.length), retire: retired };
}
