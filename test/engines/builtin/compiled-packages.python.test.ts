// Compiled functions of any package take whole numbers of 64 bit where they want 32-bit indices.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { addedImage } from '../../../src-main/engines/builtin/image/added-image.ts';
import { filesOfWheel } from '../../../src-main/engines/builtin/image/site-packages.ts';
import { zipOf } from '../../packages/support/wheels.ts';
import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const STORE = process.env.TABPY_TRAY_WHEELS ?? resolve(import.meta.dirname, '../../../.store/wheels');
const COMPILED = 'scipy/signal/_peak_finding_utils';

const image = await sharedImage('science');
if (image === null) console.warn('SKIPPED: compiled packages; the wheels of SciPy and pandas are not here.');

/** A package that is no part of ours, of a compiled module of SciPy's. */
async function seaglassIn(folder: string): Promise<string> {
  const scipy = readdirSync(STORE).find((name) => name.startsWith('scipy-'))!;
  const files = await filesOfWheel(join(STORE, scipy));
  const { path: compiled, bytes } = files.find(({ path }) => path.includes(`/${COMPILED}.`))!;
  const name = `seaglass/${compiled.split('/').at(-1)}`;
  const path = join(folder, 'seaglass-1.0-py3-none-any.whl');
  writeFileSync(path, zipOf({ 'seaglass/__init__.py': Buffer.from(''), [name]: Buffer.from(bytes) }));
  const outDir = join(folder, 'images');
  mkdirSync(outDir);
  const wheels = [{ name: 'seaglass', path, sha256: 'seaglass' }];
  return (await addedImage({ wheels, imageDir: image!.dir, outDir }))!;
}

describe.skipIf(image === null)('compiled functions', () => {
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: image!.dir });
  });
  afterAll(() => interpreter.stop());
  const answer = async (script: string, inside = interpreter): Promise<unknown> =>
    JSON.parse((await inside.evaluate(script)).body.toString());

  it('of an added package take int64 for indices', async () => {
    const addedDir = await seaglassIn(temporaryFolder('seaglass'));
    const inside = await startProcess({ imageDir: image!.dir, addedDir });
    const script = `import numpy as np
from seaglass import _peak_finding_utils
heights = np.array([1.0, 3.0, 1.0, 5.0, 2.0])
return [part.tolist() for part in _peak_finding_utils._peak_prominences(heights, np.array([1, 3]), -1)]`;
    const found = await answer(script, inside);
    await inside.stop();
    expect(found).toEqual([
      [2, 3],
      [0, 2],
      [2, 4],
    ]);
  });

  it('of classes take int64 for indices', async () => {
    const script = `import numpy as np
from sklearn.tree import DecisionTreeRegressor
x = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 5.0]])
tree = DecisionTreeRegressor(random_state=0).fit(x, [1.0, 2.0, 4.0]).tree_
means = np.zeros(2)
tree.compute_partial_dependence(np.array([[0.0], [2.0]], dtype='f4'), np.array([0]), means)
same = np.zeros(2)
tree.compute_partial_dependence(np.array([[0.0], [2.0]], dtype='f4'), np.array([0], dtype=np.intp), same)
return [means.tolist() == same.tolist(), means.any().item()]`;
    expect(await answer(script)).toEqual([true, true]);
  });

  it("of numpy and of pandas' time library stay as they are, wherever they are imported", async () => {
    const script = `import numpy as np
import pandas as pd
from pandas._libs import lib
kinds = [vars(kind)[name] for kind, name in ((pd.Timestamp, 'round'), (pd.Timedelta, 'round'), (np.random.Generator, 'integers'))]
return [type(kind).__name__ for kind in [*kinds, lib.is_list_like, np.random.default_rng().integers]]`;
    const compiled = 'cython_function_or_method';
    expect(await answer(script)).toEqual([compiled, compiled, compiled, 'function', 'method']);
  });

  /** Stands for a function of Cython's: refuses other types with its words, and adds one to each index. */
  const FUNCTION = (expected: string, got: string, type: string): string => `import numpy as np
from numpy._index_guard import guarded

def refusing(*arrays):
    for part in arrays:
        for array in part if isinstance(part, list) else [part]:
            if array.dtype.char != '${type}':
                raise ValueError("Buffer dtype mismatch, expected '${expected}' but got '${got}'")
            array += 1
    return len(arrays)

call = guarded(refusing)
`;
  const INDEX = FUNCTION('intp_t', 'long long', 'l');

  it('see copies of the other type, and what they write arrives', async () => {
    const script = `${INDEX}
a, b, c = np.array([1, 2]), np.array([3]), [np.array([4]), np.array([5])]
count = call(a, np.array([0], dtype=np.intp), b, c)
return [count, a.tolist(), b.tolist(), [part.tolist() for part in c], str(a.dtype)]`;
    expect(await answer(script)).toEqual([4, [2, 3], [4], [[5], [6]], 'int64']);
  });

  it('see int64 where they want it and get an index', async () => {
    const script = `${FUNCTION('int64_t', 'long', 'q')}
order = np.argsort([2, 1])
return [call(order), order.tolist(), order.dtype.itemsize]`;
    expect(await answer(script)).toEqual([1, [2, 1], 4]);
  });

  it('refuse numbers that do not fit, as they would without a guard', async () => {
    const body = await answer(`${INDEX}return call(np.array([2**40]))`);
    expect(body).toMatchObject({ info: expect.stringContaining("expected 'intp_t' but got 'long long'") });
    const after = await answer(`${INDEX}
try:
    call(np.array([1.5]))
except ValueError as error:
    return str(error)`);
    expect(after).toContain('Buffer dtype mismatch');
  });

  it('keep none of their arguments once they have answered', async () => {
    const script = `import gc, weakref
${INDEX}
class Watched(np.ndarray):
    pass

gc.disable()
a = np.array([1, 2]).view(Watched)
watch = weakref.ref(a)
call(a)
del a
return watch() is None`;
    expect(await answer(script)).toBe(true);
  });

  it('pass other errors on, once', async () => {
    const script = `from numpy._index_guard import guarded
calls = []

def failing(array):
    calls.append(array)
    raise ValueError('no such thing')

try:
    guarded(failing)(1)
except ValueError as error:
    return [str(error), len(calls)]`;
    expect(await answer(script)).toEqual(['no such thing', 1]);
  });

  it('in plain C take int32 by its number', async () => {
    const script = `import numpy as np
from scipy import integrate, optimize
low = optimize.minimize(lambda v: ((v - 3) ** 2).sum(), [0.0, 0.0], method='L-BFGS-B').x
both = optimize.minimize(lambda v: ((v - 3) ** 2).sum(), [0.0], method='SLSQP').x
ode = integrate.ode(lambda t, y: -y).set_integrator('vode').set_initial_value([1.0]).integrate(1.0)
stiff = integrate.ode(lambda t, y: -y).set_integrator('lsoda').set_initial_value([1.0]).integrate(1.0)
dop = integrate.ode(lambda t, y: -y).set_integrator('dopri5').set_initial_value([1.0]).integrate(1.0)
return [round(float(v[0]), 3) for v in (low, both, ode, stiff, dop)]`;
    expect(await answer(script)).toEqual([3, 3, 0.368, 0.368, 0.368]);
  });
});
