// What is left of a script when nobody can stop it any more.

import { rm } from 'node:fs/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { processesBelow } from '../support/process-tree.ts';
import { startServer } from '../support/running-server.ts';

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(process.platform !== 'linux')('a server that is killed', () => {
  it('takes a script that never ends, and idle interpreters, with it', { timeout: 120_000 }, async () => {
    const server = await startServer();
    onTestFinished(() => rm(server.dataDir, { recursive: true, force: true }));
    await server.evaluate('return 1');
    const answering = server.evaluate('while True: pass').catch(() => null);
    const pids = processesBelow(server.pid).map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(0);
    process.kill(server.pid, 'SIGKILL');
    await answering;
    await vi.waitFor(() => expect(pids.filter(isThere)).toEqual([]), { timeout: 10_000 });
  });

  it('that ends an interpreter leaves its watcher behind no longer than that', { timeout: 120_000 }, async () => {
    const server = await startServer({ env: { TABPY_EVALUATE_TIMEOUT: '1' } });
    onTestFinished(() => void server.stop());
    await server.evaluate('return 1');
    const watchers = processesBelow(server.pid).flatMap(({ pid }) => processesBelow(pid).map((one) => one.pid));
    expect(watchers.length).toBeGreaterThan(0);
    expect((await server.evaluate('while True: pass')).status).toBe(408);
    // One of them was the killed one's; the others live on with theirs.
    await vi.waitFor(() => expect(watchers.filter(isThere).length).toBe(watchers.length - 1), { timeout: 10_000 });
    expect((await server.evaluate('return 2')).body).toBe(2);
  });
});
