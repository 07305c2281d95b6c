// Which functions changed or were removed, and at which revision, so that a copy gets only what it missed.

/** A copy that missed more removals than these gets everything again. */
const MOST_REMOVED = 1_000;

export class ChangeHistory {
  /** The revision of the last change of each existing name. */
  readonly #touched: Map<string, number>;
  /** The revision at which each removed name went, the oldest first. */
  readonly #removed = new Map<string, number>();
  /** The revision of the latest removal that was dropped from the history. */
  #forgotten = -1;

  constructor(names: Iterable<string>) {
    this.#touched = new Map([...names].map((name) => [name, 0]));
  }

  /** @param isThere false: the name was removed */
  note(name: string, revision: number, isThere: boolean): void {
    this.#removed.delete(name);
    if (isThere) this.#touched.set(name, revision);
    else this.#noteRemoved(name, revision);
  }

  /** The changes after a revision; null: everything is needed, because too much was missed or nothing is known (-1). */
  since(revision: number): { readonly put: readonly string[]; readonly removed: readonly string[] } | null {
    if (revision < 0 || revision < this.#forgotten) return null;
    return { put: namesAfter(this.#touched, revision), removed: namesAfter(this.#removed, revision) };
  }

  #noteRemoved(name: string, revision: number): void {
    this.#touched.delete(name);
    this.#removed.set(name, revision);
    const [oldest] = this.#removed;
    if (this.#removed.size <= MOST_REMOVED || oldest === undefined) return;
    this.#removed.delete(oldest[0]);
    this.#forgotten = oldest[1];
  }
}

function namesAfter(marks: ReadonlyMap<string, number>, revision: number): readonly string[] {
  return [...marks].filter(([, at]) => at > revision).map(([name]) => name);
}
