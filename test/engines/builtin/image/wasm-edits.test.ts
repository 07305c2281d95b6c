import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { editWasm } from '../../../../src-main/engines/builtin/image/wasm-edits.ts';
import type { WasmRules } from '../../../../src-main/engines/builtin/image/wasm-edits.ts';

/** Two functions that answer 7, one that answers 8, and four bytes of data behind the memory base. */
const LIBRARY = Buffer.from(
  [
    '0061736d 01000000',
    '01 05 01 60 00 01 7f',
    '02 17 02 03 656e76 03 6d6173 02 00 01 03 656e76 03 626173 03 7f 00',
    '03 04 03 00 00 00',
    '0a 10 03 04 00 41 07 0b 04 00 41 07 0b 04 00 41 08 0b',
    '0b 0a 01 00 23 00 0b 04 01020304',
  ]
    .join('')
    .replaceAll(' ', ''),
  'hex',
);
const rules = (more: Partial<WasmRules> = {}): WasmRules => ({
  library: 'small.so',
  sha256: createHash('sha256').update(LIBRARY).digest('hex'),
  code: [],
  data: [],
  ...more,
});

describe('edits of a WebAssembly library', () => {
  it('leave it as it is where there are no rules', () => {
    expect(Buffer.from(editWasm(LIBRARY, rules()))).toEqual(LIBRARY);
  });

  it('put other bytes where the pattern stands, also more of them', () => {
    const longer = editWasm(LIBRARY, rules({ code: [{ name: 'eight', code: '41 [08>09 41 01 6a]', times: 1 }] }));
    expect(Buffer.from(longer).toString('hex')).toContain('0700410941016a0b');
  });

  it('change every place when a rule says how many there are', () => {
    const edited = editWasm(LIBRARY, rules({ code: [{ name: 'seven', code: '[41 07>41 05]', times: 2 }] }));
    expect(Buffer.from(edited).toString('hex').split('4105')).toHaveLength(3);
  });

  it.each([
    ['too often', { name: 'seven', code: '[41 07>41 05]', times: 1 }, 'the rule "seven" found 2 places, not 1'],
    ['nowhere', { name: 'six', code: '[41 06>41 05]', times: 1 }, 'the rule "six" found 0 places, not 1'],
    ['not as a whole function', { name: 'part', code: '[41 08>41 05]', times: 1, isWhole: true }, 'found 0 places'],
    ['in another spelling', { name: 'text', code: '41 8', times: 1 }, 'is not made of bytes'],
  ] as const)('fail where a pattern is found %s', (_, rule, message) => {
    expect(() => editWasm(LIBRARY, rules({ code: [rule] }))).toThrow(message);
  });

  it('change data at its place, and fail where other bytes are there', () => {
    const data = { name: 'third', at: 2, find: '03', put: '09' };
    expect(Buffer.from(editWasm(LIBRARY, rules({ data: [data] }))).subarray(-4)).toEqual(Buffer.from([1, 2, 9, 4]));
    for (const wrong of [{ find: '04' }, { put: '0909' }, { at: 40 }])
      expect(() => editWasm(LIBRARY, rules({ data: [{ ...data, ...wrong }] }))).toThrow('does not find its bytes');
  });

  it('fail for any other file', () => {
    expect(() => editWasm(Buffer.concat([LIBRARY, Buffer.from([0, 0])]), rules())).toThrow('small.so has the SHA-256');
  });
});
