// What happened, counted; and what of it must not have happened. Must not know how it came about.

import type { HttpAnswer } from './soak-server.ts';

/** How the server is treated while a request runs. */
export type Weather = 'calm' | 'rough';

export interface Report {
  readonly minutes: number;
  readonly seed: number;
  readonly requests: number;
  readonly goodAnswers: number;
  /** Good requests that got a wrong answer, or none. */
  readonly wrong: number;
  readonly wrongExamples: readonly string[];
  /** Good requests that were told honestly that Python was killed, the disk is full or the time is over. */
  readonly refused: number;
  readonly refusedShare: number;
  readonly refusedReasons: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  readonly functions: {
    readonly acknowledgedChanges: number;
    readonly checkedAtTheEnd: number;
    /** What was not as it was acknowledged: at the end, after a restart, after a SIGKILL and another start. */
    readonly lost: readonly string[];
  };
  readonly attacks: { readonly sent: number; readonly statuses: Readonly<Record<string, number>> };
  readonly escapes: readonly string[];
  readonly disturbances: Readonly<Record<string, number>>;
  readonly interpreters: Readonly<Record<string, number>>;
  readonly memoryMegabytes: Readonly<Record<'server' | 'all', { readonly early: number; readonly late: number }>>;
  readonly smallLatencyMs: Readonly<
    Record<Weather, { readonly count: number; readonly p50: number; readonly p99: number }>
  >;
  readonly faults: readonly string[];
}

export interface Tally {
  /** A good request and what is wrong with its answer (null: nothing). */
  good(kind: string, answer: HttpAnswer, wrong: string | null): 'right' | 'refused' | 'wrong';
  latency(weather: Weather, elapsedMs: number): void;
  attack(answer: HttpAnswer): void;
  escape(what: string): void;
  disturb(what: string, times?: number): void;
  /** Something about the server that must not be, such as an end of its own. */
  fault(what: string): void;
  memory(serverBytes: number, allBytes: number): void;
  lost(what: readonly string[], checked: number): void;
  readonly line: () => string;
  report(rest: Pick<Report, 'minutes' | 'seed' | 'interpreters'> & { readonly acknowledgedChanges: number }): Report;
}

const MOST_EXAMPLES = 20;
const MOST_REFUSED_SHARE = 0.01;
// A machine that is busy with something else makes small scripts late; a server that starves them shows far more of it.
const MOST_LATE_SHARE = 0.1;
const LATE = 'timed out';

export function createTally(): Tally {
  let requests = 0;
  let right = 0;
  let wrongs = 0;
  let refusals = 0;
  let attacks = 0;
  let checkedAtTheEnd = 0;
  const wrongExamples: string[] = [];
  const [byKind, reasons, statuses, disturbances] = [counter(), counter(), counter(), counter()];
  const escapes: string[] = [];
  const faults: string[] = [];
  const lostOnes: string[] = [];
  const latencies: Record<Weather, number[]> = { calm: [], rough: [] };
  const memory: { readonly server: number; readonly all: number }[] = [];

  return {
    good(kind, answer, wrong) {
      requests += 1;
      byKind.add(kind);
      if (wrong === null) {
        right += 1;
        return 'right';
      }
      const reason = honestReason(answer);
      if (reason !== null) {
        refusals += 1;
        reasons.add(`${kind}: ${reason}`);
        return 'refused';
      }
      wrongs += 1;
      if (wrongExamples.length < MOST_EXAMPLES) wrongExamples.push(`${new Date().toISOString()} ${kind}: ${wrong}`);
      return 'wrong';
    },
    latency: (weather, elapsedMs) => void latencies[weather].push(elapsedMs),
    attack(answer) {
      attacks += 1;
      statuses.add(String(answer.status));
    },
    escape: (what) => void escapes.push(what),
    disturb: (what, times = 1) => disturbances.add(what, times),
    fault: (what) => void faults.push(what),
    memory: (serverBytes, allBytes) => void memory.push({ server: serverBytes, all: allBytes }),
    lost(what, checked) {
      lostOnes.push(...what);
      checkedAtTheEnd += checked;
    },
    line: () => {
      const last = memory.at(-1);
      return (
        `${requests} requests, ${wrongs} wrong, ${refusals} refused, ${attacks} attacks, ` +
        `${JSON.stringify(disturbances.all())}, server ${megabytes(last?.server ?? 0)} MB, all ${megabytes(last?.all ?? 0)} MB`
      );
    },
    report: ({ acknowledgedChanges, ...rest }) => ({
      ...rest,
      requests,
      goodAnswers: right,
      wrong: wrongs,
      wrongExamples,
      refused: refusals,
      refusedShare: refusals / Math.max(1, requests),
      refusedReasons: reasons.all(),
      byKind: byKind.all(),
      functions: { acknowledgedChanges, checkedAtTheEnd, lost: lostOnes },
      attacks: { sent: attacks, statuses: statuses.all() },
      escapes,
      disturbances: disturbances.all(),
      memoryMegabytes: {
        server: earlyAndLate(memory.map((one) => one.server)),
        all: earlyAndLate(memory.map((one) => one.all)),
      },
      smallLatencyMs: { calm: quantilesOf(latencies.calm), rough: quantilesOf(latencies.rough) },
      faults,
    }),
  };
}

