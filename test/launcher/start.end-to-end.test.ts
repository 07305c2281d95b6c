// `npm start` on a machine without a screen, as on a server or in a container.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('npm start', () => {
  it.runIf(process.platform === 'linux')('serves without a window where there is no screen, and says why', async () => {
    const server = await startServer({
      program: ['src-main/entries/npm-start.ts'],
      args: ['--hidden'],
      env: { DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    try {
      const lines = server.output().match(/^No tray app here: .*$/gm);
      expect(lines).toEqual([expect.stringContaining('there is no screen')]);
      expect(await server.evaluate('return 1')).toMatchObject({ status: 200, body: 1 });
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it('answers a question without opening anything', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['src-main/entries/npm-start.ts', '--version'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^tabpy-tray \d/);
    expect(stderr).not.toContain('tray app');
  });
});
