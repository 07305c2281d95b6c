// One after another, by key: who comes while another of the same key is served waits for it. Must not know what is done.

/** More wait for one key than may. */
export class TooManyWait extends Error {}

export interface Turns {
  /** Does the work when everybody of this key who came before is done. Rejects with TooManyWait, or as the work does. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** @param most how many may wait or be served for one key; keys that nobody waits for are forgotten */
export function createTurns(most: number): Turns {
  const lines = new Map<string, { last: Promise<unknown>; count: number }>();
  return {
    async take(key, work) {
      const line = lines.get(key) ?? { last: Promise.resolve(), count: 0 };
      if (line.count >= most) throw new TooManyWait('too many wait');
      line.count += 1;
      lines.set(key, line);
      const result = line.last.then(work);
      line.last = result.catch(() => undefined);
      try {
        return await result;
      } finally {
        line.count -= 1;
        if (line.count === 0) lines.delete(key);
      }
    },
  };
}
