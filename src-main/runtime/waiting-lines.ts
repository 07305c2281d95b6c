// The requests that wait for an interpreter, in fair order. Constant work for each request, however many wait. Must not
// know interpreters.

import { mayRun } from './pool-rules.ts';
import type { Binding, Turn } from './pool-rules.ts';

/** A request that waits. */
export interface Waiter<T> {
  readonly line: Line<T>;
  readonly item: T;
}

/** A party: a signed-in user, or all callers of one address. */
class Party<T> {
  readonly key: string;
  running = 0;
  waiting = 0;
  readonly lines: readonly Map<Binding, Line<T>>[] = [new Map(), new Map()];
  /** Its lines in each of the classes. */
  readonly inClass: readonly Set<Line<T>>[] = ALL.map(() => new Set());
  constructor(key: string) {
    this.key = key;
  }
}

/** The requests of one party for one binding, in the order of arrival; those without a deadline apart. */
export class Line<T> {
  readonly party: Party<T>;
  readonly binding: Binding;
  readonly isEndless: boolean;
  readonly queue = new Set<Waiter<T>>();
  running = 0;
  /** Since when requests have been waiting here, short breaks ignored. */
  pressedSince = 0;
  lastWaited = -Infinity;
  /** Null: nothing waits. */
  place: Class | null = null;
  isNeedy = false;
  constructor(party: Party<T>, binding: Binding, isEndless: boolean) {
    this.party = party;
    this.binding = binding;
    this.isEndless = isEndless;
  }
}

/** Whether the line has nothing running, has deadlines, and whether its binding has an idle interpreter. */
type Class = 0 | 1 | 2 | 3 | 4 | 5;
const WARM: readonly Class[] = [0, 1, 2];
const COLD: readonly Class[] = [3, 4, 5];
const ALL: readonly Class[] = [...WARM, ...COLD];
const isCold = (place: Class): boolean => place >= 3;
const isResting = (place: Class): boolean => place % 3 < 2;
const isEndlessPlace = (place: Class): boolean => place % 3 === 1;

