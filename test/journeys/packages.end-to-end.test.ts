// A script that needs a package which is not here, on the real server: what it says, adding the package, the script again.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startIndex, tinyWheel } from '../packages/support/tiny-wheels.ts';
import type { FakeIndex } from '../packages/support/tiny-wheels.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { runCommand } from '../support/run-command.ts';
import type { Said } from '../support/run-command.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import { INSPECTOR_WORDS } from '../../src-renderer/features/requests/inspector/words.ts';
import { PACKAGE_WORDS } from '../../src-renderer/features/packages/words.ts';

const LIMIT_MS = 240_000;
const program = findChromium();

describe('a script that imports what is not here', { timeout: LIMIT_MS }, () => {
  let index: FakeIndex;
  let server: RunningServer;
  const env = () => ({ TABPY_TRAY_PACKAGE_INDEX: index.url, PIP_CONFIG_FILE: '/dev/null' });
  const packages = (dataDir: string, ...args: readonly string[]): Promise<Said> =>
    runCommand(['packages', ...args, '--data-dir', dataDir], env());

  beforeAll(async () => {
    index = await startIndex(
      tinyWheel('colourful', {
        requires: ['shades>=1'],
        files: { 'colourful/__init__.py': 'from shades import shade\n' },
      }),
      tinyWheel('shades', { version: '1.1', files: { 'shades.py': 'def shade(x):\n    return x + 1\n' } }),
      tinyWheel('shades', { version: '0.9' }),
    );
    server = await startServer({ env: env(), args: ['--console'] });
  }, LIMIT_MS);
  afterAll(async () => {
    await server.stop();
    await index.close();
  });

  it('is answered with what to do, works once the package is added, and fails again once it is removed', async () => {
    const script = 'from colourful import shade\nreturn [shade(x) for x in _arg1]';
    const data = { _arg1: [1, 2] };
    const before = await server.evaluate(script, data);
    expect(before.status).toBe(500);
    expect(before.body).toMatchObject({
      info: "ModuleNotFoundError : No module named 'colourful'. If colourful is a package without compiled code, you can add it on the Packages screen of TabPy Tray. If colourful.py is a file of yours, put its code into the script, or put the file into the folder for scripts (Settings ▸ Files for scripts, --files); scripts can import it from there.",
    });

    const dry = await packages(server.dataDir, 'add', 'Colourful', '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toMatch(/^\+ colourful 1\.0 .*\n\+ shades 1\.1 .*needed by colourful\n$/);
    expect(await server.evaluate(script, data)).toMatchObject({ status: 500 });

    const added = await packages(server.dataDir, 'add', 'Colourful');
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(await server.evaluate(script, data)).toMatchObject({ status: 200, body: [2, 3] });
    const listed = await packages(server.dataDir, 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject({
      added: [
        { name: 'colourful', version: '1.0', asked: 'Colourful', fault: null },
        { name: 'shades', version: '1.1', asked: null, neededBy: ['colourful'] },
      ],
      bundled: expect.arrayContaining([expect.objectContaining({ name: 'numpy' })]),
      missing: [],
    });

    expect(await packages(server.dataDir, 'remove', 'shades')).toMatchObject({
      code: 1,
      err: 'colourful needs shades. Remove colourful first.\n',
    });
    expect(await packages(server.dataDir, 'remove', 'colourful')).toMatchObject({
      code: 0,
      out: 'Removed colourful.\n',
    });
    expect(await server.evaluate(script, data)).toMatchObject({ status: 500 });
  });

  it.skipIf(program === null)('is mended in the window, from its request on', async () => {
    index.offer(tinyWheel('painter'));
    const browser = await launchChromium(program!);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(/in a browser: (\S+)/.exec(server.output())![1]!);
    const script = 'import painter\nreturn painter.__version__';
    expect(await server.evaluate(script)).toMatchObject({ status: 500 });
    await page.getByRole('link', { name: WORDS.screens.requests, exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'painter' }).first().click();
    await page.getByRole('button', { name: INSPECTOR_WORDS.addOne('painter') }).click();
    await page.getByRole('button', { name: PACKAGE_WORDS.addNow(1) }).click();
    await page.getByRole('button', { name: PACKAGE_WORDS.removeOne('painter') }).waitFor();
    expect(await server.evaluate(script)).toMatchObject({ status: 200, body: '1.0' });
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('loses no request while packages change', async () => {
    index.offer(tinyWheel('quick'));
    const answers: Promise<{ readonly status: number }>[] = [];
    const long = server.evaluate('import time\ntime.sleep(6)\nreturn 1');
    const adding = packages(server.dataDir, 'add', 'quick');
    const done = adding.then(() => 'done' as const);
    for (;;) {
      const one = server.evaluate('return 1');
      answers.push(one);
      if ((await Promise.race([done, one])) === 'done') break;
    }
    expect(await adding).toMatchObject({ code: 0 });
    expect((await long).status).toBe(200);
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(await server.evaluate('import quick\nreturn quick.__version__')).toMatchObject({ status: 200, body: '1.0' });
  });

  it('tries functions again that did not load for lack of a package', async () => {
    index.offer(tinyWheel('rules', { files: { 'rules.py': 'def rule(x):\n    return x * 10\n' } }));
    const deploy = `from tabpy.tabpy_tools.client import Client
import sys, types
fake = types.ModuleType('rules'); exec('def rule(x):\\n    return x * 10\\n', fake.__dict__); sys.modules['rules'] = fake
fake.rule.__module__ = 'rules'
Client('http://localhost:9004/').deploy('ten', fake.rule, 'times ten')
del sys.modules['rules']
return 1`;
    expect(await server.evaluate(deploy)).toMatchObject({ status: 200 });
    const query = () => server.post('/query/ten', { data: { x: 4 } });
    expect((await query()).status).not.toBe(200);
    const { missing } = JSON.parse((await packages(server.dataDir, 'list', '--json')).out) as { missing: unknown[] };
    expect(missing).toContainEqual(expect.objectContaining({ module: 'rules', count: 1 }));
    expect(await packages(server.dataDir, 'add', 'rules')).toMatchObject({ code: 0 });
    expect(await query()).toMatchObject({ status: 200, body: { response: 40 } });
  });

  it('adds to a folder that no server has, and says what cannot be', async () => {
    const dataDir = temporaryFolder();
    expect(await packages(dataDir, 'list')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No packages were added.'),
    });
    const file = path.join(temporaryFolder(), tinyWheel('ourmodels').fileName);
    writeFileSync(file, tinyWheel('ourmodels').bytes);
    const added = await packages(dataDir, 'add', file);
    expect(added.out).toBe('+ ourmodels 1.0  1 kB, from the file\nAdded. Scripts can import ourmodels.\n');
    expect(await packages(dataDir, 'add', 'nowhere')).toMatchObject({
      code: 1,
      err: 'the index has no package named nowhere.\n',
    });
    expect(await packages(dataDir, 'add', 'torch')).toMatchObject({
      code: 1,
      err: expect.stringContaining('scikit-learn'),
    });
    expect(await packages(dataDir, 'take', 'torch')).toMatchObject({ code: 2 });
    expect(JSON.parse(readFileSync(path.join(dataDir, 'packages/packages.json'), 'utf8'))).toMatchObject({
      format: 1,
      packages: [{ name: 'ourmodels', sha256: tinyWheel('ourmodels').sha256, source: 'file' }],
    });
    const again = await startServer({ env: env(), dataDir });
    try {
      expect(await again.evaluate('import ourmodels\nreturn ourmodels.__version__')).toMatchObject({ body: '1.0' });
    } finally {
      await again.stop();
    }
  });
});
