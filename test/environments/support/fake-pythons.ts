// Programs and folders that look like Pythons, made by a test. Must not know who looks into them.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A shell script at a path. */
export function program(file: string, script: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A program that answers as a Python does; `more` replaces what it tells. */
export function fakePython(file: string, more: Readonly<Record<string, unknown>> = {}): string {
  const answer = {
    tabpyTray: 1,
    python: file,
    version: '3.12.4',
    implementation: 'CPython',
    machine: 'x86_64',
    prefix: path.dirname(path.dirname(file)),
    basePrefix: '/usr',
    packages: [{ name: 'six', version: '1.17.0' }],
    ...more,
  };
  return program(file, `cat <<'END'\n${JSON.stringify(answer)}\nEND`);
}

/** The folder of a virtual environment whose Python is a link to another program. */
export function fakeVenv(folder: string, base: string, version = '3.11.9'): string {
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  writeFileSync(path.join(folder, 'pyvenv.cfg'), `home = ${path.dirname(base)}\nversion = ${version}\n`);
  symlinkSync(base, path.join(folder, 'bin/python3'));
  return path.join(folder, 'bin/python3');
}

/** The folder of an environment of conda or pixi. */
export function fakeConda(folder: string, version = '3.13.1'): string {
  mkdirSync(path.join(folder, 'conda-meta'), { recursive: true });
  writeFileSync(path.join(folder, `conda-meta/python-${version}-h9ebbce0_0_cpython.json`), '{}');
  return program(path.join(folder, 'bin/python3'), 'exit 1');
}
