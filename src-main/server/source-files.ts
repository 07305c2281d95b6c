// Reads the Python files that pickles say they were made from. Must not know what is looked for in them.
// Threat: a pickle may name any file of this computer, a link to one, a device or one on another computer. What is read
// here goes into an interpreter that runs nothing, and out of it comes only what the pickle's author knew (inspection.ts).

import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ReadSource } from '../runtime/inspection.ts';

const MOST_BYTES = 2_000_000;
const NOT_HERE = { why: 'is not on this computer' } as const;
const NOT_PYTHON = { why: 'is no plain .py file' } as const;

/** The text of a regular `.py` file (where links lead to too) of at most 2 MB of UTF-8, or why it is not read. */
export const readSourceFile: ReadSource = async (file) => {
  // A path of Windows that begins so names another computer, which would be sent the user's credentials, or a device.
  if (!path.isAbsolute(file) || /^[\\/]{2}/.test(file) || file.includes('\0')) return NOT_HERE;
  if (!isPython(file)) return NOT_PYTHON;
  try {
    const real = await realpath(file);
    if (!isPython(real) || !(await stat(real)).isFile()) return NOT_PYTHON;
    const handle = await open(real, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MOST_BYTES) return { why: 'is larger than 2 MB' };
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await handle.read(bytes, 0, size, 0);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead));
      return text.includes('\0') ? NOT_PYTHON : { text };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof TypeError ? { why: 'is not in UTF-8' } : NOT_HERE;
  }
};

function isPython(file: string): boolean {
  return path.extname(file).toLowerCase() === '.py';
}
