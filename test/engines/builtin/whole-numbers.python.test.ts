// Whole numbers have 64 bit: expressions and tasks answer what 64-bit CPython recorded (fixtures/whole-numbers/record.py).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

type Answers = Readonly<Record<string, string>>;
interface Native {
  readonly expressions: Answers;
  readonly tasks: Answers;
}

const FOLDER = join(import.meta.dirname, 'fixtures/whole-numbers');
const LIMIT_MS = 90_000;
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** Indices lie in memory as int32; what is computed from them has 64 bit. Same values, another dtype. */
const NARROW_INDICES = [
  'np.argsort([3, 1, 2])',
  'np.nonzero([0, 1, 2])',
  'np.digitize([1, 5], [2, 4])',
  'pd.Series([3, 1]).argsort()',
  'pd.factorize(np.array([1, 2, 1]))',
  'pickle.loads(pickle.dumps(spatial.cKDTree(POINTS))).query(POINTS)[1]',
  'pickle.loads(pickle.dumps(neighbors.KDTree(POINTS))).query(POINTS)[1]',
  "ranks().to_frame('a').assign(b=lambda d:d.a*BIG)",
];
/** Eigenvectors and gradients whose last digits, which differ between processors, decide about signs or steps. */
const UNSTABLE = [
  'transform TSNE',
  'transform Isomap',
  'transform LocallyLinearEmbedding',
  'transform SpectralEmbedding',
];

const asNarrow = (answer: string): string => answer.replaceAll('i8', 'i4').replaceAll('int64', 'int32');
const without = (answers: Answers, names: readonly string[]): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => !names.includes(name)));

const image = await sharedImage('science');
if (image === null) console.warn('SKIPPED: whole numbers; the wheels of SciPy, pandas and scikit-learn are not here.');

describe.skipIf(image === null)('whole numbers', () => {
  const native = JSON.parse(text('native.json')) as Native;
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: image!.dir });
  });
  afterAll(() => interpreter.stop());

  async function answersOf(ask: string, source: string): Promise<Answers> {
    const script = "names = {'__name__': 'answers'}\nexec(_arg1, names)\nreturn names[_arg2](_arg3)";
    const data = { _arg1: text('answers.py'), _arg2: ask, _arg3: text(source) };
    const { meta, body } = await interpreter.evaluate(script, data, LIMIT_MS);
    expect({ status: meta.status, error: meta.status === 200 ? '' : body.toString() }).toEqual({
      status: 200,
      error: '',
    });
    const answers = JSON.parse(body.toString()) as Answers;
    const kind = ask === 'task_answers' ? native.tasks : native.expressions;
    return Object.fromEntries(Object.keys(kind).map((name) => [name, answers[name] ?? 'no answer']));
  }

  it('give what 64-bit Python gives, in numpy and pandas', { timeout: LIMIT_MS }, async () => {
    const answers = await answersOf('expression_answers', 'expressions.txt');
    expect(without(answers, NARROW_INDICES)).toEqual(without(native.expressions, NARROW_INDICES));
    const narrow = NARROW_INDICES.map((name) => asNarrow(native.expressions[name]!));
    expect(NARROW_INDICES.map((name) => asNarrow(answers[name]!))).toEqual(narrow);
  });

  it('give what 64-bit Python gives, in scikit-learn, SciPy and pandas', { timeout: LIMIT_MS }, async () => {
    const answers = await answersOf('task_answers', 'tasks.py');
    expect(without(answers, UNSTABLE)).toEqual(without(native.tasks, UNSTABLE));
    for (const name of UNSTABLE) expect(answers[name]).not.toMatch(/^!|no answer/);
  });

  it.each([
    ['order *= 2_000_000_000', 'Integer 4000000000 is out of bounds for intp'],
    ['order <<= 40', 'out of bounds for intp'],
    ['np.multiply(order, 2_000_000_000, out=order)', 'out of bounds for intp'],
    ['order[:] = np.array([2**40, 1, 1])', 'Integer 1099511627776 is out of bounds for intp'],
    ['order = np.arange(3)[np.array([2**32])]', 'Integer 4294967296 is out of bounds for intp'],
    ['order = np.arange(3)[[0, 2**32]]', 'Integer 4294967296 is out of bounds for intp'],
    ['order = np.arange(6).reshape(2, 3)[np.array([0]), np.array([2**35])]', 'out of bounds for intp'],
    ['order = np.zeros(3); order[np.array([1, 2**33])] = 1', 'out of bounds for intp'],
    ["order = np.arange(3)[np.array([2**32], dtype='u8')]", 'Integer 4294967296 is out of bounds for intp'],
    ["order = np.take([1, 2, 3], np.array([2**63 + 1], dtype='u8'))", 'Integer 9223372036854775809 is out of'],
    ['order = np.take([1, 2, 3], np.array([2**33]), mode="clip")', 'out of bounds for intp'],
    ['order = np.repeat([1, 2], np.array([2**33, 1]))', 'out of bounds for intp'],
  ])('never wrap in silence: %s', async (line, message) => {
    const script = `import numpy as np\norder = np.argsort([3, 1, 2])\n${line}\nreturn order.tolist()`;
    const { meta, body } = await interpreter.evaluate(script);
    expect(meta.status).toBe(500);
    expect(body.toString()).toMatch(new RegExp(`OverflowError : .*${message}`));
    const after = await interpreter.evaluate('import numpy as np\nreturn np.arange(3)[np.array([2, 0])].tolist()');
    expect(after.body.toString()).toBe('[2, 0]');
  });
});
