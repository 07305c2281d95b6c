import { describe, expect, it } from 'vitest';

import { jsonRecords } from '../../../../src-main/engines/builtin/guest/json-records.ts';

const bytesOf = (json: string | Uint8Array): Uint8Array => (typeof json === 'string' ? Buffer.from(json) : json);
const recordsOf = (json: string | Uint8Array): Uint8Array | null => jsonRecords(bytesOf(json));

describe('a request in JSON as records', () => {
  it('has a text that comes again once, and a reference for each time after', () => {
    const records = Buffer.from(recordsOf('{"a":["north","south","north"]}')!);
    expect(records.toString('latin1').match(/north|south/g)).toEqual(['north', 'south']);
    expect(records.at(-6)).toBe('r'.charCodeAt(0));
  });

  it('begins anew for each request', () => {
    const once = recordsOf('{"a":["north","north"]}')!;
    expect(recordsOf('{"a":["north","north"]}')).toEqual(once);
  });

  it.each([
    ['a number that is none in JSON', '{"a":NaN}'],
    ['an infinity', '{"a":-Infinity}'],
    ['zeros in front', '{"a":[01,2]}'],
    ['two zeros', '{"a":[00,2]}'],
    ['a point without decimals', '{"a":[1.,2]}'],
    ['decimals without a whole number', '{"a":[.5,2]}'],
    ['a sign alone', '{"a":[-,2]}'],
    ['a plus', '{"a":[+1,2]}'],
    ['an exponent without digits', '{"a":[1e,2]}'],
    ['a comma at the end of a list', '{"a":[1,]}'],
    ['a comma behind texts', '{"a":["x","y",]}'],
    ['a comma at the end of an object', '{"a":1,}'],
    ['no comma', '{"a":[1 2]}'],
    ['half a pair of surrogates', String.raw`{"a":"\ud800"}`],
    ['surrogates the wrong way round', String.raw`{"a":"\udc00\ud800"}`],
    ['a control inside a text', '{"a":"x\ny"}'],
    ['a control inside a long text', `{"a":"${'x'.repeat(100)}\u0001"}`],
    ['an escape that is none', String.raw`{"a":"\x41"}`],
    ['an escape that is cut short', String.raw`{"a":"\u12"}`],
    ['a text without end', `{"a":"${'x'.repeat(100)}}`],
    ['bytes that are not UTF-8', Buffer.from([...Buffer.from('{"a":"'), 0xff, ...Buffer.from('"}')])],
    ['a letter in more bytes than it needs', Buffer.from([...Buffer.from('{"a":"'), 0xc0, 0xaf, ...Buffer.from('"}')])],
    ['half a surrogate as UTF-8', Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')])],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['a space that JSON does not know', '{"a":\u000b1}'],
    ['something behind the end', '{"a":1} {}'],
    ['what ends too early', '{"a":[1,2}'],
    ['a key that is no text', '{1:2}'],
    ['an unknown word', '{"a":nul}'],
    ['a list', '[1,2]'],
    ['nothing', ''],
    ['spaces', '  '],
    ['deep lists', `{"a":${'['.repeat(61)}${']'.repeat(61)}}`],
    ['deep objects', `${'{"a":'.repeat(62)}1${'}'.repeat(62)}`],
    ['an integer of more digits than Python turns into one', `{"a":${'9'.repeat(4301)}}`],
    ['many numbers with all digits of a float', `{"a":[${'0.12345678901234567,'.repeat(100)}1]}`],
  ])('is left to Python when it has %s', (_what, json) => {
    expect(recordsOf(json)).toBeNull();
  });

  it.each([
    ['the deepest that are read', `{"a":${'['.repeat(60)}${']'.repeat(60)}}`],
    ['spaces wherever they may be', '\t{ "a" :\r\n[ 1 , "x" , { } , [ ] ] } \n'],
    ['a few numbers with all digits of a float', `{"a":[${'0.12345678901234567,'.repeat(20)}${'0.5,'.repeat(100)}1]}`],
  ])('takes %s', (_what, json) => {
    expect(recordsOf(json)).not.toBeNull();
  });
});
