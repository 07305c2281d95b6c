// What scripts meet at the walls, on the real server: nothing succeeds that has no effect, and each refusal says what to do.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

describe('a script', () => {
  let server: RunningServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-files-'));
    await writeFile(path.join(folder, 'helpers.py'), 'def double(x):\n    return 2 * x\n');
    server = await startServer({ args: ['--files', folder] });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const infoOf = async (script: string): Promise<string> => {
    const { status, body } = await server.evaluate(script);
    expect(status).toBe(500);
    return (body as { info: string }).info;
  };

  it.each([
    "import pandas as pd\npd.DataFrame({'a': [1]}).to_csv('out.csv')\nreturn 1",
    "open('out.txt', 'w')",
    "open('out.txt', 'a')",
    "open('out.txt', 'x')",
    "from pathlib import Path\nPath('out.txt').write_text('x')",
    "from pathlib import Path\n(Path.home() / 'out.txt').write_text('x')",
    "import os\nos.mkdir('out')",
    "import os, tempfile\nos.rename(tempfile.mkstemp()[1], 'out')",
    "import os\nos.open('out', os.O_CREAT | os.O_WRONLY)",
    "import os\nos.chmod('/home/pyodide', 0o777)\nopen('out', 'w')",
    "import shutil\nshutil.copy('/data/helpers.py', 'out.py')",
    "import numpy as np\nnp.save('out.npy', np.ones(3))",
    "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('out.png')",
    "import joblib\njoblib.dump(1, 'out.joblib')",
    "import sqlite3\nsqlite3.connect('out.db').execute('create table a (b)')",
    "import logging\nlogging.FileHandler('out.log')",
    "open('/data/helpers.py', 'a')",
    "open('/data/out.txt', 'w')",
    "import numpy\nopen(numpy.__file__, 'a')",
  ])('that writes a file is told where files can go: %s', async (script) => {
    expect(await infoOf(script)).toMatch(/Scripts can write only temporary files \(module tempfile\)/);
  });

  it.each([
    "with tempfile.TemporaryDirectory() as d:\n    p = d + '/a'\n    open(p, 'w').write('kept')\n    return open(p).read()",
    "with tempfile.NamedTemporaryFile('w+') as f:\n    f.write('kept')\n    f.seek(0)\n    return f.read()",
    "import io\nf = io.StringIO('kept')\nreturn f.read()",
    "open('/dev/null', 'w').write('x')\nreturn 'kept'",
  ])('may write temporary files: %s', async (script) => {
    expect((await server.evaluate(`import tempfile\n${script}`)).body).toBe('kept');
  });

  it('may keep so many temporary files and no more', async () => {
    const write = "f = open('/tmp/large', 'wb')\nfor _ in range(300): f.write(bytes(1 << 20))";
    expect(await infoOf(write)).toMatch(/All temporary files together may have at most 256 MB/);
    const again = "import os\nos.remove('/tmp/large')\nopen('/tmp/large', 'wb').write(bytes(200 << 20))\nreturn 1";
    expect((await server.evaluate(again)).body).toBe(1);
  });

  it.each([
    ["open(r'C:\\models\\m.joblib')", /only under \/data/],
    ["import pandas as pd\npd.read_csv('/home/x.csv')", /only under \/data/],
    ["open('/data/none.csv')", /contains no such file/],
    ["import requests\nrequests.get('https://example.com')", /no network here.*under \/data/],
    ["import urllib.request\nurllib.request.urlopen('https://example.com')", /no network here.*under \/data/],
    ['import socket\nsocket.socket().connect(("10.0.0.1", 80))', /no network here.*under \/data/],
    ["import os\nreturn os.environ['API_KEY']", /cannot read the environment variables/],
    ['import numpy as np\nreturn np.ones((13000, 13000)).sum()', /TABPY_TRAY_MEMORY_MB/],
    ["import subprocess\nsubprocess.run(['ls'])", /cannot start programs/],
    ["import locale\nlocale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')", /^Error : unsupported locale setting/],
    ['import openai', /openai needs a network/],
    ['from google.cloud import bigquery', /google-cloud-bigquery needs a network/],
    ['import pytesseract', /pytesseract needs another program/],
    [
      "from tabpy.tabpy_tools.client import Client\nClient('http://tabpy2.example.com:9004/').query('f')",
      /is not the address of this/,
    ],
  ])('is told what stands in its way: %s', async (script, words) => {
    expect(await infoOf(script)).toMatch(words);
  });

  it('imports a module of its own from the folder for scripts', async () => {
    expect((await server.evaluate('import helpers\nreturn helpers.double(4)')).body).toBe(8);
    await writeFile(path.join(folder, 'later.py'), 'X = 5\n');
    await expect
      .poll(async () => (await server.evaluate('import later\nreturn later.X')).body, { timeout: 10_000 })
      .toBe(5);
  });

  it('uses a pool of threads', async () => {
    const script = 'from multiprocessing.pool import ThreadPool\nreturn ThreadPool(2).map(abs, [1, -2])';
    expect((await server.evaluate(script)).body).toEqual([1, 2]);
  });
});

describe('a server on every address', () => {
  const own = Object.values(networkInterfaces())
    .flatMap((all = []) => all)
    .find((one) => one.family === 'IPv4' && !one.internal)?.address;

  it.skipIf(own === undefined)('is called by its own address, and by no other name', async () => {
    const server = await startServer({ args: ['--host', '0.0.0.0'] });
    try {
      expect(await statusOf(own!, server.port, `${own}:${server.port}`)).toBe(200);
      expect(await statusOf(own!, server.port, own!)).toBe(200);
      expect(await statusOf(own!, server.port, `evil.example:${server.port}`)).toBe(403);
      expect(await statusOf('127.0.0.1', server.port, `${own}:${server.port}`)).toBe(403);
    } finally {
      await server.stop();
    }
  });
});

function statusOf(host: string, port: number, name: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host, port, path: '/info', headers: { host: name } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
