// Models that 64-bit CPython pickled (fixtures/native-models/record.py) answer here as there, however they are loaded.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

interface Model {
  readonly name: string;
  readonly pickle: string;
  readonly joblib?: string;
  readonly call: string;
  readonly value: unknown;
}

const file = join(import.meta.dirname, 'fixtures/native-models/models.json');
const { Q, cases } = JSON.parse(readFileSync(file, 'utf8')) as { Q: unknown; cases: readonly Model[] };
const LOADERS = {
  'a deployed function': 'from tabpy_tray import pickles\nm = pickles.load(file.read()).value',
  pickle: 'import pickle\nm = pickle.load(file)',
  'pandas.read_pickle': 'import pandas\nm = pandas.read_pickle(file)',
};

const image = await sharedImage('science');
if (image === null) console.warn('SKIPPED: models of 64-bit Python; the wheel of scikit-learn is not here.');

describe.skipIf(image === null)('a model of 64-bit Python', () => {
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: image!.dir });
  });
  afterAll(() => interpreter.stop());

  async function answer(load: string, bytes: string, call: string): Promise<unknown> {
    const script = `import base64, io, numpy as np, scipy.sparse as sp
file = io.BytesIO(base64.b64decode(_arg1))
${load}
value = eval(_arg3, {'m': m, 'Q': np.array(_arg2), 'np': np, 'sp': sp})
return np.round(np.asarray(value, dtype=float), 6).tolist()`;
    const { body } = await interpreter.evaluate(script, { _arg1: bytes, _arg2: Q, _arg3: call });
    return JSON.parse(body.toString());
  }

  describe.each(Object.entries(LOADERS))('loaded as %s', (_, load) => {
    it.each(cases)('$name', async ({ pickle, call, value }) => {
      expect(await answer(load, pickle, call)).toEqual(value);
    });
  });

  it.each(cases.filter(({ joblib }) => joblib !== undefined))('loaded by joblib: $name', async (model) => {
    const load = 'import joblib\nm = joblib.load(file)';
    expect(await answer(load, model.joblib!, model.call)).toEqual(model.value);
  });
});
