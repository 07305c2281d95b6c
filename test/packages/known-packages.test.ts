// What is said of modules that scripts import in vain.

import { describe, expect, it } from 'vitest';
import { insteadOf, remedyFor } from '../../src-main/packages/known-packages.ts';
import { pyodidePackage } from '../../src-main/packages/package-list.ts';
import { readPyodideBuilds } from '../../src-main/packages/pyodide-builds.ts';
import { PYODIDE_VERSION } from '../../src-main/packages/sources.ts';
import known from '../../src-main/python/tabpy_tray/known_packages.json' with { type: 'json' };

const { abi, builds } = await readPyodideBuilds(pyodidePackage().dir);

describe('a module that is missing', () => {
  it.each([
    ['seaborn', 'seaborn'],
    ['cv2', 'opencv-python'],
    ['bs4', 'beautifulsoup4'],
    ['lightgbm', 'lightgbm'],
    ['polars', 'polars'],
  ])('%s is of the package %s', (module, name) => {
    expect(remedyFor(module, builds)).toEqual({ kind: 'add', package: name });
  });

  it('that cannot run here has something to use instead', () => {
    expect(remedyFor('tensorflow', builds)).toMatchObject({ kind: 'cannot', instead: /scikit-learn/ });
    expect(insteadOf('Sentence-Transformers')).toMatch(/TfidfVectorizer/);
    expect(insteadOf('seaborn')).toBe(null);
  });

  it('that nobody knows is only looked up', () => {
    expect(remedyFor('salesrules', builds)).toEqual({ kind: 'look', package: 'salesrules' });
  });
});

describe('what is known', () => {
  it('names each module once, and none both ways', () => {
    const cannot = known.cannot.flatMap((one) => one.modules);
    expect(new Set(cannot).size).toBe(cannot.length);
    expect(cannot.filter((module) => module in known.packages)).toEqual([]);
    expect(cannot.filter((module) => Object.values(builds).some(({ imports }) => imports.includes(module)))).toEqual(
      [],
    );
  });

  it('is of the Pyodide that is here', () => {
    expect(PYODIDE_VERSION).toBe(pyodidePackage().version);
    expect(abi).toBe('2026_0');
  });
});
