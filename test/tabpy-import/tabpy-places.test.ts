import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import { tabpyPlaceOf } from '../../src-main/tabpy-import/tabpy-places.ts';
import { pythonOfTabpy } from '../../src-main/tabpy-import/tabpy-python.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { installTabpy } from './support/installation.ts';

const python = (folder: string): string => {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'python3');
  // It must be found, not started.
  writeFileSync(file, '#!/bin/sh\nexit 1\n');
  chmodSync(file, 0o755);
  return folder;
};
const find = (env: Readonly<Record<string, string>>) => tabpyPlaceOf(null, { HOME: temporaryFolder(), ...env }, []);
const used = [{ name: 'f', pickle: 'fine' }];

describe.skipIf(process.platform === 'win32')('a TabPy that nobody named', () => {
  it('is found beside a Python on the PATH', async () => {
    const root = temporaryFolder();
    const bin = python(path.join(root, 'bin'));
    const state = installTabpy(path.join(root, 'lib/python3.12/site-packages/tabpy/tabpy_server'), used);
    expect(await find({ PATH: `/nowhere${path.delimiter}${bin}` })).toEqual({
      stateFolder: state,
      configFile: null,
      config: null,
    });
  });

  it('is found where a virtual environment’s Python comes from, and where pyenv keeps its own', async () => {
    const root = temporaryFolder();
    const bin = python(path.join(root, 'base/bin'));
    mkdirSync(path.join(root, 'env/bin'), { recursive: true });
    symlinkSync(path.join(bin, 'python3'), path.join(root, 'env/bin/python3'));
    const state = installTabpy(path.join(root, 'base/lib/python3.12/site-packages/tabpy/tabpy_server'), used);
    expect((await find({ PATH: path.join(root, 'env/bin') })).stateFolder).toBe(state);

    const pyenv = temporaryFolder();
    mkdirSync(path.join(pyenv, 'shims'));
    const other = installTabpy(path.join(pyenv, 'versions/3.9.1/lib/python3.9/site-packages/tabpy/tabpy_server'), used);
    expect((await find({ PATH: path.join(pyenv, 'shims') })).stateFolder).toBe(other);
  });

  it('is the one that has functions, where there are several', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    installTabpy(path.join(one, 'lib/python3.12/site-packages/tabpy/tabpy_server'), []);
    const state = installTabpy(path.join(two, 'lib/python3.12/site-packages/tabpy/tabpy_server'), used);
    const PATH = [one, two].map((root) => python(path.join(root, 'bin'))).join(path.delimiter);
    expect((await find({ PATH })).stateFolder).toBe(state);
    installTabpy(path.join(one, 'lib/python3.12/site-packages/tabpy/tabpy_server'), used);
    await expect(find({ PATH })).rejects.toThrow(/^There are several folders of TabPy/);
  });

  it('is where TABPY_STATE_PATH says', async () => {
    const state = installTabpy(temporaryFolder(), []);
    expect((await find({ PATH: '', TABPY_STATE_PATH: state })).stateFolder).toBe(state);
  });

  it('that is nowhere is said so', async () => {
    await expect(find({ PATH: temporaryFolder() })).rejects.toThrow(Refusal);
  });
});

describe.skipIf(process.platform === 'win32')('the Python of a TabPy', () => {
  it('is the one that it was installed into', async () => {
    const root = temporaryFolder();
    python(path.join(root, 'bin'));
    const state = path.join(root, 'lib/python3.12/site-packages/tabpy/tabpy_server');
    expect(await pythonOfTabpy(state)).toBe(path.join(root, 'bin/python3'));
  });

  it('is not known where the state lies elsewhere, or where no Python is beside its packages', async () => {
    const root = temporaryFolder();
    python(path.join(root, 'bin'));
    expect(await pythonOfTabpy(path.join(root, 'state'))).toBeNull();
    expect(await pythonOfTabpy('/site-packages/tabpy')).toBeNull();
    const other = path.join(temporaryFolder(), 'lib/python3.12/site-packages/tabpy/tabpy_server');
    expect(await pythonOfTabpy(other)).toBeNull();
  });
});
