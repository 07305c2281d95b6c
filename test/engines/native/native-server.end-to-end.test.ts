// The real server with a Python of the user's: what callers see, what is refused, and what stays when it is killed.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pythonTool } from '../../support/python-env.ts';
import { allProcessesBelow } from '../../support/process-tree.ts';
import { startServer } from '../../support/running-server.ts';
import type { RunningServer } from '../../support/running-server.ts';

const OWN_FOLDER = "import os\nreturn os.environ['TMPDIR']";

describe.skipIf(process.platform !== 'linux')('a server with --python', () => {
  const start = async (...args: string[]): Promise<RunningServer> => {
    const server = await startServer({ args: ['--python', pythonTool('python'), ...args] });
    onTestFinished(async () => void (await server.stop()));
    return server;
  };

  it('runs scripts and deployed functions in that Python', async () => {
    const server = await start();
    const versions = spawnSync(pythonTool('python'), [
      '-c',
      'import numpy, sys; print(sys.version, numpy.__version__)',
    ]);
    const script = 'import numpy, sys\nreturn f"{sys.version} {numpy.__version__}"';
    expect((await server.evaluate(script)).body).toBe(versions.stdout.toString().trim());
    const deploy = `from tabpy.tabpy_tools.client import Client
def double(x): return [2 * one for one in x]
Client('http://localhost:9004/').deploy('double', double, 'doubles')`;
    expect((await server.evaluate(deploy)).status).toBe(200);
    const answer = await server.post('/query/double', { data: { x: [1, 2] } });
    expect(answer.body).toMatchObject({ response: [2, 4] });
    expect((await server.get('/info')).body).toMatchObject({
      versions: { v1: { features: { evaluate_enabled: true } } },
    });
  });

  it('gives each caller an interpreter and a folder of their own', async () => {
    const server = await start();
    const folderOf = async (user: string): Promise<unknown> =>
      (await server.post('/evaluate', { data: {}, script: OWN_FOLDER }, { 'TabPy-User': user })).body;
    const [ann, bob] = [await folderOf('ann'), await folderOf('bob')];
    expect(ann).not.toBe(bob);
    expect(await folderOf('ann')).toBe(ann);
  });

  it('leaves no process and no folder when it is killed', async () => {
    const server = await start();
    const folder = path.resolve((await server.evaluate(OWN_FOLDER)).body as string, '../../..');
    expect(existsSync(folder)).toBe(true);
    const below = allProcessesBelow(server.pid).map(({ pid }) => pid);
    expect(below.length).toBeGreaterThan(1);
    process.kill(server.pid, 'SIGKILL');
    await expect.poll(() => existsSync(folder)).toBe(false);
    await expect.poll(() => below.filter((pid) => isRunning(pid))).toEqual([]);
  });

  it.each([
    ['/nowhere/python', 'There is no Python at /nowhere/python. Check the path.'],
    ['nobody', 'There is no environment named nobody. tabpy-tray environments list shows those that there are'],
    ['/bin/true', '/bin/true is not a Python that runs here: it does not answer as Python does.'],
  ])('does not start with %s, and says why', async (python, why) => {
    await expect(startServer({ args: ['--python', python] })).rejects.toThrow(`Python cannot be started: ${why}`);
  });
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
