import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

/** Columns that the guest writes, each as an expression of Python. */
const COLUMNS: readonly (readonly [string, string])[] = [
  ['amounts of money', '[i / 100 for i in range(-3000, 3000)]'],
  ['numbers of four decimals', '[i * 7 / 10000 for i in range(5000)]'],
  ['whole numbers', '[float(i * 12345) for i in range(2000)]'],
  ['means that come again', '[(i % 30) / 7 for i in range(6000)]'],
  [
    'all sizes, some of them once',
    '[0.5] * 5000 + [s * m * 10.0 ** e for e in range(-320, 309) for m in (1.0, 1.5, 2/3, 7.1) for s in (1, -1)]',
  ],
  ['random bits', '[0.25] * 6000 + list(struct.unpack("<4000d", random.Random(7).randbytes(32000)))'],
  ['nothing and infinities', '[0.5, float("nan"), float("inf"), -float("inf"), -0.0] * 1000'],
];

describe('a long column of floats', () => {
  let interpreter: InterpreterProcess | null = null;
  beforeAll(async () => {
    const image = await sharedImage('core');
    if (image) interpreter = await startProcess({ imageDir: image.dir });
  });
  afterAll(() => interpreter?.stop());

  it.each(COLUMNS)("has the same bytes as from Python's writer: %s", async (_what, column) => {
    const head = `import random, struct\nfrom pydantic_core import to_json\ncolumn = ${column}\n`;
    const answer = await interpreter!.evaluate(`${head}return column`);
    const whole = await interpreter!.evaluate(`${head}return to_json(column, inf_nan_mode='null').decode()`);
    const count = (JSON.parse(answer.body.toString()) as unknown[]).length;
    expect(answer.meta).toEqual({ status: 200, bodyBytes: answer.body.length, rows: [null, count] });
    expect(answer.body.toString()).toBe(JSON.parse(whole.body.toString()));
  });

  it('is written by the guest', async () => {
    const probe = `from tabpy_tray import columns
return [columns.float_records(column) is not None for column in (${COLUMNS.map(([, column]) => column).join(', ')})]`;
    const answer = await interpreter!.evaluate(`import random, struct\n${probe}`);
    expect(JSON.parse(answer.body.toString())).toEqual(COLUMNS.map(() => true));
  });

  it('comes with what the script printed and which functions it asked', async () => {
    const script = `print('é "quoted" {}')\ntabpy.query('nothing')\nreturn [1.5] * 1000`;
    const { meta, body } = await interpreter!.evaluate(script);
    expect(meta).toMatchObject({ status: 200, prints: 'é "quoted" {}\n', asked: { nothing: { calls: 1, errors: 1 } } });
    expect(meta.bodyBytes).toBe(body.length);
    expect(JSON.parse(body.toString())).toEqual(Array.from({ length: 1000 }, () => 1.5));
  });

  it('leaves the interpreter ready for the next request', async () => {
    for (const count of [1000, 1, 100_000, 600]) {
      const answer = await interpreter!.evaluate('return [_arg1[0]] * _arg1[1]', { _arg1: [2.5, count] });
      expect(JSON.parse(answer.body.toString())).toHaveLength(count);
    }
    expect((await interpreter!.evaluate('return 1 + 1')).body.toString()).toBe('2');
  });

  it('ends at the limit of an answer, as others do', async () => {
    const image = (await sharedImage('core'))!;
    const small = await startProcess({ imageDir: image.dir, maxResultBytes: 1 << 20 });
    const answer = await small.evaluate('return [1.5] * 1000000');
    expect(answer.meta.status).toBe(500);
    expect(answer.body.toString()).toContain('The result is larger than 1 MB');
    expect((await small.evaluate('return 2')).body.toString()).toBe('2');
    await small.stop();
  });
});
