// Large requests are read by the guest: what scripts get must be what Python's own json module reads, to the type and the bit.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { jsonRecords } from '../../../src-main/engines/builtin/guest/json-records.ts';
import { startProcess } from './support/interpreter-process.ts';
import type { Answer, InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

/** So that the guest reads them: it leaves small requests to Python. */
const PADDING = `,"padding":"${'.'.repeat(33_000)}"`;
const COMPARE =
  'import json\nother = json.loads(_arg2)\nreturn [repr(_arg1) == repr(other), repr(_arg1)[:200], repr(other)[:200]]';

const READ: readonly (readonly [string, string])[] = [
  ['small integers', '[0,-0,1,-1,999999999,-999999999]'],
  ['integers around 32, 53 and 64 bits', [31, 32, 53, 63, 64].flatMap((power) => around(2n ** BigInt(power))).join()],
  ['integers around steps of 15 bits', [15, 30, 45, 60, 75].flatMap((power) => around(2n ** BigInt(power))).join()],
  [
    'integers of many digits',
    `${'9'.repeat(16)},-${'1'.repeat(30)},${'7'.repeat(400)},1234567890,-12345678901234567890`,
  ],
  ['decimals', '0.5,-0.25,1.10,100.000,0.1,0.3,2.675,1234567.89,-0.0,0.0,0.000001,123456789.1,1.23456789'],
  [
    'long decimals',
    '0.1000000000000000055511151231257827021181583404541015625,9007199254740992.9999999999,12345678901234567.5',
  ],
  [
    'decimals at the edge of what is exact',
    '9007199254740991.0,9007199254740992.0,9007199254740993.0,900719925474099.1,0.9007199254740993',
  ],
  ['exponents', '1e5,1E+5,1e-5,-2.5e10,0e0,-0e5,1e22,1e23,1.5e300,5e-324,2e-324,1e400,-1e400,123e-400'],
  ['many decimals', '0.0000000000000000000001,0.00000000000000000000001,0.00000000000000000000000000000123'],
  ['words', 'true,false,null,[true],{"x":null}'],
  ['short texts', '"","a","ab","abc","abcd","abcde","abcdefgh","abc","\u007f","a b"'],
  [
    'texts around the length that is kept',
    [46, 47, 48, 49, 50, 51, 52, 255, 256, 300].map((count) => `"${'x'.repeat(count)}"`).join(),
  ],
  [
    'texts that differ in their last letter',
    Array.from({ length: 60 }, (_none, at) => `"${'y'.repeat(at % 9)}${at}","y${at}"`).join(),
  ],
  [
    'escapes',
    String.raw`"\"","\\","\/\b\f\n\r\t","\u0041\u00e9\u20ac","\ud83d\ude00","\uD83D\uDE00x","a\\\"b","\u0000"`,
  ],
  ['letters beyond ASCII', '"é","€","😀","Zürich","\u0080\u07ff\u0800\uffff","née","née"'],
  ['objects', '{},{"a":1,"b":2,"a":3},{"a":{"a":[{}]}},{"":0,"é":1,"\\u00e9":2}'],
  [
    'records with the same keys',
    Array.from({ length: 50 }, (_none, at) => `{"name":"n${at % 3}","amount":${at}.5}`).join(),
  ],
  ['all kinds in turns', '1,"a",2.5,null,"a",[1,"a"],3,"b",-4,true,"c",5e1,"d",{},6,7,"e","f",[]'],
];

describe('a large request', () => {
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: (await sharedImage('core'))!.dir });
  });
  afterAll(() => interpreter.stop());

  /** What scripts get and what Python's json reads, where they differ; null where they are the same. */
  const difference = async (value: string): Promise<readonly [string, string] | string | null> => {
    const request = `{"data":{"_arg1":${value},"_arg2":${JSON.stringify(value)}},"script":${JSON.stringify(COMPARE)}${PADDING}}`;
    if (jsonRecords(Buffer.from(request)) === null) return 'left to Python';
    const [isSame, mine, theirs] = JSON.parse((await send(request)).body.toString()) as [boolean, string, string];
    return isSame ? null : [mine, theirs];
  };
  const send = (request: string | Uint8Array): Promise<Answer> =>
    interpreter.ask({ op: 'evaluate', timeoutSeconds: 30 }, Buffer.from(request));

  it.each(READ)("is read as Python's json reads it: %s", async (_what, values) => {
    expect(await difference(values.startsWith('[') ? values : `[${values}]`)).toBeNull();
    expect(await difference(`[ ${values.replaceAll(/,(?=[^,]*$)/g, ' , ')} ]`)).toBeNull();
  });

  it("is read as Python's json reads it, whatever stands beside what", async () => {
    const random = randomFrom(20_260_101);
    for (let round = 0; round < 40; round++) expect(await difference(anyValue(random, 0))).toBeNull();
  });

  it('has one object for a text that comes again', async () => {
    const request = `{"data":{"_arg1":["north","south","north"]},"script":"return _arg1[0] is _arg1[2]"${PADDING}}`;
    expect((await send(request)).body.toString()).toBe('true');
  });

  it.each([
    ['NaN', '{"data":{"_arg1":[NaN,Infinity]},"script":"return repr(_arg1)"', '"[nan, inf]"'],
    [
      'half a pair of surrogates',
      String.raw`{"data":{"_arg1":"\ud800"},"script":"return ascii(_arg1)"`,
      String.raw`"'\\ud800'"`,
    ],
    [
      'a float of all digits',
      `{"data":{"_arg1":[${'0.12345678901234566,'.repeat(400)}1]},"script":"return repr(_arg1[0])"`,
      '"0.12345678901234566"',
    ],
  ])('is read by Python itself when it has %s', async (_what, request, answer) => {
    const whole = `${request}${PADDING}}`;
    expect(jsonRecords(Buffer.from(whole))).toBeNull();
    expect((await send(whole)).body.toString()).toBe(answer);
  });

  it('that is not valid is refused with the words of Python', async () => {
    const { meta, body } = await send(`{"data":{"_arg1":[1,2,]}${PADDING}}`);
    expect(meta.status).toBe(500);
    expect(body.toString()).toContain('JSONDecodeError : ');
  });

  it('that only looks as if it had been read is not taken for it', async () => {
    const { meta, body } = await send(Buffer.concat([Buffer.from([0xfb, 0xe3]), Buffer.alloc(4000, 0x30)]));
    expect(meta.status).toBe(500);
    expect(body.toString()).toContain('UnicodeDecodeError');
  });

  it('of a function is read the same way', async () => {
    const { meta } = await interpreter.ask(
      { op: 'query', name: 'nothing' },
      Buffer.from(`{"data":{"x":[1,2]}${PADDING}}`),
    );
    expect(meta.status).toBe(404);
  });

  it('leaves the interpreter ready, also when scripts put others in the place of what reads', async () => {
    await interpreter.evaluate('import marshal, json\nmarshal.loads = json.loads = None\nreturn 1');
    const request = `{"data":{"_arg1":[1.5,2.5]},"script":"return sum(_arg1)"${PADDING}}`;
    expect((await send(request)).body.toString()).toBe('4.0');
  });
});

