// Interpreters in Node processes, for a server without a window. Must not know the server.

import type { PythonSupply } from '../../../runtime/python-supply.ts';
import { preparePython } from './prepare-python.ts';
import type { PreparedPython, PrepareOptions } from './prepare-python.ts';
import { startProcessInterpreter } from './process-interpreter.ts';
import type { Interpreter } from '../../../runtime/interpreter.ts';
import { privateBytes, residentBytes } from '../../../runtime/resident-memory.ts';

export interface NodePython extends PythonSupply {
  isPrepared(): boolean;
}

/** @param prepareWith prepares Python; tests replace it */
export function createNodePython(
  options: Omit<PrepareOptions, 'tell'>,
  prepareWith: typeof preparePython = preparePython,
): NodePython {
  let prepared: PreparedPython | null = null;
  let noteReplaced: () => void = () => undefined;
  let isChecked = false;
  /**
   * Set once an interpreter started from the image, or could not: until then reading it would only delay that start.
   */
  const checkOnce = async ({ check }: PreparedPython, { ready }: Interpreter): Promise<void> => {
    if (check === null || isChecked) return;
    isChecked = true;
    await ready;
    const next = await check();
    if (next === null) return;
    prepared = next;
    noteReplaced();
  };
  return {
    onReplaced(listener) {
      noteReplaced = listener;
    },
    isPrepared: () => prepared !== null,
    async prepare(tell) {
      prepared ??= await prepareWith({ ...options, tell });
    },
    imageDir: () => prepared?.imageDir ?? null,
    startInterpreter(settings, limits, addedDir) {
      if (!prepared) throw new Error('Python is not prepared yet');
      const interpreter = startProcessInterpreter(prepared.launch(settings, addedDir), limits, {
        residentBytes,
        privateBytes,
      });
      checkOnce(prepared, interpreter).catch((error: unknown) => {
        // Making the image again has failed: running interpreters continue, and the next start reports the reason.
        options.say(`The Python image is damaged and cannot be made again: ${(error as Error).message}`);
      });
      return interpreter;
    },
  };
}
