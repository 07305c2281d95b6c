// The causes that Python 3.14 in Pyodide tells, for the scripts that test/python runs in other versions: their bytecode
// differs, and loops in brackets have no frame of their own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ScriptError } from '../../../src-main/runtime/messages.ts';
import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { sharedImage } from './support/shared-image.ts';

interface Case {
  readonly name: string;
  readonly script: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The first sentence of the cause; empty where none is told. */
  readonly cause: string;
}

const FILE = join(import.meta.dirname, '../../python/cause_cases.json');
const LIMIT_MS = 90_000;
const cases = JSON.parse(readFileSync(FILE, 'utf8')) as readonly Case[];

const image = await sharedImage('science');
if (image === null) console.warn('SKIPPED: causes in Pyodide; the wheels of pandas and scikit-learn are not here.');

describe.skipIf(image === null)('the cause of a failure in Pyodide', () => {
  let interpreter: InterpreterProcess;
  beforeAll(async () => {
    interpreter = await startProcess({ imageDir: image!.dir });
  });
  afterAll(() => interpreter.stop());

  it.each(cases)('is told where the data is to blame, and nowhere else: $name', async ({ script, data, cause }) => {
    const { meta } = await interpreter.evaluate(script, data, LIMIT_MS);
    expect(meta.status).not.toBe(200);
    const told = (meta.error as ScriptError | undefined)?.cause ?? '';
    expect(told.slice(0, cause.length)).toBe(cause);
    expect(told !== '').toBe(cause !== '');
  });
});
