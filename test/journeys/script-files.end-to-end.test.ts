// A folder of files that scripts may read, against the real server: a table and a model, changed while it runs.

import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';

describe('files for scripts', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-files-'));
  let server: RunningServer;
  const bodyOf = async (script: string): Promise<unknown> => (await server.evaluate(script)).body;
  const READ = "import pandas as pd\nreturn pd.read_csv('/data/prices.csv')['price'].tolist()";

  beforeAll(async () => {
    await writeFile(path.join(folder, 'prices.csv'), 'price\n1\n2\n');
    server = await startServer({ args: ['--files', folder] });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are read under /data, and what changes is seen by the next request', async () => {
    expect(await bodyOf(READ)).toEqual([1, 2]);
    await writeFile(path.join(folder, 'prices.csv'), 'price\n3\n');
    await expect.poll(() => bodyOf(READ), { timeout: 20_000 }).toEqual([3]);
  });

  it('are there for deployed functions too', async () => {
    const deploy = `from tabpy.tabpy_tools.client import Client
def cheapest():
    import pandas as pd
    return float(pd.read_csv('/data/prices.csv')['price'].min())
Client('${server.url}').deploy('cheapest', cheapest, 'The lowest price', override=True)
return 1`;
    expect(await bodyOf(deploy)).toBe(1);
    expect(await server.post('/query/cheapest', { data: {} })).toMatchObject({ status: 200, body: { response: 3 } });
  });

  it('cannot be written, and nothing else of the disk is there', async () => {
    expect(await bodyOf("open('/data/prices.csv', 'w')")).toMatchObject({
      info: expect.stringMatching(/^PermissionError/),
    });
    expect(await bodyOf("open('/data/new.csv', 'w')")).toMatchObject({
      info: expect.stringMatching(/^PermissionError/),
    });
    expect(await bodyOf(`import os\nreturn [os.listdir('/data'), os.path.exists(${JSON.stringify(folder)})]`)).toEqual([
      ['prices.csv'],
      false,
    ]);
  });
});
