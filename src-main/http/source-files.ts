// Reads the Python files that pickles name as their source. Must not know what is searched in them.
// Threat: a pickle may name any file of this computer, a link to a file, a device, or a file on another computer. What
// is read here goes into an interpreter that runs nothing, and inspection.ts lets out only what the pickle's author
// already knew.

import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isRefusal } from '../../src-shared/refusal.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import type { ReadSource } from '../runtime/inspection.ts';

const MOST_BYTES = 2_000_000;
const NOT_HERE = { why: 'is not on this computer' } as const;
const NOT_PYTHON = { why: 'is not a regular .py file' } as const;

/** The text of a regular `.py` file (also behind links) of at most 2 MB of UTF-8, or why it is not read. */
export const readSourceFile: ReadSource = async (file) => {
  // On Windows such a path names another computer, which would get the user's credentials, or a device.
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
