// Pickles that mean to have the server read files: what they name is not read, and nothing of a file gets further than it must.
// What is read at all: test/http/source-files.test.ts. Where it is compiled: test/runtime/runtime.test.ts.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const run = promisify(execFile);

/** Saves `source`'s function `name` as if it had been written in `file`. */
const SAVE = `
import os, sys
import cloudpickle
from tabpy.tabpy_tools.custom_query_object import CustomQueryObject
folder, file, source, name = sys.argv[1:]
names = {"__name__": "__main__", "__file__": file}
exec(compile(source, file, "exec"), names)
os.makedirs(folder)
with open(folder + "/pickle_archive", "wb") as out:
    cloudpickle.dump(CustomQueryObject(names[name], ""), out)
`;
const OWN = 'def own(x):\n    return x + 1\n';
const SECRETS = `${OWN}\n\ndef connect(key="hunter2-in-a-default"):\n    return "hunter2-in-a-text", key  # hunter2-in-a-remark\n`;

describe('a pickle that names a file of this computer', () => {
  let dataDir: string;
  let files: string;
  let server: RunningServer;
  let count = 0;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-sources-'));
    files = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-secrets-'));
    await writeFile(path.join(files, 'secrets.py'), SECRETS);
    server = await startServer({ dataDir });
  });

  afterAll(async () => {
    await server.stop();
    for (const folder of [dataDir, files]) await rm(folder, { recursive: true, force: true });
  });

  /** What the server says of a function that claims to be from a file. */
  const claim = async (
    file: string,
    source: string,
    name: string,
  ): Promise<{ status: string; error: string | null }> => {
    const called = `claim-${++count}`;
    const staged = path.join(dataDir, 'staging/endpoints', called, '1');
    await run(pythonTool('python'), ['-c', SAVE, staged, file, source, name]);
    await server.post('/endpoints', { name: called, type: 'model', src_path: staged });
    const status = (await server.get('/status')).body as Record<string, { status: string; last_error: string | null }>;
    return { status: status[called]!.status, error: status[called]!.last_error };
  };

  it('gets its own function from there, and nothing else of the file is kept anywhere', async () => {
    expect(await claim(path.join(files, 'secrets.py'), OWN, 'own')).toEqual({ status: 'LoadSuccessful', error: null });
    expect((await server.post(`/query/claim-${count}`, { data: [1] })).body).toMatchObject({ response: 2 });
    const kept = await readdir(dataDir, { recursive: true, withFileTypes: true });
    for (const one of kept.filter((entry) => entry.isFile()))
      expect(await readFile(path.join(one.parentPath, one.name), 'latin1')).not.toContain('hunter2');
  });

  it('gets no function that it did not hold already, and is told the same whatever the file is', async () => {
    await symlink('/etc/passwd', path.join(files, 'passwd.py'));
    await symlink(path.join(files, 'secrets.py'), path.join(files, 'no-python.txt'));
    await writeFile(path.join(files, 'huge.py'), OWN + '#'.repeat(2_000_000));
    const guess = 'def connect(key="guess"):\n    return "guess", key\n';
    const told = [
      await claim(path.join(files, 'secrets.py'), guess, 'connect'),
      await claim('/etc/passwd', OWN, 'own'),
      await claim(path.join(files, 'passwd.py'), OWN, 'own'),
      await claim(path.join(files, 'no-python.txt'), OWN, 'own'),
      await claim(path.join(files, 'huge.py'), OWN, 'own'),
      await claim('/nowhere/at/all.py', OWN, 'own'),
    ];
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]).toMatchObject({
      status: 'LoadFailed',
      error: expect.stringMatching(/^This function was saved by /),
    });
  });
});
