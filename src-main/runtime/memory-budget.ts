// How many interpreters the memory holds, from what they really take. Must not know what runs in them.

import type { Interpreter } from './interpreter.ts';

export interface MemoryBudgetDeps {
  /** What all interpreters together may take, in bytes. */
  readonly budgetBytes: () => number;
  readonly interpreters: () => readonly Interpreter[];
  /** Told when as many interpreters may live as were not before. */
  readonly onMost: (most: number) => void;
  readonly now?: () => number;
}

export interface MemoryBudget {
  /** How many interpreters the memory holds, as far as is known. */
  most(): number;
  /** Something started, ran or ended. Measures from time to time only; an idle program is not measured. */
  noteChange(): void;
  /** The budget is another one. */
  recount(): void;
}

/** Until one was measured: 190 MB is what one with pandas, SciPy and scikit-learn takes on Linux. */
const ASSUMED_BYTES = 190_000_000;
const MEASURE_AGAIN_MS = 5_000;
const MOST = 200;

export function createMemoryBudget(deps: MemoryBudgetDeps): MemoryBudget {
  const now = deps.now ?? performance.now.bind(performance);
  let measured: readonly number[] = [];
  let told = mostFor(deps.budgetBytes(), measured);
  let measuring: Promise<void> | null = null;
  let measuredAt = -Infinity;

  const tell = (): void => {
    const most = mostFor(deps.budgetBytes(), measured);
    if (most === told) return;
    told = most;
    deps.onMost(most);
  };
  const measure = async (): Promise<void> => {
    measuredAt = now();
    const all = await Promise.all(deps.interpreters().map((one) => one.privateBytes()));
    measured = all.filter((bytes) => bytes > 0);
    tell();
  };
  return {
    most: () => told,
    noteChange() {
      if (measuring !== null || now() - measuredAt < MEASURE_AGAIN_MS) return;
      measuring = measure().finally(() => (measuring = null));
    },
    recount: tell,
  };
}

/**
 * As many as live and the rest of the budget holds, each further one being what the living ones are in the mean.
 * @param measured private bytes of those that live
 */
export function mostFor(budgetBytes: number, measured: readonly number[]): number {
  const sum = measured.reduce((total, bytes) => total + bytes, 0);
  const mean = measured.length === 0 ? ASSUMED_BYTES : sum / measured.length;
  return Math.min(MOST, Math.max(0, measured.length + Math.floor((budgetBytes - sum) / mean)));
}
