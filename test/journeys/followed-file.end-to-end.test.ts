// A function that follows a .py file, from the command line to what Tableau gets, against the real server.

import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('a function that follows a file', () => {
  let server: RunningServer;
  const tabpyTray = (...args: readonly string[]) => {
    const line = [
      '--disable-warning=ExperimentalWarning',
      'src-main/entries/cli.ts',
      ...args,
      '--data-dir',
      server.dataDir,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, line, { cwd: root, encoding: 'utf8' });
    return { status, text: `${stdout}${stderr}` };
  };
  const answerOf = async (): Promise<unknown> => {
    const { body } = await server.post('/query/twice', { data: { x: 4 } });
    return (body as { readonly response: unknown }).response;
  };

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server?.stop();
  });

  it('changes when the file is saved, stays while it is broken, and when it is let go', async () => {
    const file = path.join(server.dataDir, 'twice.py');
    await writeFile(file, 'def twice(x):\n    return 2 * x\n');
    expect(tabpyTray('functions', 'follow', file)).toEqual({ status: 0, text: `'twice' follows ${file}.\n` });
    expect(await answerOf()).toBe(8);
    await writeFile(file, 'def twice(x):\n    return -2 * x\n');
    await expect.poll(answerOf, { timeout: 20_000 }).toBe(-8);
    await writeFile(file, 'def twice(x:\n');
    await expect.poll(() => server.output(), { timeout: 20_000 }).toContain("'twice' stays as it was");
    expect(await answerOf()).toBe(-8);
    expect(tabpyTray('functions', 'unfollow', 'twice')).toMatchObject({ status: 0 });
    expect(tabpyTray('functions', 'versions', 'twice').text).toMatch(/^2 \(served\)/m);
  });
});