function around(value: bigint): string[] {
  return [value - 1n, value, value + 1n, -value + 1n, -value, -value - 1n].map(String);
}

/** The same numbers from 0 to 1 in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

function anyValue(random: () => number, depth: number): string {
  const pick = Math.floor(random() * (depth < 4 ? 12 : 10));
  const integer = (): number => Math.floor(random() * 10 ** Math.floor(random() * 16));
  if (pick < 2) return `${random() < 0.5 ? '-' : ''}${integer()}`;
  // Not often more digits than a float holds: then Python reads.
  if (pick < 5) return `${integer() % 1_000_000}.${String(integer() % 10_000).padStart(Math.floor(random() * 9), '0')}`;
  if (pick === 5 && random() < 0.3) return String((random() - 0.5) * 10 ** Math.floor(random() * 60 - 30));
  if (pick < 9) return JSON.stringify(anyText(random));
  if (pick === 9) return ['true', 'false', 'null'][Math.floor(random() * 3)]!;
  const some = Array.from({ length: Math.floor(random() * 40) }, () => anyValue(random, depth + 1));
  if (pick === 10) return `[${some.join(random() < 0.3 ? ', ' : ',')}]`;
  return `{${some.map((one) => `${JSON.stringify(anyText(random))}:${one}`).join(',')}}`;
}

function anyText(random: () => number): string {
  const letters = ['a', 'b', 'north', ' ', '"', '\\', '\n', 'é', '€', '😀', '\u007f', '/'];
  const most = random() < 0.7 ? 5 : letters.length;
  return Array.from({ length: Math.floor(random() * 14) }, () => letters[Math.floor(random() * random() * most)]).join(
    '',
  );
}
