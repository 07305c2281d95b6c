// `tabpy-tray import` as it is typed, on a folder that no server has.

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { pythonTool } from '../support/python-env.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { installTabpy } from '../tabpy-import/support/installation.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const SAVE = `
import sys
import cloudpickle
from tabpy.tabpy_tools.custom_query_object import CustomQueryObject
def half(x):
    return [value / 2 for value in x]
sys.stdout.buffer.write(cloudpickle.dumps(CustomQueryObject(half, "")))
`;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function command(...args: readonly string[]): Promise<Ended> {
  return run(process.execPath, ['src-main/entries/cli.ts', ...args], { cwd: root }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  );
}

it('takes over a TabPy without a server, says what it left behind, and ends with 3', { timeout: 240_000 }, async () => {
  const dataDir = temporaryFolder();
  const old = temporaryFolder();
  mkdirSync(path.join(old, 'work'));
  const source = path.join(old, 'work/half.py');
  writeFileSync(source, SAVE);
  const { stdout: pickle } = await run(pythonTool('python'), [source], { encoding: 'buffer' });
  installTabpy(old, [
    { name: 'half', pickle, version: 3 },
    { name: 'gone', pickle: null },
  ]);

  const taken = await command('import', old, '--data-dir', dataDir);
  expect(taken.code).toBe(3);
  expect(taken.stdout).toMatch(/half 3 +imported/);
  expect(taken.stdout).toMatch(/gone 1 +failed +Its file .* is missing/);
  expect(taken.stdout).toMatch(/1 of 2 were not imported. Each line says what to do\.\n$/);

  const listed = await command('functions', 'list', '--json', '--data-dir', dataDir);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'half', version: 3, status: 'LoadSuccessful' }]);

  const nothing = await command('import', path.join(old, 'nowhere'), '--data-dir', dataDir);
  expect([nothing.code, nothing.stderr]).toEqual([1, `${path.join(old, 'nowhere')} does not exist.\n`]);
});
