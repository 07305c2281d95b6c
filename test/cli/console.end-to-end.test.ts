import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepLink } from '../../src-main/console/console-link.ts';
import { holdFolder } from '../../src-main/instance/instance.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const LINK = 'http://127.0.0.1:1/open?token=x';
const run = promisify(execFile);
const ask = (dataDir: string) =>
  run(process.execPath, ['src-main/entries/cli.ts', 'console', '--data-dir', dataDir], { cwd: root }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stderr }: { readonly code: number; readonly stderr: string }) => ({ code, stderr }),
  );

describe('tabpy-tray console', () => {
  it('prints the link of the server that runs, not one that a killed server left behind', async () => {
    const dataDir = temporaryFolder();
    await keepLink(dataDir, LINK);
    expect(await ask(dataDir)).toMatchObject({ code: 1, stderr: expect.stringContaining('No server with a console') });
    const held = await holdFolder({ dataDir, program: 'server', log: { error: () => undefined } });
    onTestFinished(() => held.release());
    expect(await ask(dataDir)).toEqual({ code: 0, stdout: `${LINK}\n` });
  });
});
