// Numbers as WebAssembly writes them: LEB128, seven bits a byte, the lowest first.

/** An unsigned number at `at`, and the position behind it. */
export function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let factor = 1, next = at; ; factor *= 128) {
    const byte = bytes[next++]!;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next };
  }
}

/** The bytes of an unsigned number. */
export function numberBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    if (rest === 0) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

/** The bytes of a signed number of 32 bits. */
export function signedBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ;) {
    const byte = rest & 127;
    rest >>= 7;
    if ((rest === 0 && !(byte & 64)) || (rest === -1 && byte & 64)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}
