// Unpacks the gzip bodies of many callers side by side, a piece at a time.
// Threat: the size of an unpacked body is only known afterwards. One hundred kilobytes become a hundred megabytes, and
// sixty such bodies would keep another caller's nine kilobytes waiting for a minute.

import { createGunzip } from 'node:zlib';

/** The owner of a packed body: parties take turns, and within a party its callers do. */
export interface Owner {
  readonly party: string;
  readonly key: string;
}

export interface Unpacking {
  /**
   * @param onPiece called with the number of new bytes, before they are kept; may throw to end the unpacking
   * @throws what `onPiece` throws, or zlib's error
   */
  unpack(packed: Buffer, owner: Owner, onPiece: (bytes: number) => void): Promise<Buffer>;
}

const PIECE_BYTES = 128 * 1024;

export function createUnpacking(): Unpacking {
  const turns = new Turns();
  return {
    async unpack(packed, { party, key }, onPiece) {
      const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
      const pieces: Buffer[] = [];
      let bytes = 0;
      gunzip.end(packed);
      const iterator = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      try {
        for (;;) {
          await turns.begin(party, key);
          const { done, value } = await iterator.next().finally(() => turns.end());
          if (done) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, bytes);
          onPiece(value.length);
          bytes += value.length;
          pieces.push(value);
        }
      } finally {
        gunzip.destroy();
      }
    },
  };
}

/**
 * One body at a time; waiting bodies are served in turn by party, and within a party by key. Constant work for each.
 */
class Turns {
  #isTaken = false;
  readonly #parties = new Map<string, Map<string, (() => void)[]>>();

  begin(party: string, key: string): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return Promise.resolve();
    }
    const keys = this.#parties.get(party) ?? new Map<string, (() => void)[]>();
    this.#parties.set(party, keys);
    return new Promise((resolve) => {
      const waiting = keys.get(key);
      if (waiting) waiting.push(resolve);
      else keys.set(key, [resolve]);
    });
  }

  end(): void {
    for (const [party, keys] of this.#parties) {
      // The body goes to the end of the queue while others wait.
      this.#parties.delete(party);
      for (const [key, waiting] of keys) {
        keys.delete(key);
        const next = waiting.shift()!;
        if (waiting.length > 0) keys.set(key, waiting);
        if (keys.size > 0) this.#parties.set(party, keys);
        return next();
      }
    }
    this.#isTaken = false;
  }
}
