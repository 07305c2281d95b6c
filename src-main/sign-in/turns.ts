// Runs work one after another for each key: work waits while other work of the same key runs.

/** `too-many-wait`: the queue of one key is full; `gone`: the caller no longer waits. */
export type Turn<T> =
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'too-many-wait' }
  | { readonly kind: 'gone' };

export interface Place {
  readonly key: string;
  /** Lanes of one key are served in turn, so that a long lane does not delay all others. */
  readonly lane: string;
  /** Checked when its turn comes. */
  readonly isGone: () => boolean;
}

export interface Turns {
  /** Does the work when its turn comes. Rejects as the work does. */
  take<T>(place: Place, work: () => Promise<T>): Promise<Turn<T>>;
}

interface Waiter {
  readonly isGone: () => boolean;
  readonly begin: (isServed: boolean) => void;
}

/** @param most how many may wait for one key; keys without waiting work are dropped */
export function createTurns(most: number): Turns {
  const lines = new Map<string, Map<string, Waiter[]>>();

  const next = (key: string, lanes: Map<string, Waiter[]>): void => {
    for (const [lane, waiters] of lanes) {
      // The lane goes behind the others while more wait.
      lanes.delete(lane);
      const waiter = waiters.shift()!;
      if (waiters.length > 0) lanes.set(lane, waiters);
      if (!waiter.isGone()) return waiter.begin(true);
      waiter.begin(false);
    }
    // A loop over a map also visits entries that are added meanwhile, so nothing waits afterwards.
    lines.delete(key);
  };
  const waitingIn = (lanes: Map<string, Waiter[]>): number => {
    let count = 0;
    for (const [lane, waiters] of lanes) {
      const left = waiters.filter(({ isGone }) => !isGone());
      for (const waiter of waiters) if (waiter.isGone()) waiter.begin(false);
      if (left.length > 0) lanes.set(lane, left);
      else lanes.delete(lane);
      count += left.length;
    }
    return count;
  };

  return {
    async take({ key, lane, isGone }, work) {
      const lanes = lines.get(key);
      if (lanes) {
        if (waitingIn(lanes) >= most) return { kind: 'too-many-wait' };
        const isServed = await new Promise<boolean>((begin) => {
          const waiters = lanes.get(lane);
          if (waiters) waiters.push({ isGone, begin });
          else lanes.set(lane, [{ isGone, begin }]);
        });
        if (!isServed) return { kind: 'gone' };
      } else {
        lines.set(key, new Map());
      }
      try {
        return { kind: 'done', result: await work() };
      } finally {
        next(key, lines.get(key)!);
      }
    },
  };
}
