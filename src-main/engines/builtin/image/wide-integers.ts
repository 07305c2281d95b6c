// Edits numpy, SciPy and pandas for 64-bit whole numbers, as users have them on their computers, when the packages go
// into an image.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SITE_PACKAGES } from './site-packages.ts';
import type { PythonFile } from './site-packages.ts';
import { editText } from './text-edits.ts';
import { editWasm } from './wasm-edits.ts';
import { TEXT_RULES } from './wide/text-rules.ts';
import { UMATH_RULES } from './wide/umath-rules.ts';

const FOLDER = join(import.meta.dirname, 'wide');

/** Our Python files that go into packages, by their place. */
const ADDED_FILES: Readonly<Record<string, string>> = {
  'numpy/_index_guard.py': '_index_guard.py',
  'numpy/_wide_states.py': '_wide_states.py',
  'numpy/random/_wide_random.py': '_wide_random.py',
  'scipy/special/_long_arguments.py': '_long_arguments.py',
};

/**
 * The files of an image with its packages edited; rules for missing packages are skipped.
 * @throws Error when a package has another version than the rules
 */
export function withWideIntegers(files: readonly PythonFile[]): PythonFile[] {
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const place = (file: string): string => `${SITE_PACKAGES}/${file}`;
  const isHere = (file: string): boolean => byPath.has(place(`${file.split('/')[0]}/__init__.py`));
  if (!isHere(UMATH_RULES.library)) return [...files];
  const umath = byPath.get(place(UMATH_RULES.library));
  if (umath === undefined) throw new Error(`${UMATH_RULES.library} is missing.`);
  byPath.set(place(UMATH_RULES.library), editWasm(umath, UMATH_RULES));
  for (const rule of TEXT_RULES)
    if (isHere(rule.file)) byPath.set(place(rule.file), editText(byPath.get(place(rule.file)), rule));
  for (const [file, name] of Object.entries(ADDED_FILES))
    if (isHere(file)) byPath.set(place(file), readFileSync(join(FOLDER, name)));
  return [...byPath].map(([path, bytes]) => ({ path, bytes }));
}
