// Reads the Python files that pickles say they were made from. Must not know what is looked for in them.
// Threat: a pickle may name any file of this computer, a link to one, a device or one on another computer. What is read
// here goes into an interpreter that runs nothing, and out of it comes only what the pickle's author knew (inspection.ts).

import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isRefusal } from '../../src-shared/refusal.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import type { ReadSource } from '../runtime/inspection.ts';

const MOST_BYTES = 2_000_000;
const NOT_HERE = { why: 'is not on this computer' } as const;
const NOT_PYTHON = { why: 'is not a regular .py file' } as const;

/** The text of a regular `.py` file (where links lead to too) of at most 2 MB of UTF-8, or why it is not read. */
export const readSourceFile: ReadSource = async (file) => {
  // A path of Windows that begins so names another computer, which would be sent the user's credentials, or a device.
  if (!path.isAbsolute(file) || /^[\\/]{2}/.test(file) || file.includes('\0')) return NOT_HERE;
  if (!isPython(file)) return NOT_PYTHON;
  try {
    const real = await realpath(file);
    if (!isPython(real)) return NOT_PYTHON;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readRegularFile(real, MOST_BYTES));
    return text.includes('\0') ? NOT_PYTHON : { text };
  } catch (error) {
    if (isRefusal(error, 'file-too-large', 'not-regular-file'))
      return error.code === 'file-too-large' ? { why: 'is larger than 2 MB' } : NOT_PYTHON;
    return error instanceof TypeError ? { why: 'is not in UTF-8' } : NOT_HERE;
  }
};

function isPython(file: string): boolean {
  return path.extname(file).toLowerCase() === '.py';
}
