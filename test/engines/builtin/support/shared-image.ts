// The images that the interpreter's tests share: made once, kept in the temporary folder under the hash of their inputs.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { preimportFor } from '../../../../src-main/engines/builtin/image/preimport.ts';
import { buildImage, checkImage, imageInputsHash } from '../../../../src-main/engines/builtin/image/image.ts';
import type { ImageInfo } from '../../../../src-main/engines/builtin/image/image.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** Where wheels may lie; the first that exists counts. */
const WHEEL_FOLDERS = [process.env.TABPY_TRAY_WHEELS, join(ROOT, '.store', 'wheels')];

const CORE = ['pydantic_core', 'typing_extensions', 'msgspec', 'cloudpickle'];
const NUMBERS = [...CORE, 'numpy', 'joblib', 'threadpoolctl'];

const SETS = {
  /** Python alone: always possible. */
  bare: [],
  core: CORE,
  numbers: NUMBERS,
  science: [...NUMBERS, 'pandas', 'python_dateutil', 'pytz', 'six', 'tzdata', 'scipy', 'scikit_learn'],
} as const;

function wheelsOf(names: readonly string[]): string[] | null {
  if (names.length === 0) return [];
  const folder = WHEEL_FOLDERS.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (folder === undefined) return null;
  const found = readdirSync(folder).filter((file) => names.includes(file.split('-')[0]!) && file.endsWith('.whl'));
  return found.length === names.length ? found.map((file) => join(folder, file)) : null;
}

/** @returns null when the wheels are not here (TABPY_TRAY_WHEELS names their folder) */
export async function sharedImage(set: keyof typeof SETS): Promise<ImageInfo | null> {
  const wheels = wheelsOf(SETS[set]);
  if (!wheels) return null;
  const input = {
    pyodideDir: join(ROOT, 'node_modules', 'pyodide'),
    wheels,
    pythonDir: join(ROOT, 'src-main', 'python'),
    preimport:
      wheels.length > 0
        ? preimportFor(wheels.map((path) => path.slice(path.lastIndexOf('/') + 1)))
        : ['tabpy_tray.entry'],
    outDir: '',
  };
  const shared = join(tmpdir(), 'tabpy-tray-test-images', imageInputsHash(input).slice(0, 16));
  mkdirSync(join(shared, '..'), { recursive: true });
  if (!existsSync(shared)) {
    // Test files run side by side: whoever is first gives the folder its name, the other throws its own away.
    const outDir = `${shared}.${process.pid}`;
    await buildImage({ ...input, outDir });
    try {
      renameSync(outDir, shared);
    } catch {
      rmSync(outDir, { recursive: true, force: true });
    }
  }
  return checkImage(shared);
}
