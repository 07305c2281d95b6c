// Environments on the real program: with a server and without one, on the command line and in the console's page.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startIndex } from '../packages/support/tiny-wheels.ts';
import type { FakeIndex } from '../packages/support/tiny-wheels.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { pythonTool } from '../support/python-env.ts';
import { runCommand } from '../support/run-command.ts';
import type { Said } from '../support/run-command.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import { ENVIRONMENT_WORDS } from '../../src-renderer/features/packages/environments/words.ts';

const LIMIT_MS = 240_000;
const program = findChromium();
const python = pythonTool('python');

describe('environments', { timeout: LIMIT_MS }, () => {
  let index: FakeIndex;
  let server: RunningServer;
  const env = () => ({ TABPY_TRAY_PACKAGE_INDEX: index.url, PIP_CONFIG_FILE: '/dev/null' });
  const environments = (dataDir: string, ...args: readonly string[]): Promise<Said> =>
    runCommand(['environments', ...args, '--data-dir', dataDir], env());

  beforeAll(async () => {
    index = await startIndex();
    server = await startServer({ env: env(), args: ['--console'] });
  }, LIMIT_MS);
  afterAll(async () => {
    await server.stop();
    await index.close();
  });

  it('are added, looked into and removed on a folder that no server has', async () => {
    const dataDir = temporaryFolder();
    expect(await environments(dataDir, 'list')).toMatchObject({
      code: 0,
      out: 'No environments were added. Scripts run with the Python of TabPy Tray.\n',
    });
    const added = await environments(dataDir, 'add', python, '--name', 'tests');
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toMatch(/^Added: tests {2}Python 3\.\d+\.\d+, existing, \d+ packages {2}/);
    const listed = JSON.parse((await environments(dataDir, 'list', '--json')).out) as object;
    expect(listed).toMatchObject({ environments: [{ name: 'tests', kind: 'existing', python, fault: null }] });
    expect((await environments(dataDir, 'look', 'tests')).out).toContain('  cloudpickle 3.1.2\n');
    expect(await environments(dataDir, 'add', python)).toMatchObject({
      code: 1,
      err: `${python} is in the list already, as tests.\n`,
    });
    expect(await environments(dataDir, 'add', dataDir)).toMatchObject({
      code: 1,
      err: `The folder ${dataDir} contains no Python. Name the folder of an environment, or the path of its Python.\n`,
    });
    expect(await environments(dataDir, 'change', 'tests')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name packages to add (--add) or to remove (--remove).'),
    });
    expect(await environments(dataDir, 'remove', 'tests')).toMatchObject({ code: 0, out: 'Removed tests.\n' });
    expect(JSON.parse(readFileSync(path.join(dataDir, 'environments.json'), 'utf8'))).toEqual({
      format: 1,
      environments: [],
    });
  });

  it('are changed in the server that has the folder, and say why one cannot be made', async () => {
    const { dataDir } = server;
    expect(await environments(dataDir, 'add', python, '--name', 'lab')).toMatchObject({ code: 0, err: '' });
    const made = await environments(dataDir, 'create', 'sales', 'pandas');
    expect(made.code).toBe(1);
    expect(made.err).toMatch(/^uv \S+, which makes environments, could not be fetched: .* does not offer uv-/);
    expect(await environments(dataDir, 'create', 'sales')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name packages, or a file with --from.'),
    });
    expect(server.output()).toContain('environment lab was added: Python ');
    expect(await server.evaluate('return 1')).toMatchObject({ status: 200, body: 1 });
  });

  it.skipIf(program === null)('are shown in the window, which tells of each change', async () => {
    const browser = await launchChromium(program!);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await expect.poll(() => server.output(), { timeout: 30_000 }).toMatch(/in a browser: \S+/);
    await page.goto(/in a browser: (\S+)/.exec(server.output())![1]!);
    await page.getByRole('link', { name: WORDS.screens.packages, exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: python });
    await row.waitFor();
    await page.getByRole('button', { name: ENVIRONMENT_WORDS.lookAt('lab') }).click();
    await page.getByText(ENVIRONMENT_WORDS.unchanged).waitFor();
    await environments(server.dataDir, 'remove', 'lab');
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: ENVIRONMENT_WORDS.addTitle }).click();
    await page.getByRole('textbox', { name: ENVIRONMENT_WORDS.path }).fill(python);
    await page.keyboard.press('Enter');
    await row.waitFor();
    expect((await page.getByRole('alert').allTextContents()).join('')).toBe('');
  });
});
