// Rules of the pool: which callers may share an interpreter, and how many may run, live and wait. Pure: knows no
// processes.

/**
 * Which callers may share an interpreter.
 * - `shared`: all, as in TabPy itself.
 * - `caller`: one caller only; the deployed functions that a caller calls run in other interpreters than its scripts.
 * - `address`: all callers of one party (a signed-in user or an address), their functions apart from their scripts.
 * - `request`: none; every request gets a fresh interpreter, which then ends.
 */
export type Isolation = 'caller' | 'address' | 'shared' | 'request';

/** The interpreters that a request may use: those bound to the same key, or fresh ones. */
export type Binding = string;

export interface Capacity {
  readonly isolation: Isolation;
  /** How many may run at once; more while some of them run for long. */
  readonly workers: number;
  /** How many fresh interpreters are kept ready beside them. */
  readonly spares: number;
  /** How many may live at once, busy, idle and starting. */
  readonly most: number;
}

/**
 * The binding of a request under a mode. A function shares an interpreter with an ad-hoc script only in mode `shared`,
 * and never with another caller. Otherwise anybody who may deploy could patch the interpreter in a function and read
 * what other callers send to their functions. A source shares with neither, in any mode: nothing ever runs where
 * sources are compiled.
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

/** Where sources are read and compiled, and no code of others ever runs: one interpreter for all callers. */
const SOURCE: Binding = 'source';
const SHARED: Binding = 'shared';

/**
 * Whether only short questions of the program's own go there: they do not wait for scripts, and no worker is taken up
 * by them.
 */
export function isForSources(binding: Binding | null): boolean {
  return binding === SOURCE;
}

/** Whether an interpreter stays for the next request: an interpreter for sources holds nothing that a caller left. */
export function isKept(binding: Binding | null, isolation: Isolation): boolean {
  return isolation !== 'request' || isForSources(binding);
}

/** Whether an unused interpreter is given up after a while; in mode `shared` the next request of any caller uses it. */
export function mayRest(binding: Binding | null): boolean {
  return binding !== null && binding !== SHARED;
}

/** The running requests, without questions about sources. */
export interface Running {
  readonly busy: number;
  /** Those of them that have run for longer than others should have to wait. */
  readonly long: number;
}

/**
 * Whose request may run next.
 * - `any`: every caller's.
 * - `resting`: only parties with nothing running. Long-running requests do not keep them waiting: otherwise two scripts
 * that never end would cost everybody their whole time-out. `mostOfParty` is how many requests a party may have running
 * then: the user names claimed at one address must not take all interpreters, so another party always finds one.
 * Requests without a deadline stop earlier, at `mostEndless`: functions that never end leave their address an
 * interpreter for scripts.
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

/** How many more requests may run now. */
export function freeWorkers({ busy, long }: Running, { workers, most }: Capacity): number {
  return Math.max(0, Math.min(workers - (busy - long), most - busy));
}

/** What the pool counts, to find out what is missing. */
export interface Need extends Running {
  /** Interpreters that live. */
  readonly living: number;
  /** Those that the next caller may have: fresh and starting ones; in mode `shared` every idle one. */
  readonly ready: number;
  /** Warm interpreters that are idle. */
  readonly resting: number;
  /** Requests that wait, may run now, and have no idle interpreter of their binding. */
  readonly waiting: number;
  /** Bindings among them that have no interpreter at all, or have been short of one for long. */
  readonly needy: number;
  /** 1: a question about a source waits and has no interpreter; it takes no worker. */
  readonly sources: 0 | 1;
}

/**
 * What to do so that the next request finds an interpreter. A warm interpreter of another caller is given up only for a
 * needy binding, never for a caller's second interpreter or for a spare: a start takes a hundred times as long as most
 * scripts, and callers who take turns would drive each other out.
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
