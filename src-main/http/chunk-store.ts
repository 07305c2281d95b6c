// Keeps the chunks of a body, and counts the memory that they really take.
// Threat: in a body of one-byte chunks, each chunk takes 350 bytes and keeps alive the 64 kB that it was read into.

/** Smaller chunks are copied together. */
const SMALL_BYTES = 16 * 1024;
const BLOCK_BYTES = 64 * 1024;

export class ChunkStore {
  readonly #parts: Buffer[] = [];
  #block: Buffer | null = null;
  #used = 0;
  #bytes = 0;

  /** Bytes of the body so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @returns how many more bytes are held now */
  add(chunk: Buffer): number {
    this.#bytes += chunk.length;
    if (chunk.length >= SMALL_BYTES) {
      this.#closeBlock();
      this.#parts.push(chunk);
      return chunk.length;
    }
    let taken = 0;
    for (let at = 0; at < chunk.length;) {
      if (this.#block === null) {
        this.#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
        taken += BLOCK_BYTES;
      }
      const count = chunk.copy(this.#block, this.#used, at);
      this.#used += count;
      at += count;
      if (this.#used === BLOCK_BYTES) this.#closeBlock();
    }
    return taken;
  }

  /** The whole body in one piece; without a copy where it came in one piece. */
  whole(): Buffer {
    this.#closeBlock();
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts, this.#bytes);
  }

  #closeBlock(): void {
    if (this.#block === null) return;
    this.#parts.push(this.#block.subarray(0, this.#used));
    this.#block = null;
    this.#used = 0;
  }
}
