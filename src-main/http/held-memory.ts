// How many bytes this process holds for callers at once: bodies that came, answers that were not read. Must not know requests.
// Threats: a hundred callers who send as much as one may, and wait: the server would hold ten gigabytes, and end. Six callers of
// one address who stop in the middle, and take all there is. Callers who ask for large answers and never read them.

export interface HeldMemory {
  /**
   * Counts bytes in for a party (a signed-in user or an address); false when there is no room for them, and nothing was counted.
   * @param inAll what the party's request holds with them: small ones find room where large ones do not
   */
  take(party: string, bytes: number, inAll: number): boolean;
  give(party: string, bytes: number): void;
}

const LEAST_BYTES = 512 * 1024 * 1024;
/** Kept free of large ones. */
const FOR_SMALL_BYTES = 64 * 1024 * 1024;
const SMALL_BYTES = 1024 * 1024;
const PARTS_OF_PARTY = 0.75;

/**
 * Room for three of the largest, and for half a gigabyte at least. A party may have three quarters of it, and two of the
 * largest in any case; one of its own kept packed and unpacked is two.
 * @param largestBytes as large as one may be, at the moment
 */
export function createHeldMemory(largestBytes: () => number): HeldMemory {
  let held = 0;
  const byParty = new Map<string, number>();
  return {
    take(party, bytes, inAll) {
      const mostBytes = Math.max(LEAST_BYTES, 3 * largestBytes());
      const mostOfParty = Math.max(PARTS_OF_PARTY * mostBytes, 2 * largestBytes());
      const ofParty = byParty.get(party) ?? 0;
      const isSmall = inAll <= SMALL_BYTES;
      const room = isSmall ? mostBytes + FOR_SMALL_BYTES : mostBytes;
      if (held + bytes > room || (!isSmall && ofParty + bytes > mostOfParty)) return false;
      held += bytes;
      byParty.set(party, ofParty + bytes);
      return true;
    },
    give(party, bytes) {
      held -= bytes;
      const left = (byParty.get(party) ?? 0) - bytes;
      if (left > 0) byParty.set(party, left);
      else byParty.delete(party);
    },
  };
}
