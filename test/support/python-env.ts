// A Python for the tests, with the real TabPy client in it, made once in .venv. Must not touch the machine's own Python.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, '.venv');
const bin = path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');

/** The program `name` of the tests' Python, such as `python`, `pytest` or `ruff`. */
export function pythonTool(name: string): string {
  return path.join(bin, process.platform === 'win32' ? `${name}.exe` : name);
}

/** Makes .venv when it is not there or its requirements changed. Says what it does. */
export function ensurePythonEnv(say: (text: string) => void): void {
  const requirements = path.join(root, 'test/requirements.txt');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const mark = path.join(folder, 'requirements.sha256');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!python) throw new Error('Python 3 is needed to test with the real TabPy client. Install python3 and pip.');
  say('Making a Python with the real TabPy client in .venv (once, about a minute)');
  rmSync(folder, { recursive: true, force: true });
  // Without pip of its own: Debian's python3 lacks ensurepip, and its pip installs into other environments as well.
  execFileSync(python, ['-m', 'venv', '--without-pip', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', '--python', pythonTool('python'), 'install', '--quiet', '--disable-pip-version-check'];
  execFileSync(python, [...pip, '-r', requirements], { stdio: 'inherit' });
  writeFileSync(mark, wanted);
}
