// Limits how many bytes this process holds for callers at once: received bodies, and answers that were not read yet.
// Threats: a hundred callers send the largest body and wait: the server would hold ten gigabytes, and crash. Six
// callers of one address stop in the middle, and take all the memory there is. Callers request large answers and never
// read them.

export interface HeldMemory {
  /**
   * Counts bytes in for a party (a signed-in user or an address). Returns false, and counts nothing, when there is no
   * memory for them.
   * @param inAll bytes of the party's request together with these: small requests still fit where large ones do not
   */
  take(party: string, bytes: number, inAll: number): boolean;
  give(party: string, bytes: number): void;
}

const LEAST_BYTES = 512 * 1024 * 1024;
/** This much is kept free of large requests. */
const FOR_SMALL_BYTES = 64 * 1024 * 1024;
const SMALL_BYTES = 1024 * 1024;
const PARTS_OF_PARTY = 0.75;

/**
 * Memory for three of the largest requests, and at least half a gigabyte. A party may have three quarters of it, and in
 * any case two of the largest; a request that is held both packed and unpacked counts as two.
 * @param largestBytes the size limit of a request at the moment
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
