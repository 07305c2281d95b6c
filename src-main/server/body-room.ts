// How many bytes of requests this process holds at once, all callers together. Must not know requests.
// Threat: a hundred callers who send as much as one may, and wait: the server would hold ten gigabytes, and end.

export interface BodyRoom {
  /** Counts bytes in; false when there is no room for them, and nothing was counted. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  /** Unpacks one after another: what a packed body becomes is only known afterwards. */
  inTurn<T>(unpack: () => Promise<T>): Promise<T>;
}

const LEAST_BYTES = 512 * 1024 * 1024;
const BODIES_OF_THE_LIMIT = 2;

/** Room for two bodies as large as one may be, and for half a gigabyte at least. */
export function createBodyRoom(limitBytes: number): BodyRoom {
  const mostBytes = Math.max(LEAST_BYTES, BODIES_OF_THE_LIMIT * limitBytes);
  let held = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(bytes) {
      if (held + bytes > mostBytes) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      held -= bytes;
    },
    inTurn(unpack) {
      const result = last.then(unpack);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
