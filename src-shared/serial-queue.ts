// A serial queue: runs one piece of work after another, in the order in which they were asked for.

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all that was asked for before is done or failed. @returns what it returns, or rejects as it does */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when the work that was asked for until now is done, or failed. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
