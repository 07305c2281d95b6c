// Caps the memory of a WebAssembly binary inside the binary, where no script can raise the cap.

import { numberBytes, readNumber } from './leb128.ts';

const MEMORY_SECTION = 5;
const PAGE_BYTES = 65536;

/**
 * The same binary with the limit of its one memory set to at most `maxBytes` (WebAssembly core, section 5).
 * Stops: a script that takes all memory of the computer; it gets MemoryError instead.
 * @param leastBytes what it begins with, where that is more: growing it later makes the engine collect garbage
 * @throws Error when the binary has no memory of its own, more than one, or needs more to begin with
 */
export function capMemory(binary: Uint8Array, maxBytes: number, leastBytes = 0): Uint8Array {
  const maxPages = Math.floor(maxBytes / PAGE_BYTES);
  for (let at = 8; at < binary.length;) {
    const { value: length, next: start } = readNumber(binary, at + 1);
    if (binary[at] !== MEMORY_SECTION) {
      at = start + length;
      continue;
    }
    const count = readNumber(binary, start);
    const flags = binary[count.next]!;
    const least = readNumber(binary, count.next + 1);
    if (count.value !== 1 || flags > 1)
      throw new Error(`the binary has ${count.value} memories with flags ${flags}, not one plain memory`);
    if (least.value > maxPages)
      throw new Error(`Python needs ${least.value * PAGE_BYTES} bytes to begin with, more than ${maxBytes}`);
    const most = flags === 1 ? readNumber(binary, least.next).value : maxPages;
    const first = Math.max(least.value, Math.ceil(leastBytes / PAGE_BYTES));
    const body = [1, 1, ...numberBytes(first), ...numberBytes(Math.min(most, maxPages))];
    return Buffer.concat([
      binary.subarray(0, at),
      Uint8Array.from([MEMORY_SECTION, ...numberBytes(body.length), ...body]),
      binary.subarray(start + length),
    ]);
  }
  throw new Error('the binary has no memory section');
}
