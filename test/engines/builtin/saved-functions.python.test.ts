// Functions as Python 3.10 to 3.13 saved them (fixtures/saved-functions), built anew by the interpreter's own Python.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rebuilt, Wanted } from '../../../src-main/runtime/messages.ts';
import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

interface Saved {
  readonly name: string;
  readonly pickle: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  /** What the Python that saved it answers. */
  readonly result: unknown;
}

const folder = path.join(import.meta.dirname, 'fixtures/saved-functions');
const source = readFileSync(path.join(folder, 'functions.py'));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const image = await sharedImage('core');
if (image === null) console.warn('SKIPPED: functions of other Pythons; the wheel of cloudpickle is not here.');

describe.skipIf(image === null).each(files)('functions saved in %s', (file) => {
  const saved = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as readonly Saved[];
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: image!.dir });
  });
  afterAll(() => interpreter.stop());

  it.each(saved)('$name answers as it did there', async ({ name, pickle, args, kwargs, result }) => {
    const bytes = Buffer.from(pickle, 'base64');
    const first = await interpreter.ask({ op: 'inspect' }, bytes);
    const missing = first.meta['missing'] as readonly Wanted[];
    expect(new Set(missing.map((one) => one.file))).toEqual(new Set(['/home/ann/functions.py']));
    const { meta } = await interpreter.ask({ op: 'rebuild', wanted: missing }, source);
    const rebuilt = meta['rebuilt'] as readonly Rebuilt[];
    expect(rebuilt.map(({ wanted }) => wanted.name).toSorted()).toEqual(missing.map((one) => one.name).toSorted());
    const again = await interpreter.ask({ op: 'inspect', rebuilt }, bytes);
    expect(again.meta.status).toBe(200);
    const put = [{ name, version: 1, pickleBytes: again.body.length }];
    await interpreter.ask({ op: 'sync', revision: 1, put, remove: [] }, Buffer.from(again.body));
    // /query takes either positions or names; a script takes both.
    const script = `return tabpy.query(${JSON.stringify(name)}, *_arg1, **_arg2)['response']`;
    const called =
      Object.keys(kwargs).length === 0
        ? await interpreter.evaluate(script, { _arg1: args, _arg2: {} })
        : await interpreter.evaluate(CALL, { _arg1: args, _arg2: kwargs, _arg3: name });
    expect(JSON.parse(called.body.toString())).toEqual(result);
  });
});

const CALL = `from tabpy_tray.registry import REGISTRY
return REGISTRY.resolve(_arg3).load().query(*_arg1, **_arg2)`;
