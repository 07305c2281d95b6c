// A serial queue: runs pieces of work one after another, in the order in which they were added.

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all earlier work is done or failed. @returns its result, or rejects as it does */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all work added until now is done or failed. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
