import { describe, expect, it } from 'vitest';

import { columnText } from '../../../../src-main/engines/builtin/guest/column-text.ts';

/** What Python's marshal writes for a list of floats. */
function recordsOf(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(5 + 9 * values.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x5b;
  view.setUint32(1, values.length, true);
  for (const [index, value] of values.entries()) {
    bytes[5 + 9 * index] = 0x67;
    view.setFloat64(6 + 9 * index, value, true);
  }
  return bytes;
}

function written(values: readonly number[]): string {
  return new TextDecoder().decode(columnText(recordsOf(values)));
}

/** Floats that are the same in every run, of all sizes. */
function manyFloats(count: number): number[] {
  const float = new Float64Array(1);
  const bits = new Uint32Array(float.buffer);
  let state = 12_345;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return Array.from({ length: count }, () => {
    bits[0] = next();
    bits[1] = next();
    return Number.isFinite(float[0]!) ? float[0]! : 0;
  });
}

describe('a column of floats as text', () => {
  it.each([
    [[], '[]'],
    [[0], '[0.0]'],
    [[-0, 0], '[-0.0,0.0]'],
    [[1, -1, 10, 1999999999, 2000000000, 2 ** 53], '[1.0,-1.0,10.0,1999999999.0,2000000000.0,9007199254740992.0]'],
    [[1.5, 1.25, 0.125, 0.0625, 0.03125], '[1.5,1.25,0.125,0.0625,0.03125]'],
    [[0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001], '[0.1,0.01,0.001,0.0001,0.00001,1e-6]'],
    [[12.3, 12.03, 12.3, 12, 12.003, 12.1], '[12.3,12.03,12.3,12.0,12.003,12.1]'],
    [[0.1 + 0.2, 1 / 3, 1 / 3], '[0.30000000000000004,0.3333333333333333,0.3333333333333333]'],
    [[1e15, 1e16, 1.5e16, 1e21, 1e22, 1.25e300], '[1000000000000000.0,1e16,1.5e16,1e21,1e22,1.25e300]'],
    [
      [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308],
      '[5e-324,2.2250738585072014e-308,1.7976931348623157e308]',
    ],
    [[NaN, Infinity, -Infinity, 1.5, NaN], '[null,null,null,1.5,null]'],
  ])('writes %j', (values, text) => {
    expect(written(values)).toBe(text);
  });

  it.each([1, 10, 100, 1_000, 10_000, 100_000])('keeps each number of 1/%d exactly, with no zero too many', (scale) => {
    const values = Array.from({ length: 20_000 }, (_, index) => ((index * 7_919) % 3_000_000) / scale - 1_000);
    const texts = written(values).slice(1, -1).split(',');
    expect(texts.map(Number)).toEqual(values);
    for (const text of texts) expect(text).toMatch(/^-?(?:\d+\.(?:0|\d*[1-9])|\de-\d)$/);
  });

  it('keeps floats of all sizes exactly, and those near a few decimals', () => {
    const near = Array.from({ length: 5_000 }, (_, index) => (index * 37) / 100 + (index % 3) * 2 ** -40);
    const values = [...manyFloats(20_000), ...near, ...near.toReversed()];
    expect(JSON.parse(written(values))).toEqual(values);
  });

  it('makes room for numbers that are longer than usual', () => {
    const values = Array.from({ length: 3_000 }, (_, index) =>
      index < 10 ? 1 : -1.234_567_890_123_456e-300 * (index + 1),
    );
    expect(JSON.parse(written(values))).toEqual(values);
  });

  it.each<[string, (records: Uint8Array<ArrayBuffer>) => Uint8Array]>([
    ['nothing', () => new Uint8Array(0)],
    ['another mark in front', (records) => records.with(0, 0x28)],
    ['another kind inside', (records) => records.with(14, 0x69)],
    ['more than it counts', (records) => records.with(1, 1)],
    ['less than it counts', (records) => records.with(4, 255)],
    ['a part of a float', (records) => records.subarray(0, -1)],
  ])('refuses %s', (_what, changed) => {
    expect(columnText(changed(recordsOf([1.5, 2.5, 3.5]) as Uint8Array<ArrayBuffer>))).toBeNull();
  });
});
