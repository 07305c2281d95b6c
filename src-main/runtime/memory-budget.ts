// How many interpreters fit into memory, from what they really take.

import type { Interpreter } from './interpreter.ts';

export interface MemoryBudgetDeps {
  /** What all interpreters together may take, in bytes. */
  readonly budgetBytes: () => number;
  readonly interpreters: () => readonly Interpreter[];
  /** Called when more interpreters may live than before. */
  readonly onMost: (most: number) => void;
  readonly now?: () => number;
}

export interface MemoryBudget {
  /** How many interpreters fit into memory, as far as is known. */
  most(): number;
  /** An interpreter started, ran or ended. Measures only from time to time; an idle program is not measured. */
  noteChange(): void;
  /** Sets a new budget. */
  recount(): void;
}

/** The estimate until an interpreter was measured: with pandas, SciPy and scikit-learn it takes 190 MB on Linux. */
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
 * The living interpreters, plus as many as fit into the rest of the budget, each taking the mean of the living ones.
 * @param measured private bytes of those that live
 */
export function mostFor(budgetBytes: number, measured: readonly number[]): number {
  const sum = measured.reduce((total, bytes) => total + bytes, 0);
  const mean = measured.length === 0 ? ASSUMED_BYTES : sum / measured.length;
  return Math.min(MOST, Math.max(0, measured.length + Math.floor((budgetBytes - sum) / mean)));
}
