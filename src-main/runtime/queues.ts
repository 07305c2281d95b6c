// The queues of the pool: requests of callers, and apart from them the program's own questions about sources. Must not
// know how interpreters start.

import type { Fleet } from './fleet.ts';
import type { Lease, Refusal, StoppedWaiting } from './lease.ts';
import { bindingOf, isForSources, mayRun, turnOf } from './pool-rules.ts';
import type { Binding, Capacity, Need, Turn } from './pool-rules.ts';
import { WaitingLines } from './waiting-lines.ts';
import type { Line } from './waiting-lines.ts';

/** What is kept of a waiting request. */
export interface Wait {
  readonly resolve: (answer: Lease | Refusal | StoppedWaiting) => void;
  readonly forget: () => void;
}

const SHARED = bindingOf('shared', { key: '', party: '' }, 'script');

export class Queues {
  readonly #fleet: Fleet;
  readonly #capacity: () => Capacity;
  readonly #requests: WaitingLines<Wait>;
  readonly #sources: WaitingLines<Wait>;
  #sourcesBusy = 0;

  constructor(fleet: Fleet, capacity: () => Capacity, limit: number) {
    this.#fleet = fleet;
    this.#capacity = capacity;
    const hasAny = (binding: Binding): boolean => fleet.has(binding);
    this.#requests = new WaitingLines({
      limit,
      // In mode `shared` all requests use the same interpreters, so there is nothing to tell apart.
      isWarm: (binding) => this.#isShared || fleet.idleOf(binding) > 0,
      hasAny,
      isKept: (binding) => isOfOneParty(capacity()) && fleet.has(binding),
    });
    this.#sources = new WaitingLines({
      limit,
      isWarm: (binding) => fleet.idleOf(binding) > 0,
      hasAny,
      isKept: () => false,
    });
  }

  /** How many wait. */
  get count(): number {
    return this.#requests.count + this.#sources.count;
  }

  of(binding: Binding): WaitingLines<Wait> {
    return isForSources(binding) ? this.#sources : this.#requests;
  }

  began(line: Line<Wait>): void {
    if (isForSources(line.binding)) this.#sourcesBusy += 1;
    this.of(line.binding).began(line);
  }

  ended(line: Line<Wait>): void {
    if (isForSources(line.binding)) this.#sourcesBusy -= 1;
    this.of(line.binding).ended(line);
  }

  /** Whether a new request need not queue behind others. */
  mayRunAtOnce({ binding, isEndless, running, party }: Line<Wait>): boolean {
    const lines = this.of(binding);
    const request = { isResting: running === 0, isEndless, ofParty: party.running };
    return lines.count === 0 && mayRun(this.#turnOf(lines), request);
  }

  /**
   * Lends to waiting requests, one after another, as long as there is something to lend.
   * @param lend returns null when nothing is left
   */
  serve(lend: (line: Line<Wait>) => Lease | null): void {
    for (const lines of [this.#sources, this.#requests]) while (this.#serveNext(lines, lend));
  }

  /** Interpreters of a binding started or ended, or became idle or busy. */
  noteBinding(binding: Binding): void {
    if (!this.#isShared || isForSources(binding)) this.of(binding).noteBinding(binding);
  }

  /** Checks how long requests have been waiting. */
  judgeAll(): void {
    this.#requests.judgeAll();
  }

  takeAll(isTaken?: (binding: Binding) => boolean): readonly Wait[] {
    return [...this.#requests.takeAll(isTaken), ...this.#sources.takeAll(isTaken)];
  }

  /** Counts the interpreters and what the waiting requests need. */
  need(): Need {
    const { all, fresh, starting, resting } = this.#fleet;
    const running = this.#fleet.running();
    const idleShared = this.#isShared ? this.#fleet.idleOf(SHARED) : 0;
    const isSourceShort = this.#sourcesBusy === 0 && this.#sources.need({ kind: 'any' }).waiting > 0;
    return {
      ...running,
      living: all.size,
      ready: fresh.length + starting + idleShared,
      resting: resting.size - idleShared,
      ...this.#requests.need(turnOf(running, this.#capacity())),
      sources: isSourceShort ? 1 : 0,
    };
  }

  get #isShared(): boolean {
    return this.#capacity().isolation === 'shared';
  }

  #turnOf(lines: WaitingLines<Wait>): Turn {
    if (lines === this.#requests) return turnOf(this.#fleet.running(), this.#capacity());
    // A question takes milliseconds; a second interpreter would only cost memory.
    return { kind: this.#sourcesBusy > 0 ? 'nobody' : 'any' };
  }

  #serveNext(lines: WaitingLines<Wait>, lend: (line: Line<Wait>) => Lease | null): boolean {
    if (lines.count === 0) return false;
    const hasFresh = this.#fleet.fresh.length > 0;
    if (!hasFresh && this.#fleet.resting.size === 0) return false;
    const waiter = lines.next(this.#turnOf(lines), hasFresh);
    const lease = waiter && lend(waiter.line);
    if (!lease) return false;
    lines.leave(waiter);
    answer(waiter.item, lease);
    return true;
  }
}

/** Whether a binding belongs to one party, which has one line for it. */
function isOfOneParty({ isolation }: Capacity): boolean {
  return isolation === 'caller' || isolation === 'address';
}

/** Gives a waiting request its result. */
export function answer(wait: Wait, what: Lease | Refusal | StoppedWaiting): void {
  wait.forget();
  wait.resolve(what);
}
