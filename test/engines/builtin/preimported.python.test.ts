// What is imported into the snapshot: without the docstrings of packages, which nobody reads there, and otherwise whole.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

const LIMIT_MS = 60_000;
const image = await sharedImage('science');
if (image === null)
  console.warn('SKIPPED: imported packages; the wheels of SciPy, pandas and scikit-learn are not here.');

describe.skipIf(image === null)('a package in the snapshot', () => {
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: image!.dir });
  });
  afterAll(() => interpreter.stop());

  async function run(script: string): Promise<unknown> {
    const { meta, body } = await interpreter.evaluate(script, {}, LIMIT_MS);
    expect({ status: meta.status, said: meta.status === 200 ? '' : body.toString() }).toEqual({
      status: 200,
      said: '',
    });
    return JSON.parse(body.toString());
  }

  it('has no docstrings in memory', async () => {
    const script = `import pandas, scipy.optimize, sklearn.cluster
return [one.__doc__ for one in (pandas.cut, scipy.optimize.minimize, sklearn.cluster.DBSCAN.fit)]`;
    expect(await run(script)).toEqual([null, null, null]);
  });

  it('keeps its assertions, its lines and its names', async () => {
    const script = `import inspect, dis
from pandas.core.internals import managers
names = {op.argval for one in vars(managers.BlockManager).values() if inspect.isfunction(one)
         for op in dis.get_instructions(one)}
lines, first = inspect.getsourcelines(managers.BlockManager.iget)
return ['AssertionError' in names or any('assert' in line for line in lines), lines[0].strip(), first > 100]`;
    expect(await run(script)).toEqual([
      true,
      'def iget(self, i: int, track_ref: bool = True) -> SingleBlockManager:',
      true,
    ]);
  });

  it('leaves scripts and functions their docstrings', async () => {
    const script = `def add(x, y):
    "Adds two numbers"
    return x + y
assert add.__doc__
return [add.__doc__, bool(__import__('numpy').add.__doc__)]`;
    expect(await run(script)).toEqual(['Adds two numbers', true]);
  });

  it('that is imported later is as it came', async () => {
    expect(await run('import fractions, scipy.odr as one\nreturn bool(one.ODR.__doc__)')).toBe(true);
  });
});