/** Parties by how many of their requests run; parties with the same number take turns. */
class Turns<T> {
  readonly #byRunning: Set<Party<T>>[] = [];
  add(party: Party<T>): void {
    (this.#byRunning[party.running] ??= new Set()).add(party);
  }
  delete(party: Party<T>): void {
    this.#byRunning[party.running]?.delete(party);
  }
  /** The party with the fewest running requests whose turn it is. */
  first(): Party<T> | null {
    // Takes as many steps as requests of one party run at once.
    for (const parties of this.#byRunning) for (const party of parties ?? []) return party;
    return null;
  }
}

export interface WaitingLinesDeps {
  /** How many may wait. */
  readonly limit: number;
  /** Whether the binding has an idle interpreter. */
  readonly isWarm: (binding: Binding) => boolean;
  /** Whether the binding has an interpreter at all. */
  readonly hasAny: (binding: Binding) => boolean;
  /**
   * Whether the lines of a binding are kept while nothing waits or runs there; `forget` is called once they are no
   * longer needed.
   */
  readonly isKept: (binding: Binding) => boolean;
  readonly now?: () => number;
}

/** A line that was short of an interpreter for as long as a start takes gets another interpreter. */
const PRESSED_MS = 1_000;
const BREAK_MS = 100;

export class WaitingLines<T> {
  readonly #deps: WaitingLinesDeps;
  readonly #parties = new Map<string, Party<T>>();
  readonly #turns: readonly Turns<T>[] = ALL.map(() => new Turns());
  /** The lines of a binding in which something waits. */
  readonly #ofBinding = new Map<Binding, Set<Line<T>>>();
  readonly #linesIn = ALL.map(() => 0);
  readonly #waitersIn = ALL.map(() => 0);
  #count = 0;
  #needy = 0;

  constructor(deps: WaitingLinesDeps) {
    this.#deps = deps;
  }

  /** How many wait. */
  get count(): number {
    return this.#count;
  }

  /** The line of a party for a binding; it is dropped when nothing waits or runs there. */
  line(partyKey: string, binding: Binding, isEndless = false): Line<T> {
    let party = this.#parties.get(partyKey);
    if (!party) this.#parties.set(partyKey, (party = new Party(partyKey)));
    const lines = party.lines[Number(isEndless)]!;
    let line = lines.get(binding);
    if (!line) lines.set(binding, (line = new Line(party, binding, isEndless)));
    return line;
  }

  /**
   * Whether one more request may wait. A party fills at most half of the places. A caller with nothing waiting may go a
   * little beyond that, so that one caller does not shut out the others of the address.
   */
  hasPlace({ party, queue }: Line<T>): boolean {
    const { limit } = this.#deps;
    if (this.#count >= limit) return false;
    return party.waiting < limit / 2 || (queue.size === 0 && party.waiting < (limit * 5) / 8);
  }

  join(line: Line<T>, item: T): Waiter<T> {
    const waiter = { line, item };
    const now = this.#now();
    if (line.queue.size === 0 && now - line.lastWaited > BREAK_MS) line.pressedSince = now;
    line.queue.add(waiter);
    line.party.waiting += 1;
    this.#count += 1;
    if (line.place === null) this.#place(line);
    else this.#waitersIn[line.place]! += 1;
    this.#judge(line, now);
    return waiter;
  }

  /** @returns false when it no longer waits */
  leave(waiter: Waiter<T>): boolean {
    const { line } = waiter;
    if (!line.queue.has(waiter)) return false;
    this.#remove(line, waiter);
    this.forget(line);
    return true;
  }

  /**
   * The request whose turn it is; it waits on until `leave`.
   * @param withFresh whether a fresh interpreter is there, so that cold lines can be served as well
   */
  next(turn: Turn, withFresh: boolean): Waiter<T> | null {
    if (this.#count === 0 || turn.kind === 'nobody') return null;
    let best: Party<T> | null = null;
    let from: Class = 0;
    for (const place of withFresh ? ALL : WARM) {
      const party = this.#turns[place]!.first();
      if (party === null || (best !== null && party.running >= best.running)) continue;
      const request = { isResting: isResting(place), isEndless: isEndlessPlace(place), ofParty: party.running };
      if (!mayRun(turn, request)) continue;
      best = party;
      from = place;
    }
    if (best === null) return null;
    for (const line of best.inClass[from]!) for (const waiter of line.queue) return waiter;
    return null;
  }

  /** A request of the line runs. */
  began(line: Line<T>): void {
    this.#run(line, 1);
  }

  /** A request of the line has ended. */
  ended(line: Line<T>): void {
    this.#run(line, -1);
    this.forget(line);
  }

  /** Interpreters of a binding started or ended, or became idle or busy. */
  noteBinding(binding: Binding): void {
    const lines = this.#ofBinding.get(binding);
    if (!lines) return;
    const now = this.#now();
    for (const line of lines) {
      this.#place(line);
      this.#judge(line, now);
    }
  }

  /** Checks all waiting requests; for a clock that ticks twice a second, not for requests. */
  judgeAll(): void {
    const now = this.#now();
    for (const lines of this.#ofBinding.values()) for (const line of lines) this.#judge(line, now);
  }

  /** Requests that may run now but have no idle interpreter of their own. */
  need(turn: Turn): { readonly waiting: number; readonly needy: number } {
    if (turn.kind === 'nobody') return { waiting: 0, needy: 0 };
    let waiting = 0;
    for (const place of COLD) {
      if (turn.kind === 'any') waiting += this.#waitersIn[place]!;
      else if (isResting(place)) waiting += this.#linesIn[place]!;
    }
    return { waiting, needy: Math.min(this.#needy, waiting) };
  }

  /** Removes all waiting requests, or all that a rule selects. */
  takeAll(isTaken: (binding: Binding) => boolean = () => true): readonly T[] {
    const items: T[] = [];
    for (const [binding, lines] of this.#ofBinding) {
      if (!isTaken(binding)) continue;
      for (const line of lines) {
        for (const waiter of line.queue) {
          items.push(waiter.item);
          this.#remove(line, waiter);
        }
        this.forget(line);
      }
    }
    return items;
  }

  /** Drops a line in which nothing waits or runs, unless it is kept. */
  forget({ party, binding, isEndless, queue, running }: Line<T>): void {
    if (queue.size > 0 || running > 0 || this.#deps.isKept(binding)) return;
    party.lines[Number(isEndless)]!.delete(binding);
    if (party.lines.every((lines) => lines.size === 0)) this.#parties.delete(party.key);
  }

  #now(): number {
    return (this.#deps.now ?? performance.now.bind(performance))();
  }

  #remove(line: Line<T>, waiter: Waiter<T>): void {
    line.queue.delete(waiter);
    line.party.waiting -= 1;
    this.#count -= 1;
    this.#waitersIn[line.place!]! -= 1;
    line.lastWaited = this.#now();
    if (line.queue.size === 0) this.#place(line);
  }

  #run(line: Line<T>, change: 1 | -1): void {
    const { party } = line;
    for (const place of ALL) if (party.inClass[place]!.size > 0) this.#turns[place]!.delete(party);
    line.running += change;
    party.running += change;
    for (const place of ALL) if (party.inClass[place]!.size > 0) this.#turns[place]!.add(party);
    if (line.place !== null) this.#place(line, change === 1);
  }

  /** Moves a line to its current place. @param isServed it goes behind the others of its party */
  #place(line: Line<T>, isServed = false): void {
    const { party, queue, place: before } = line;
    const after = queue.size === 0 ? null : this.#classOf(line);
    if (after === before && !isServed) return;
    if (before !== null) {
      party.inClass[before]!.delete(line);
      if (party.inClass[before]!.size === 0) this.#turns[before]!.delete(party);
      this.#linesIn[before]! -= 1;
      this.#waitersIn[before]! -= queue.size;
    }
    line.place = after;
    if (after !== null) {
      if (party.inClass[after]!.size === 0) this.#turns[after]!.add(party);
      party.inClass[after]!.add(line);
      this.#linesIn[after]! += 1;
      this.#waitersIn[after]! += queue.size;
    }
    this.#index(line);
  }

  #classOf({ binding, running, isEndless }: Line<T>): Class {
    return ((this.#deps.isWarm(binding) ? 0 : 3) + (running > 0 ? 2 : Number(isEndless))) as Class;
  }

  #index(line: Line<T>): void {
    const lines = this.#ofBinding.get(line.binding);
    if (line.place !== null) {
      if (lines) lines.add(line);
      else this.#ofBinding.set(line.binding, new Set([line]));
      return;
    }
    this.#setNeedy(line, false);
    lines?.delete(line);
    if (lines?.size === 0) this.#ofBinding.delete(line.binding);
  }

  #judge(line: Line<T>, now: number): void {
    if (line.place === null) return;
    const isShort = !this.#deps.hasAny(line.binding) || now - line.pressedSince >= PRESSED_MS;
    this.#setNeedy(line, isCold(line.place) && isShort);
  }

  #setNeedy(line: Line<T>, isNeedy: boolean): void {
    if (line.isNeedy === isNeedy) return;
    line.isNeedy = isNeedy;
    this.#needy += isNeedy ? 1 : -1;
  }
}
