// Disconnects callers who send or read so slowly that they only hold memory.

export interface SlowCallers {
  /**
   * Watches one transfer until `done`.
   * @param bytes how much has been moved so far
   * @param cut called at most once, when the transfer is too slow
   */
  watch(bytes: () => number, cut: () => void): { done(): void };
}

export interface SlowCallersDeps {
  readonly now?: () => number;
}

interface Transfer {
  readonly bytes: () => number;
  readonly cut: () => void;
  readonly since: number;
  lastBytes: number;
  lastMoved: number;
}

const LOOK_MS = 5_000;
/** A transfer may move nothing at all for this long. */
const STILL_MS = 30_000;
/** A slow line carries ten kilobytes a second. A transfer that is slower for half a minute or more is cut. */
const LEAST_BYTES_A_SECOND = 10_000;
const GRACE_MS = 30_000;

/** One clock for all transfers; it stands still while there are none. */
export function createSlowCallers({ now = performance.now.bind(performance) }: SlowCallersDeps = {}): SlowCallers {
  const transfers = new Set<Transfer>();
  let timer: NodeJS.Timeout | null = null;
  const look = (): void => {
    const at = now();
    for (const one of transfers) {
      if (!isTooSlow(one, at)) continue;
      transfers.delete(one);
      one.cut();
    }
    if (transfers.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    watch(bytes, cut) {
      const at = now();
      const one: Transfer = { bytes, cut, since: at, lastBytes: bytes(), lastMoved: at };
      transfers.add(one);
      timer ??= setInterval(look, LOOK_MS).unref();
      return { done: () => void transfers.delete(one) };
    },
  };
}

function isTooSlow(one: Transfer, at: number): boolean {
  const moved = one.bytes();
  if (moved > one.lastBytes) {
    one.lastBytes = moved;
    one.lastMoved = at;
  }
  const forMs = at - one.since;
  return at - one.lastMoved >= STILL_MS || (forMs >= GRACE_MS && moved < (forMs / 1000) * LEAST_BYTES_A_SECOND);
}
