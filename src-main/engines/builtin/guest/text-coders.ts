// TextEncoder and TextDecoder for a bare realm, as far as Pyodide needs them.

function bytesOf(source: ArrayBuffer | ArrayBufferView | undefined): Uint8Array {
  if (source === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(source);
}

/** UTF-8 to text. Damaged sequences do not throw: only Pyodide's own, well-formed text passes here. */
export function decodeUtf8(bytes: Uint8Array): string {
  const CHUNK = 8192;
  let text = '';
  let codes: number[] = [];
  for (let at = 0; at < bytes.length;) {
    if (codes.length === 0) {
      let end = at;
      while (end < bytes.length && end - at < CHUNK && bytes[end]! < 128) end++;
      if (end > at) {
        text += String.fromCharCode.apply(null, bytes.subarray(at, end) as unknown as number[]);
        at = end;
        continue;
      }
    }
    const first = bytes[at++]!;
    const next = (): number => bytes[at++]! & 63;
    if (first < 128) codes.push(first);
    else if (first < 224) codes.push(((first & 31) << 6) | next());
    else if (first < 240) codes.push(((first & 15) << 12) | (next() << 6) | next());
    else codes.push(((first & 7) << 18) | (next() << 12) | (next() << 6) | next());
    if (codes.length >= CHUNK) {
      text += String.fromCodePoint(...codes);
      codes = [];
    }
  }
  return text + String.fromCodePoint(...codes);
}

function decodeUtf16(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) text += String.fromCharCode(bytes[at]! | (bytes[at + 1]! << 8));
  return text;
}

/** Pyodide uses Latin-1 when a Python string is known to be ASCII. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Text to UTF-8; a lone surrogate becomes U+FFFD, as the standard says. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 128) bytes.push(code);
    else if (code < 2048) bytes.push(192 | (code >> 6), 128 | (code & 63));
    else if (code < 65536) bytes.push(224 | (code >> 12), 128 | ((code >> 6) & 63), 128 | (code & 63));
    else bytes.push(240 | (code >> 18), 128 | ((code >> 12) & 63), 128 | ((code >> 6) & 63), 128 | (code & 63));
  }
  return new Uint8Array(bytes);
}

export class GuestTextDecoder {
  readonly encoding: string;

  constructor(label = 'utf-8') {
    this.encoding = label.toLowerCase();
  }

  decode(source?: ArrayBuffer | ArrayBufferView): string {
    const bytes = bytesOf(source);
    if (this.encoding.includes('16')) return decodeUtf16(bytes);
    return this.encoding.includes('latin') ? decodeLatin1(bytes) : decodeUtf8(bytes);
  }
}

export class GuestTextEncoder {
  encode(text = ''): Uint8Array {
    return encodeUtf8(text);
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    const bytes = encodeUtf8(text);
    target.set(bytes.subarray(0, target.length));
    return { read: text.length, written: Math.min(bytes.length, target.length) };
  }
}
