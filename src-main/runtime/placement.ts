// Decides which interpreter serves a request, which one goes, and how many more are needed. Pure: knows no processes.

/**
 * Who may meet whom in one interpreter.
 * - `shared`: everybody, as in TabPy itself.
 * - `caller`: scripts of one caller only; deployed functions have interpreters of their own.
 * - `request`: nobody; every request gets a fresh interpreter, which then goes.
 */
export type Isolation = 'caller' | 'shared' | 'request';

/** The interpreters that a request may use: those bound to the same key, or fresh ones. */
export type Binding = string;

export interface SlotView {
  readonly id: number;
  readonly state: 'starting' | 'idle' | 'busy';
  /** null: it has run nothing yet. */
  readonly binding: Binding | null;
  /** Grows with each use; the most recent is the largest. */
  readonly lastUse: number;
}

export interface Capacity {
  readonly isolation: Isolation;
  /** How many may run at once. */
  readonly workers: number;
  /** How many fresh ones are kept ready beside them. */
  readonly spares: number;
  /** How many may live at once, busy, idle and starting. */
  readonly most: number;
}

/** The binding of a request under a mode. `functions` never meets an ad-hoc script except in mode `shared`. */
export function bindingOf(isolation: Isolation, caller: string, kind: 'script' | 'function'): Binding {
  if (isolation === 'shared') return 'shared';
  return kind === 'function' ? 'functions' : `caller ${caller}`;
}

/**
 * The slot that serves a request now, or null when it has to wait. The most recently used one of the same binding comes
 * first, so that a caller's sequence of calls sees one interpreter's state; then a fresh one.
 */
export function slotFor(slots: readonly SlotView[], binding: Binding, capacity: Capacity): SlotView | null {
  if (slots.filter((slot) => slot.state === 'busy').length >= capacity.workers) return null;
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

/** Requests that no interpreter can serve now. */
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
  const busy = slots.filter((slot) => slot.state === 'busy').length;
  const isReusable = (slot: SlotView): boolean => slot.binding === null || capacity.isolation === 'shared';
  const ready = slots.filter((slot) => slot.state === 'starting' || (slot.state === 'idle' && isReusable(slot))).length;
  const free = Math.max(0, capacity.workers - busy);
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
