// PROTOTYPE: Python's int is int64 in numpy arrays, as on 64-bit computers. Edits files of wheels as they go into an image.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// @ts-ignore prototype
import { patch } from './wide/patch-wasm.mjs';
// @ts-ignore prototype
import { TEXT_RULES } from './wide/text-rules.mjs';
import { SITE_PACKAGES } from './site-packages.ts';
import type { PythonFile } from './site-packages.ts';

const HERE = join(import.meta.dirname, 'wide');
const NEW: [string, string][] = [
  ['numpy/_index_guard.py', '_index_guard.py'],
  ['numpy/random/_wide_random.py', '_wide_random.py'],
  ['scipy/special/_long_arguments.py', '_long_arguments.py'],
];

export function wideIntegers(files: PythonFile[]): PythonFile[] {
  const byPath = new Map(files.map((file) => [file.path.slice(SITE_PACKAGES.length + 1), file.bytes]));
  if (!byPath.has('numpy/__init__.py')) return files;
  const umath = 'numpy/_core/_multiarray_umath.cpython-314-wasm32-emscripten.so';
  byPath.set(umath, patch(Buffer.from(byPath.get(umath)!)));
  for (const { file, find, put, times = 1 } of TEXT_RULES) {
    if (!byPath.has(`${file.split('/')[0]}/__init__.py`)) continue;
    const text = Buffer.from(byPath.get(file) ?? []).toString();
    const found = text.split(find).length - 1;
    if (found !== times) throw new Error(`${file}: found ${found} times, not ${times}: ${find}`);
    byPath.set(file, Buffer.from(text.replaceAll(find, () => put)));
  }
  for (const [path, name] of NEW)
    if (byPath.has(`${path.split('/')[0]}/__init__.py`)) byPath.set(path, readFileSync(join(HERE, name)));
  return [...byPath].map(([path, bytes]) => ({ path: `${SITE_PACKAGES}/${path}`, bytes }));
}