/** What makes a run a failure. */
export function failuresOf(report: Report): readonly string[] {
  const failures: string[] = [...report.faults];
  if (report.goodAnswers === 0) failures.push('nothing was answered');
  if (report.wrong > 0) failures.push(`${report.wrong} wrong answers`);
  const late = Object.entries(report.refusedReasons).reduce(
    (sum, [why, count]) => sum + (why.endsWith(LATE) ? count : 0),
    0,
  );
  for (const [count, what, most] of [
    [report.refused - late, 'refused', MOST_REFUSED_SHARE],
    [late, 'stopped at their time-out', MOST_LATE_SHARE],
  ] as const) {
    const share = count / Math.max(1, report.requests);
    if (share >= most)
      failures.push(
        `${(share * 100).toFixed(2)} % of the good requests were ${what}; it must be below ${most * 100} %`,
      );
  }
  if (report.functions.lost.length > 0) failures.push(`${report.functions.lost.length} functions not as acknowledged`);
  if (report.escapes.length > 0) failures.push(`${report.escapes.length} escapes`);
  return failures;
}

/** The reason of an error answer that tells a caller the truth about a killed Python, a full disk or lost time. */
function honestReason({ status, text }: HttpAnswer): string | null {
  if (status === 408) return LATE;
  if (status === 503) return 'too busy';
  if (status !== 500) return null;
  const found =
    /PythonCrashed : Python ended in the middle of this request \([^)]*\)|no space left|disk is full|MemoryError/i;
  return found.exec(text)?.[0] ?? null;
}

function counter(): { add(name: string, times?: number): void; all(): Readonly<Record<string, number>> } {
  const counts = new Map<string, number>();
  return {
    add: (name, times = 1) => void counts.set(name, (counts.get(name) ?? 0) + times),
    all: () => Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b))),
  };
}

/** Medians of the second and the last tenth of a run: the first one is warming up. */
function earlyAndLate(bytes: readonly number[]): { readonly early: number; readonly late: number } {
  const tenth = Math.max(1, Math.floor(bytes.length / 10));
  const early = quantile(bytes.slice(tenth, 2 * tenth), 0.5);
  return { early: megabytes(early), late: megabytes(quantile(bytes.slice(-tenth), 0.5)) };
}

function quantilesOf(values: readonly number[]): {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
} {
  const rounded = (part: number): number => Math.round(quantile(values, part) * 10) / 10;
  return { count: values.length, p50: rounded(0.5), p99: rounded(0.99) };
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
