// Runs scripts and deployed functions: each gets an interpreter, an up-to-date replica and a deadline. Must not know
// HTTP.

import type { Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import { LARGE_BODY_BYTES } from '../../src-shared/limits.ts';
import type { Interpreter } from './interpreter.ts';
import { inspectPickle } from './inspection.ts';
import type { Inspection, ReadSource } from './inspection.ts';
import type { Change, ReplyMeta, RequestMeta } from './messages.ts';
import { bindingOf } from './pool-rules.ts';
import type { Capacity } from './pool-rules.ts';
import { Pool } from './pool.ts';
import type { Asking, Known, Leaving, Lease, PoolCounts } from './lease.ts';
import { isKilledFromOutside, stopWhenLeft, withoutLease } from './endings.ts';
import { noteOwn, withPickles } from './made-changes.ts';
import { plausibleAsked } from './plausible-asked.ts';

/** Data of which every interpreter has a copy. */
export interface Replicated {
  readonly revision: () => number;
  /**
   * Returns the requests for an interpreter, in order, that bring its copy of a revision (-1: it has none) up to date.
   * @param own what this copy changed itself, so that it is not sent back
   */
  readonly changesSince: (
    revision: number,
    own?: ReadonlyMap<string, string>,
  ) => AsyncIterable<{ readonly meta: RequestMeta; readonly body: Buffer }>;
}

/** The deployed functions as the runtime needs them: a source of copies for interpreters, and a place for changes. */
export interface Functions extends Replicated {
  /** Stores what a script deployed. Rejects with an Error whose message is for the analyst. */
  readonly apply: (
    changes: readonly { readonly change: Change; readonly pickle: Buffer }[],
    caller: Caller,
  ) => Promise<void>;
}

export type TrialMeta = Extract<RequestMeta, { readonly op: 'try' | 'try-deployed' }>;

export interface Runtime {
  /** Lets requests wait for `open()`, as they do before the first one; otherwise a closed runtime refuses them. */
  admit(): void;
  /** Starts Python. Resolves with whether the first interpreter got ready; requests need not wait for that. */
  open(): Promise<boolean>;
  /** Ends all of Python and starts it again; waiting requests go on waiting. */
  restart(why: string): void;
  /** The same without losing a request: see `Pool.renew`. */
  renew(): Promise<boolean>;
  /** Why Python does not start, or null. */
  fault(): string | null;
  /** Sets how many may run and live from now on. */
  setCapacity(capacity: Capacity): void;
  /** Functions were deployed or removed: spares get the changes before a request has to wait for that. */
  noteFunctions(): void;
  /** The living interpreters. */
  interpreters(): readonly Interpreter[];
  /** Runs POST /evaluate's body. The deadline is the settings' time-out. */
  evaluate(body: Buffer, caller: Caller): Promise<Answer>;
  /**
   * Runs a script of ours on a source, as evaluate's body, where no code of others runs: it must read the source, and
   * not run it. Waits for no caller's script.
   */
  read(body: Buffer): Promise<Answer>;
  /**
   * Runs POST /query/:name's body. The deadline is the settings' time-out of functions; without one, no deadline while
   * the caller waits.
   */
  query(name: string, body: Buffer, caller: Caller, deadlineMs?: number | null): Promise<Answer>;
  /** Tells the facts of a request that ended without an answer; runs nothing of it. Null when that failed. */
  describe(body: Buffer, caller: Caller): Promise<ReplyMeta | null>;
  /** Deploys a function from its source text, where its caller's scripts run. The deadline is the settings' time-out. */
  author(meta: Extract<RequestMeta, { readonly op: 'deploy' }>, body: Buffer, caller: Caller): Promise<Answer>;
  /**
   * Runs a function for its author, from its source text or as deployed. The deadline is the settings' time-out. When
   * `stop` is aborted, this run ends and no other does.
   */
  trial(meta: TrialMeta, body: Buffer, caller: Caller, stop: Leaving): Promise<Answer>;
  /**
   * Loads a pickle to see whether it works here. Functions of another Python in it are recompiled from the sources that
   * `readSource` returns; null: no sources are read.
   */
  inspect(pickle: Buffer, caller: Caller, readSource: ReadSource | null): Promise<Inspection>;
  /** Unpickles functions now and reports the result. */
  load(names: readonly string[]): Promise<NonNullable<ReplyMeta['loaded']>>;
  /** Stops all requests that run or wait. Returns how many. */
  stopScripts(): number;
  counts(): PoolCounts;
  close(graceMs: number): Promise<void>;
}

export interface RuntimeDeps {
  readonly capacity: Capacity;
  /** Read again for each request: settings change while the server runs. */
  readonly evaluateTimeoutMs: () => number;
  /** Null: functions run for as long as the caller waits. */
  readonly functionTimeoutMs: () => number | null;
  readonly startInterpreter: () => Interpreter;
  readonly functions: Functions;
  /** The files that scripts may read. */
  readonly files: Replicated;
  readonly log: { warn(text: string): void; debug(text: string): void };
  /** Called whenever counts or fault may have changed; must be cheap. */
  readonly onChange?: () => void;
  /** Called with the deployed functions that a request called from inside. */
  readonly onAsked?: (asked: NonNullable<ReplyMeta['asked']>) => void;
  /** Called when Python ended in the middle of a request. */
  readonly onBroken?: (reason: EndReason) => void;
}

// The code is ours, but runs in an interpreter that ran scripts. A script that replaced it must not hold a worker for
// longer than a script may.
const SYNC_LIMIT_MS = 30_000;
const LOAD_LIMIT_MS = 120_000;
const INSPECT_LIMIT_MS = 60_000;
const READ_LIMIT_MS = 15_000;
const DESCRIBE_LIMIT_MS = 15_000;
const NOBODY: Caller = { key: '', party: '', name: 'nobody', left: null };

export function createRuntime(deps: RuntimeDeps): Runtime {
  return new PoolRuntime(deps);
}

class PoolRuntime implements Runtime {
  readonly #deps: RuntimeDeps;
  readonly #pool: Pool;
  #isolation: Capacity['isolation'];

  constructor(deps: RuntimeDeps) {
    this.#deps = deps;
    this.#isolation = deps.capacity.isolation;
    this.#pool = new Pool({
      capacity: deps.capacity,
      start: deps.startInterpreter,
      // A spare has the functions and files already, so that the first call of a new caller takes as long as the
      // second.
      prepare: async (interpreter, known) => {
        while (!this.#isCurrent(known)) if ((await this.#sync(interpreter, known)) !== null) return;
      },
      log: deps.log,
      ...(deps.onChange ? { onChange: deps.onChange } : {}),
      ...(deps.onBroken ? { onBroken: deps.onBroken } : {}),
    });
  }

  admit(): void {
    this.#pool.admit();
  }

  open(): Promise<boolean> {
    return this.#pool.open();
  }

  restart(why: string): void {
    this.#pool.restart(why);
  }

  renew(): Promise<boolean> {
    return this.#pool.renew();
  }

  fault(): string | null {
    return this.#pool.fault();
  }

  setCapacity(capacity: Capacity): void {
    this.#isolation = capacity.isolation;
    this.#pool.setCapacity(capacity);
  }

  noteFunctions(): void {
    this.#pool.prepareAgain();
  }

  interpreters(): readonly Interpreter[] {
    return this.#pool.interpreters();
  }

  stopScripts(): number {
    return this.#pool.stopRequests('a user stopped it');
  }

  counts(): PoolCounts {
    return this.#pool.counts();
  }

  close(graceMs: number): Promise<void> {
    return this.#pool.close(graceMs);
  }

  evaluate(body: Buffer, caller: Caller): Promise<Answer> {
    const deadlineMs = this.#deps.evaluateTimeoutMs();
    const timeoutSeconds = deadlineMs / 1000;
    const meta: RequestMeta = isLarge(body)
      ? { op: 'evaluate', timeoutSeconds, heads: true }
      : { op: 'evaluate', timeoutSeconds };
    return this.#withInterpreter('script', caller, (lease) => this.#ask(lease, meta, body, deadlineMs, caller));
  }

  author(meta: Extract<RequestMeta, { readonly op: 'deploy' }>, body: Buffer, caller: Caller): Promise<Answer> {
    const deadlineMs = this.#deps.evaluateTimeoutMs();
    return this.#withInterpreter('script', caller, (lease) => this.#ask(lease, meta, body, deadlineMs, caller));
  }

  trial(meta: TrialMeta, body: Buffer, caller: Caller, stop: Leaving): Promise<Answer> {
    const deadlineMs = this.#deps.evaluateTimeoutMs();
    const run = async (lease: Lease): Promise<Answer> => {
      const onStop = (): void => void lease.interpreter.stop({ kind: 'stopped', why: 'a user stopped it' });
      stop.addEventListener('abort', onStop);
      if (stop.aborted) onStop();
      try {
        return await this.#ask(lease, meta, body, deadlineMs, caller);
      } finally {
        stop.removeEventListener('abort', onStop);
      }
    };
    return this.#withInterpreter(meta.op === 'try' ? 'script' : 'function', { ...caller, left: stop }, run);
  }

  read(body: Buffer): Promise<Answer> {
    const meta = { op: 'evaluate', timeoutSeconds: READ_LIMIT_MS / 1000 } as const;
    return this.#askOfSource(meta, body, READ_LIMIT_MS, null);
  }

  query(
    name: string,
    body: Buffer,
    caller: Caller,
    deadlineMs: number | null = this.#deps.functionTimeoutMs(),
  ): Promise<Answer> {
    const run = async (lease: Lease): Promise<Answer> => {
      const stopWatching = stopWhenLeft(lease.interpreter, caller.left, this.#deps.evaluateTimeoutMs());
      try {
        const meta: RequestMeta = isLarge(body) ? { op: 'query', name, heads: true } : { op: 'query', name };
        return await this.#ask(lease, meta, body, deadlineMs, caller);
      } finally {
        stopWatching();
      }
    };
    return this.#withInterpreter('function', caller, run, deadlineMs === null);
  }

  async describe(body: Buffer, { key, party, name }: Caller): Promise<ReplyMeta | null> {
    const meta: RequestMeta = isLarge(body) ? { op: 'describe', heads: true } : { op: 'describe' };
    // Where the caller's own scripts run: nobody else's script may see the data.
    const caller = { key, party, name, left: null };
    const answer = await this.#withInterpreter('script', caller, (lease) =>
      this.#ask(lease, meta, body, DESCRIBE_LIMIT_MS),
    );
    return answer.kind === 'answered' ? answer.meta : null;
  }

  inspect(pickle: Buffer, caller: Caller, readSource: ReadSource | null): Promise<Inspection> {
    return inspectPickle({
      pickle,
      readSource,
      inspect: (meta, body) =>
        this.#withInterpreter('function', caller, (lease) => this.#ask(lease, meta, body, INSPECT_LIMIT_MS)),
      rebuild: (meta, body) => this.#askOfSource(meta, body, INSPECT_LIMIT_MS, caller.left),
    });
  }

  async load(names: readonly string[]): Promise<NonNullable<ReplyMeta['loaded']>> {
    const answer = await this.#withInterpreter('function', NOBODY, (lease) =>
      this.#ask(lease, { op: 'load', names }, Buffer.alloc(0), LOAD_LIMIT_MS),
    );
    return answer.kind === 'answered' ? (answer.meta.loaded ?? {}) : {};
  }

  async #withInterpreter(
    kind: 'script' | 'function',
    caller: Caller,
    use: (lease: Lease) => Promise<Answer>,
    isEndless = false,
  ): Promise<Answer> {
    const asking = { binding: bindingOf(this.#isolation, caller, kind), party: caller.party, isEndless };
    const answer = await this.#once(asking, caller, use);
    if (answer.kind !== 'ended' || !isKilledFromOutside(answer.reason)) return answer;
    this.#deps.log.warn('another program ended a Python process; its request runs again in a new one');
    return this.#once(asking, caller, use);
  }

  async #once(asking: Asking, { left, watch }: Caller, use: (lease: Lease) => Promise<Answer>): Promise<Answer> {
    const lent = this.#pool.acquire(asking, left);
    const lease = lent instanceof Promise ? await lent : lent;
    if ('kind' in lease) return withoutLease(lease);
    watch?.began(lease.interpreter);
    try {
      const reason = this.#isCurrent(lease.known) ? null : await this.#sync(lease.interpreter, lease.known);
      return reason ? { kind: 'ended', reason } : await use(lease);
    } finally {
      lease.release();
    }
  }

  async #ask(
    lease: Lease,
    meta: RequestMeta,
    body: Buffer,
    deadlineMs: number | null,
    caller: Caller = NOBODY,
  ): Promise<Answer> {
    const start = performance.now();
    const outcome = await lease.interpreter.run(meta, body, deadlineMs);
    if (outcome.kind === 'ended') return outcome;
    const answer = {
      kind: 'answered',
      meta: outcome.meta,
      body: outcome.payload.subarray(0, outcome.meta.bodyBytes),
      ranMs: performance.now() - start,
    } as const;
    const { changes, asked } = outcome.meta;
    // Only requests of callers are counted; an author's trials are not.
    if (asked && caller.left) this.#deps.onAsked?.(plausibleAsked(asked, answer.ranMs));
    if (!changes?.length) return answer;
    try {
      const made = withPickles(changes, outcome.payload.subarray(outcome.meta.bodyBytes));
      await this.#deps.functions.apply(made, caller);
      noteOwn(lease.known, made);
      return answer;
    } catch (error) {
      // The replica that made the change keeps it, and no sync removes what the registry never had.
      void lease.interpreter.stop({ kind: 'stopped', why: 'the function that it deployed could not be stored' });
      return { kind: 'change-refused', why: (error as Error).message, meta: outcome.meta };
    }
  }

  async #askOfSource(meta: RequestMeta, body: Buffer, deadlineMs: number, left: Leaving | null): Promise<Answer> {
    const binding = bindingOf(this.#isolation, NOBODY, 'source');
    const lease = await this.#pool.acquire({ binding, party: '' }, left);
    if ('kind' in lease) return withoutLease(lease);
    try {
      // Not brought up to date: no function is ever loaded there.
      return await this.#ask(lease, meta, body, deadlineMs);
    } finally {
      lease.release();
    }
  }

  #isCurrent(known: Known): boolean {
    return known.files === this.#deps.files.revision() && known.functions === this.#deps.functions.revision();
  }

  /** Brings the replica of an interpreter up to date; null when it worked. */
  async #sync(interpreter: Interpreter, known: Known): Promise<EndReason | null> {
    const { files, functions, log } = this.#deps;
    for (const [what, source] of [
      ['files', files],
      ['functions', functions],
    ] as const) {
      const revision = source.revision();
      if (known[what] === revision) continue;
      for await (const { meta, body } of source.changesSince(known[what], known.own)) {
        const outcome = await interpreter.run(meta, body, SYNC_LIMIT_MS);
        if (outcome.kind === 'ended') return outcome.reason;
        if (outcome.meta.status !== 200)
          log.warn(`an interpreter did not take the ${what} (${outcome.meta.error?.type ?? 'no reason'})`);
      }
      known[what] = revision;
    }
    known.own.clear();
    return null;
  }
}

/** Whether only its first rows are kept. */
function isLarge(body: Buffer): boolean {
  return body.length > LARGE_BODY_BYTES;
}
