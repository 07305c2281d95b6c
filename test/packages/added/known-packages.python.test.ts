// What is said of modules that scripts import in vain.

import { describe, expect, it } from 'vitest';
import { DEFAULT_MEMORY_BYTES } from '../../../src-main/engines/builtin/image/image.ts';
import { TEMPORARY_BYTES } from '../../../src-main/engines/builtin/guest/writable.ts';
import { importsOf, insteadOf, packageMeantBy, remedyFor } from '../../../src-main/packages/added/known-packages.ts';
import { pyodidePackage } from '../../../src-main/packages/store/package-list.ts';
import { readPyodideBuilds } from '../../../src-main/packages/store/pyodide-builds.ts';
import { PYODIDE_VERSION } from '../../../src-main/packages/store/sources.ts';
import table from '../../../src-main/python/tabpy_tray/hints.json' with { type: 'json' };
import { SETTINGS } from '../../../src-shared/settings.ts';

const { abi, builds } = await readPyodideBuilds(pyodidePackage().dir);

describe('a module that is missing', () => {
  it.each([
    ['seaborn', 'seaborn'],
    ['cv2', 'opencv-python'],
    ['bs4', 'beautifulsoup4'],
    ['dotenv', 'python-dotenv'],
    ['lightgbm', 'lightgbm'],
    ['polars', 'polars'],
  ])('%s is of the package %s', (module, name) => {
    expect(remedyFor(module, builds)).toEqual({ kind: 'add', package: name });
  });

  it('that cannot run here has something to use instead', () => {
    expect(remedyFor('tensorflow', builds)).toMatchObject({
      kind: 'cannot',
      instead: expect.stringMatching(/scikit-learn/) as string,
    });
    expect(insteadOf('Sentence-Transformers')).toMatch(/TfidfVectorizer/);
    expect(insteadOf('seaborn')).toBe(null);
  });

  it.each([
    ['openai', 'openai'],
    ['boto3', 'boto3'],
    ['yfinance', 'yfinance'],
    ['httpx', 'httpx'],
    ['google', 'google'],
    ['snowflake', 'a database driver'],
  ])('%s, which needs a network, is not offered', (module, name) => {
    expect(remedyFor(module, builds)).toMatchObject({
      kind: 'cannot',
      package: name,
      instead: expect.stringMatching(/network/) as string,
    });
  });

  it('that needs a program is not offered', () => {
    expect(remedyFor('pytesseract', builds)).toMatchObject({
      kind: 'cannot',
      instead: expect.stringMatching(/program/) as string,
    });
    expect(insteadOf('pdf2image')).toMatch(/program/);
  });

  it('that nobody knows is only looked up', () => {
    expect(remedyFor('salesrules', builds)).toEqual({ kind: 'look', package: 'salesrules' });
  });
});

describe('a word that somebody writes', () => {
  const there = [{ name: 'scikit-learn', imports: ['sklearn'] }];

  it.each([
    ['sklearn', 'scikit-learn', 'sklearn'],
    ['cv2', 'opencv-python', 'cv2'],
    ['PIL', 'pillow', 'PIL'],
    ['pil.image', 'pillow', 'PIL'],
    ['yaml', 'pyyaml', 'yaml'],
    ['bs4', 'beautifulsoup4', 'bs4'],
  ])('%s means the package %s', (word, name, module) => {
    expect(packageMeantBy(word, there, builds)).toEqual({ name, module });
  });

  it('means a package of this name before a module of it', () => {
    expect(packageMeantBy('Scikit_Learn', there, builds)).toEqual({ name: 'scikit-learn', module: null });
    expect(packageMeantBy('seaborn', there, builds)).toMatchObject({ module: null });
  });

  it.each(['pyodbc', 'tensorflow', 'google.cloud', 'salesrules'])('means nothing that can be added: %s', (word) => {
    expect(packageMeantBy(word, there, builds)).toBeNull();
  });

  it('has its modules the other way round', () => {
    expect(importsOf('scikit-learn', builds)).toEqual(['sklearn']);
    expect(importsOf('vadersentiment', {})).toEqual(['vaderSentiment']);
    expect(importsOf('nobody-knows', builds)).toEqual([]);
  });
});

describe('what is known', () => {
  const packages: readonly { package: string; imports: string[]; needs?: string[] }[] = table.packages;

  it('names each module and each package once, and at least 150', () => {
    const imports = packages.flatMap((one) => one.imports);
    expect(imports.length).toBeGreaterThan(150);
    expect(new Set(imports).size).toBe(imports.length);
    expect(new Set(packages.map((one) => one.package)).size).toBe(packages.length);
  });

  it('has words for each need', () => {
    const needs = new Set(packages.flatMap((one) => one.needs ?? []));
    expect([...needs].filter((need) => !(need in table.needs))).toEqual([]);
  });

  it('calls nothing native of which Pyodide has a build', () => {
    const native = packages.filter((one) => one.needs?.includes('native')).flatMap((one) => one.imports);
    const built = native.filter((module) => Object.values(builds).some(({ imports }) => imports.includes(module)));
    expect(built).toEqual([]);
  });

  it('tells limits and settings as they are', () => {
    expect(table.hints.memory).toContain(`${(DEFAULT_MEMORY_BYTES / 1024 ** 2).toLocaleString('en')} MB`);
    expect(table.hints.memory).toContain(SETTINGS.interpreterMegabytes.env);
    expect(table.hints.memory).toContain(SETTINGS.interpreterMegabytes.label);
    expect(table.hints.temporary).toContain(`${TEMPORARY_BYTES / 1024 ** 2} MB`);
    expect(table.hints.file).toContain(SETTINGS.filesForScripts.label);
  });

  it('is of the Pyodide that is here', () => {
    expect(PYODIDE_VERSION).toBe(pyodidePackage().version);
    expect(abi).toBe('2026_0');
  });
});
