import { describe, expect, it } from 'vitest';

import {
  decodeUtf8,
  encodeUtf8,
  GuestTextDecoder,
  GuestTextEncoder,
} from '../../../../src-main/engines/builtin/guest/text-coders.ts';

const TEXTS = [
  '',
  'plain',
  'größer',
  '漢字 と かな',
  '😀 emoji 👩‍👩‍👧',
  'x'.repeat(20_000) + 'é',
  '\u0000\u007f\u0080\u07ff\u0800\uffff',
];

describe("the guest's text coders", () => {
  it.each(TEXTS)('agree with the standard ones on %j', (text) => {
    const bytes = new TextEncoder().encode(text);
    expect(Buffer.from(encodeUtf8(text)).equals(bytes)).toBe(true);
    expect(decodeUtf8(bytes)).toBe(text);
  });

  it('put U+FFFD for a lone surrogate', () => {
    expect(encodeUtf8('a\ud800b')).toEqual(new TextEncoder().encode('a\ud800b'));
  });

  it('read UTF-16 and Latin-1', () => {
    expect(new GuestTextDecoder('utf-16le').decode(Buffer.from('größer', 'utf16le'))).toBe('größer');
    expect(new GuestTextDecoder('latin1').decode(Buffer.from('größer', 'latin1'))).toBe('größer');
  });

  it('fill as much of a target as fits', () => {
    const target = new Uint8Array(3);
    expect(new GuestTextEncoder().encodeInto('abcdef', target).written).toBe(3);
    expect(Buffer.from(target).toString()).toBe('abc');
  });
});
