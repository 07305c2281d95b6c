// What is said of a Python that somebody names.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectPython } from '../../../src-main/engines/native/environment.ts';
import { pythonTool } from '../../support/python-env.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

function program(folder: string, text: string): string {
  const file = path.join(folder, 'python');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe.skipIf(process.platform === 'win32')('inspectPython', () => {
  it('finds the Python of a folder, with its version', async () => {
    const python = pythonTool('python');
    const found = await inspectPython(path.dirname(path.dirname(python)));
    expect(found.version).toMatch(/^3\.\d+\.\d+$/);
    expect(path.dirname(found.python)).toBe(path.dirname(python));
  });

  it('says that there is none', async () => {
    await expect(inspectPython('/nowhere/python')).rejects.toThrow(
      'There is no Python at /nowhere/python. Check the path.',
    );
  });

  it('says that a folder holds none', async () => {
    const folder = path.join(temporaryFolder(), 'empty');
    mkdirSync(folder);
    await expect(inspectPython(folder)).rejects.toThrow(`The folder ${folder} holds no Python environment`);
  });

  it('says that a program is no Python', async () => {
    const file = program(temporaryFolder(), 'echo hello');
    await expect(inspectPython(file)).rejects.toThrow(
      `${file} is not a Python that runs here: it does not answer as Python does.`,
    );
  });

  it('passes on why a Python does not start', async () => {
    const file = program(temporaryFolder(), 'echo "no module named encodings" >&2; exit 1');
    await expect(inspectPython(file)).rejects.toThrow('no module named encodings.');
  });

  it('refuses a Python that is too old, and one that is another kind', async () => {
    const old = program(temporaryFolder(), `echo '["cpython", [3, 10, 13], "/usr"]'`);
    await expect(inspectPython(old)).rejects.toThrow(`${old} is Python 3.10.13. Choose Python 3.11 or newer.`);
    const other = program(temporaryFolder(), `echo '["pypy", [3, 11, 1], "/usr"]'`);
    await expect(inspectPython(other)).rejects.toThrow(`${other} is pypy. Choose a CPython 3.11 or newer.`);
  });
});
