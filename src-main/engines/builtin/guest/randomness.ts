// The guest's source of random bytes: ChaCha20 (RFC 8439) keyed by the host, because a bare realm has no entropy.

const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  let [wa, wb, wc, wd] = [state[a]!, state[b]!, state[c]!, state[d]!];
  wa = (wa + wb) | 0;
  wd = rotateLeft(wd ^ wa, 16);
  wc = (wc + wd) | 0;
  wb = rotateLeft(wb ^ wc, 12);
  wa = (wa + wb) | 0;
  wd = rotateLeft(wd ^ wa, 8);
  wc = (wc + wd) | 0;
  wb = rotateLeft(wb ^ wc, 7);
  state[a] = wa;
  state[b] = wb;
  state[c] = wc;
  state[d] = wd;
}

/** One block of the key stream: 64 bytes. `nonce` is three words; the counter is one word. */
export function chachaBlock(key: Uint32Array, counter: number, nonce: Uint32Array): Uint8Array {
  const input = new Uint32Array(16);
  input.set(CONSTANTS);
  input.set(key, 4);
  input[12] = counter;
  input.set(nonce, 13);
  const state = input.slice();
  for (let round = 0; round < 10; round++) {
    quarterRound(state, 0, 4, 8, 12);
    quarterRound(state, 1, 5, 9, 13);
    quarterRound(state, 2, 6, 10, 14);
    quarterRound(state, 3, 7, 11, 15);
    quarterRound(state, 0, 5, 10, 15);
    quarterRound(state, 1, 6, 11, 12);
    quarterRound(state, 2, 7, 8, 13);
    quarterRound(state, 3, 4, 9, 14);
  }
  for (let word = 0; word < 16; word++) state[word]! += input[word]!;
  return new Uint8Array(state.buffer);
}

const key = new Uint32Array(8);
const nonce = new Uint32Array(3);
let counter = 0;
let block = new Uint8Array(64);
let used = 64;

/** Sets the key: 32 bytes from the host's generator, once before the boot. */
export function keyRandomness(seed: Uint8Array): void {
  for (let word = 0; word < 8; word++) {
    const at = word * 4;
    key[word] = seed[at]! | (seed[at + 1]! << 8) | (seed[at + 2]! << 16) | (seed[at + 3]! << 24);
  }
  used = 64;
}

/** Fills a view with random bytes; Emscripten's getrandom() calls it. */
export function fillRandom(target: Uint8Array): Uint8Array {
  for (let at = 0; at < target.length; at++) {
    if (used === 64) {
      block = chachaBlock(key, counter, nonce) as Uint8Array<ArrayBuffer>;
      used = 0;
      // After 256 GB of one key stream the nonce changes, so that no block is ever used twice.
      counter = (counter + 1) >>> 0;
      if (counter === 0) nonce[0]!++;
    }
    target[at] = block[used++]!;
  }
  return target;
}
