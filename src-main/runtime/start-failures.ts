// Counts failed starts of Python, and decides when the next try is due.

const FAILURES_UNTIL_REFUSAL = 3;
const BACK_OFF_MS = [0, 250, 1_000, 5_000, 15_000, 30_000] as const;

export class StartFailures {
  readonly #retry: () => void;
  #count = 0;
  #why: string | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor({ retry }: { readonly retry: () => void }) {
    this.#retry = retry;
  }

  /** Failures since the last success. */
  get count(): number {
    return this.#count;
  }

  /** Whether the next try is still to come. */
  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  /** @returns whether requests are to be refused from now on */
  note(why: string): boolean {
    this.#count += 1;
    this.#why = why;
    return this.#count >= FAILURES_UNTIL_REFUSAL;
  }

  /** Why requests are refused; null while Python may still start. */
  hopeless(): string | null {
    return this.#count >= FAILURES_UNTIL_REFUSAL ? this.#why : null;
  }

  /** Tries again after a pause, which grows each time. */
  retryLater(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#retry();
      },
      BACK_OFF_MS[Math.min(this.#count, BACK_OFF_MS.length - 1)],
    ).unref();
  }

  /** An interpreter started. */
  clear(): void {
    this.#count = 0;
    this.stop();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
