// Rules of the pool: who may meet whom in one interpreter, and how many may run, live and wait. Pure: knows no processes.

/**
 * Who may meet whom in one interpreter.
 * - `shared`: everybody, as in TabPy itself.
 * - `caller`: one caller only; the deployed functions that they call run in others than their scripts.
 * - `address`: all callers of one party (a signed-in user or an address), their functions apart from their scripts.
 * - `request`: nobody; every request gets a fresh interpreter, which then goes.
 */
export type Isolation = 'caller' | 'address' | 'shared' | 'request';

/** The interpreters that a request may use: those bound to the same key, or fresh ones. */
export type Binding = string;

export interface Capacity {
  readonly isolation: Isolation;
  /** How many may run at once; more while some of them run for long. */
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
export function bindingOf(
  isolation: Isolation,
  { key, party }: { readonly key: string; readonly party: string },
  kind: 'script' | 'function' | 'source',
): Binding {
  if (kind === 'source') return SOURCE;
  if (isolation === 'shared') return SHARED;
  return isolation === 'address' ? `${kind} of all of ${party}` : `${kind} of ${key}`;
}

/** Where sources are read and compiled, and nothing of anybody's ever runs: one interpreter, whoever asks. */
const SOURCE: Binding = 'source';
const SHARED: Binding = 'shared';

/** Whether only short questions of ours go there: they wait for nobody's script, and no worker is kept from one by them. */
export function isForSources(binding: Binding | null): boolean {
  return binding === SOURCE;
}

/** Whether an interpreter stays for the next request after one: those for sources hold nothing that anybody left. */
export function isKept(binding: Binding | null, isolation: Isolation): boolean {
  return isolation !== 'request' || isForSources(binding);
}

/** Whether an interpreter that is not used for long is given up; everybody's is everybody's next one. */
export function mayRest(binding: Binding | null): boolean {
  return binding !== null && binding !== SHARED;
}

/** What runs now, without questions about sources. */
export interface Running {
  readonly busy: number;
  /** Those of them that have run for longer than others should have to wait. */
  readonly long: number;
}

/**
 * Whose request may run next.
 * - `any`: everybody's.
 * - `resting`: only of who has nothing running. Long runners do not keep them out: two scripts that never end would otherwise
 *   cost everybody their whole time-out. `mostOfParty` is how many a party may have running for that: the names that callers
 *   claim at one address must not take all interpreters, so another party always finds one. What has no deadline stops
 *   earlier, at `mostEndless`: functions that never end leave their address an interpreter for scripts.
 * - `nobody`
 */
export type Turn =
  | { readonly kind: 'any' }
  | { readonly kind: 'resting'; readonly mostOfParty: number; readonly mostEndless: number }
  | { readonly kind: 'nobody' };

/** Whether a request may run in a turn. */
export function mayRun(
  turn: Turn,
  {
    isResting,
    isEndless,
    ofParty,
  }: { readonly isResting: boolean; readonly isEndless: boolean; readonly ofParty: number },
): boolean {
  if (turn.kind !== 'resting') return turn.kind === 'any';
  return isResting && ofParty < (isEndless ? turn.mostEndless : turn.mostOfParty);
}

export function turnOf({ busy, long }: Running, { workers, most }: Capacity): Turn {
  if (busy < workers) return { kind: 'any' };
  if (busy - long >= workers || busy >= most) return { kind: 'nobody' };
  return {
    kind: 'resting',
    mostOfParty: Math.min(3 * workers, most - 1),
    mostEndless: Math.max(1, Math.min(2 * workers, most - 2)),
  };
}

/** How many more may run now. */
export function freeWorkers({ busy, long }: Running, { workers, most }: Capacity): number {
  return Math.max(0, Math.min(workers - (busy - long), most - busy));
}

/** What the pool counts, to see what is missing. */
export interface Need extends Running {
  /** Interpreters that live. */
  readonly living: number;
  /** Those of them that the next caller may have: fresh ones and those that are starting; in mode `shared` every idle one. */
  readonly ready: number;
  /** Warm ones that nobody uses now. */
  readonly resting: number;
  /** Requests that wait, might run now, and have no idle interpreter of their binding. */
  readonly waiting: number;
  /** Bindings among them that have no interpreter at all, or that have been short of one for long. */
  readonly needy: number;
  /** 1: a question about a source waits and no interpreter is there for it, which takes no worker. */
  readonly sources: 0 | 1;
}

/**
 * What is to be done so that the next request finds an interpreter. A warm one of another caller is given up only for a
 * needy binding, neither for a second interpreter of one caller nor for a spare: a start takes a hundred times as long as
 * most scripts, and callers who take turns would drive each other out.
 */
export function upkeepOf(need: Need, capacity: Capacity): { readonly start: number; readonly retire: number } {
  const free = freeWorkers(need, capacity);
  const forWaiting = capacity.isolation === 'shared' ? free : Math.min(need.waiting, free);
  const missing = Math.max(0, capacity.spares + forWaiting + need.sources - need.ready);
  const room = Math.max(0, capacity.most - need.living);
  const short = Math.min(need.needy, free) + need.sources - need.ready - room;
  const retire = Math.max(0, Math.min(need.resting, short));
  return { start: Math.min(missing, room + retire), retire };
}
