// Whether Pyodide's builds can be had, before anything is fetched.

import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBuilds } from '../../../src-main/packages/store/pyodide-place.ts';
import { openWeb } from '../../../src-main/packages/web/web.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { startCdn } from '../support/fake-cdn.ts';

const nowhere = {
  folder: null,
  url: 'http://127.0.0.1:9/full/',
  openWeb: () => openWeb({ env: {}, proxy: '', certificates: null }),
};

describe("Pyodide's builds", () => {
  it('have their sizes told by the server, which sends none of them', async () => {
    const cdn = await startCdn({ 'lxml.whl': 'x'.repeat(1234) });
    const sent: (string | undefined)[] = [];
    const plainly = cdn.answer;
    cdn.answer = (request, response, bytes) => {
      sent.push(request.method);
      plainly(request, response, bytes);
    };
    expect(await findBuilds(['lxml.whl'], { ...nowhere, url: cdn.url })).toEqual({
      bytes: new Map([['lxml.whl', 1234]]),
      fault: null,
    });
    expect(sent).toEqual(['HEAD']);
  });

  it('are looked for in the folder first', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'lxml.whl'), 'abc');
    expect(await findBuilds(['lxml.whl'], { ...nowhere, folder })).toEqual({
      bytes: new Map([['lxml.whl', 3]]),
      fault: null,
    });
  });

  it('that cannot be had are told with the reason, and the rest is not asked for', async () => {
    expect((await findBuilds(['a.whl'], nowhere)).fault).toMatch(/^127\.0\.0\.1:9: .*ECONNREFUSED/);
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const found = await findBuilds(['a.whl', 'b.whl'], { ...nowhere, url: `http://127.0.0.1:${port}/` });
    expect(found.fault).toBe(`127.0.0.1:${port}: it answered 404`);
    expect(asked).toBe(1);
  });

  it('are not looked for when none is wanted', async () => {
    expect(await findBuilds([], nowhere)).toEqual({ bytes: new Map(), fault: null });
  });
});
