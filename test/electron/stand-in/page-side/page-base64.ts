// Bytes as text in Chromium.

import type { Base64 } from '../wire-value.ts';

interface WithBase64 extends Uint8Array {
  toBase64(): string;
}
const FromBase64 = Uint8Array as unknown as { fromBase64(text: string): Uint8Array };

export const pageBase64: Base64 = {
  encode: (bytes) => (bytes as WithBase64).toBase64(),
  decode: (text) => FromBase64.fromBase64(text),
};
