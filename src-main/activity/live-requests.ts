// Knows the requests that are not answered yet: what runs, what waits, and how to stop each. Must not know HTTP.

import type { LiveRequest } from '../../src-shared/request-record.ts';
import { scriptBeginning } from './script-beginning.ts';

/** What a request can be stopped with. */
export interface Stoppable {
  stop(reason: { readonly kind: 'stopped'; readonly why: string }): unknown;
}

type Facts = Pick<
  LiveRequest,
  'id' | 'startedAt' | 'method' | 'path' | 'user' | 'client' | 'remoteAddress' | 'requestBytes'
>;

/** One request between its arrival and its answer. */
export class Live {
  readonly facts: Facts;
  readonly body: Buffer | null;
  readonly #leaveLine: () => void;
  /** When it was complete, and when Python began with it, in the time of performance.now(). */
  readonly arrivedAt = performance.now();
  beganAt: number | null = null;
  /** A user stopped it before Python began. */
  isStopped = false;
  #interpreter: Stoppable | null = null;
  #telling: string | null | undefined;

  /** @param leaveLine gives up its place among the waiting requests */
  constructor(facts: Facts, body: Buffer | null, leaveLine: () => void) {
    this.facts = facts;
    this.body = body;
    this.#leaveLine = leaveLine;
  }

  /** The telling line of its script; read once, when it is first listed. */
  telling(): string | null {
    if (this.#telling === undefined) {
      const script = this.facts.path === '/evaluate' ? this.body : null;
      this.#telling = script === null ? null : (scriptBeginning(script)?.telling ?? null);
    }
    return this.#telling;
  }

  /** Python begins with it. */
  began(interpreter: Stoppable): void {
    this.beganAt = performance.now();
    this.#interpreter = interpreter;
  }

  stop(why: string): void {
    if (this.#interpreter !== null) this.#interpreter.stop({ kind: 'stopped', why });
    else {
      this.isStopped = true;
      this.#leaveLine();
    }
  }
}

/** More are not listed: nobody looks through a thousand rows that change all the time. */
const MOST_LISTED = 100;

export class LiveRequests {
  readonly #all = new Map<number, Live>();
  readonly #onChange: () => void;
  readonly #isDataKept: () => boolean;

  /** @param onChange called for each request that arrives, begins or ends; must be cheap */
  constructor(isDataKept: () => boolean, onChange: () => void) {
    this.#isDataKept = isDataKept;
    this.#onChange = onChange;
  }

  get count(): number {
    return this.#all.size;
  }

  add(live: Live): void {
    this.#all.set(live.facts.id, live);
    this.#onChange();
  }

  remove(live: Live): void {
    this.#all.delete(live.facts.id);
    this.#onChange();
  }

  /** Stops one. @returns whether it was still running or waiting */
  stop(id: number, why: string): boolean {
    const live = this.#all.get(id);
    live?.stop(why);
    return live !== undefined;
  }

  /** Those that arrived at least so many milliseconds ago, the oldest first. */
  list(leastMs: number): readonly LiveRequest[] {
    const now = performance.now();
    const found: LiveRequest[] = [];
    for (const live of this.#all.values()) {
      if (now - live.arrivedAt < leastMs || found.length >= MOST_LISTED) break;
      found.push(this.#shown(live, now));
    }
    return found;
  }

  #shown(live: Live, now: number): LiveRequest {
    const { facts, arrivedAt, beganAt } = live;
    return {
      ...facts,
      telling: this.#isDataKept() ? live.telling() : null,
      state: beganAt === null ? 'waiting' : 'running',
      since: Math.round(Date.now() - (now - (beganAt ?? arrivedAt))),
    };
  }
}
