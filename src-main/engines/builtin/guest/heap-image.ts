// Python's memory as the image stores it: only the stretches that are not all zero.

const PAGE_BYTES = 65536;

/** A stretch of memory that the image stores: where it begins, and its length in bytes. */
export type Stretch = readonly [start: number, length: number];

function isZeroPage(words: BigUint64Array, page: number): boolean {
  const PAGE_WORDS = PAGE_BYTES / 8;
  const end = (page + 1) * PAGE_WORDS;
  for (let word = page * PAGE_WORDS; word < end; word++) if (words[word] !== 0n) return false;
  return true;
}

/** The stretches of a memory that are not zero; its length is a multiple of 64 KB, as in WebAssembly. */
export function stretchesOf(memory: Uint8Array): Stretch[] {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.byteLength / 8);
  const stretches: Stretch[] = [];
  let start = -1;
  const pages = memory.byteLength / PAGE_BYTES;
  for (let page = 0; page <= pages; page++) {
    const isEmpty = page === pages || isZeroPage(words, page);
    if (!isEmpty && start < 0) start = page;
    if (isEmpty && start >= 0) {
      stretches.push([start * PAGE_BYTES, (page - start) * PAGE_BYTES]);
      start = -1;
    }
  }
  return stretches;
}

/**
 * Clears the memory between the stretches, and touches only pages that are not zero: an untouched page costs no memory.
 */
export function clearBetween(memory: Uint8Array, stretches: readonly Stretch[], end = memory.byteLength): void {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.byteLength / 8);
  let at = 0;
  for (const [start, length] of [...stretches, [memory.byteLength, 0] as const]) {
    for (let page = at / PAGE_BYTES; page < Math.min(start, end) / PAGE_BYTES; page++) {
      if (!isZeroPage(words, page)) memory.fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
    }
    at = start + length;
  }
}
