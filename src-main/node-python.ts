// Python in processes of Node: where the server runs without a window. Must not know the server.

import type { PythonSupply } from './compose.ts';
import { preparePython } from './prepare-python.ts';
import type { PreparedPython, PrepareOptions } from './prepare-python.ts';
import { startInterpreter } from './runtime/interpreter.ts';
import { privateBytes, residentBytes } from './runtime/resident-memory.ts';

export interface NodePython extends PythonSupply {
  isPrepared(): boolean;
}

export function createNodePython(options: Omit<PrepareOptions, 'tell'>): NodePython {
  let prepared: PreparedPython | null = null;
  return {
    isPrepared: () => prepared !== null,
    async prepare(tell) {
      prepared ??= await preparePython({ ...options, tell });
    },
    imageDir: () => prepared?.imageDir ?? null,
    startInterpreter(settings, limits, addedDir) {
      if (!prepared) throw new Error('Python is not prepared yet');
      return startInterpreter(prepared.launch(settings, addedDir), limits, { residentBytes, privateBytes });
    },
  };
}
