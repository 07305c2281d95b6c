// A real browser on a page of another site, and callers by another name, against the real server. What counts is the effect:
// a script that deploys a function must not have deployed one.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const DEPLOY = `from tabpy.tabpy_tools.client import Client
def marker(): return 1
Client('http://localhost:9004/').deploy('marker', marker, '', override=True)`;
const DEPLOY_BODY = JSON.stringify({ data: {}, script: DEPLOY });
const FOREIGN_PAGE = 'A web page of another site called this server.';

const program = findChromium();
if (program === null) {
  console.warn(
    'SKIPPED: the door tests in a browser; no Chromium found. Install one or name it in TABPY_TRAY_CHROMIUM.',
  );
}

describe.skipIf(program === null)('a page of another site', () => {
  let server: RunningServer;
  let open: RunningServer;
  let site: Site;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await startSite();
    [server, open] = await Promise.all([
      startServer(),
      startServer({ args: ['--allow-origin', `http://localhost:${site.port}`] }),
    ]);
    browser = await launchChromium(program!, ['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    page = await browser.newPage();
    expect((await server.evaluate(DEPLOY.replaceAll('marker', 'kept'))).status).toBe(200);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await Promise.all([server?.stop(), open?.stop()]);
  });

  /** Makes the attempt on a page of `host` against `target`; answers what it could read. */
  const attempt = async (name: string, host: string, target: string): Promise<unknown> => {
    await page.goto(`http://${host}:${site.port}/`);
    // As text: what runs in the page is the page's.
    return page.evaluate(
      `attempts[${JSON.stringify(name)}](${JSON.stringify(target)}, ${JSON.stringify(DEPLOY_BODY)})`,
    );
  };
  const deployed = async (where: RunningServer): Promise<string[]> =>
    Object.keys((await where.get('/endpoints')).body as object);

  const places = ['localhost', '127.0.0.1', 'evil.example'].flatMap((host) =>
    ['localhost', '127.0.0.1'].map((target) => [host, target] as const),
  );
  const attempts = [
    ['fetch, GET', 'getInfo'],
    ['fetch, GET without CORS', 'getPage'],
    ['fetch, POST of text without CORS', 'postText'],
    ['fetch, POST of text without CORS and referrer', 'postTextWithoutReferrer'],
    ['fetch from a frame without an origin', 'postFromSandbox'],
    ['a form in a frame', 'formInFrame'],
    ['a frame', 'frame'],
    ['an image', 'image'],
    ['a script', 'script'],
    ['a style sheet', 'style'],
    ['a beacon', 'beacon'],
    ['a WebSocket', 'socket'],
  ] as const;

  describe.each(places)('at %s that calls %s', (host, target) => {
    it.each(attempts)('is refused by %s', async (_, name) => {
      const before = refusalsOf(server);
      expect(await attempt(name, host, `http://${target}:${server.port}`)).toBeNull();
      await reaches(() => refusalsOf(server) > before);
      expect(await deployed(server)).toEqual(['kept']);
    });

    it.each([
      ['fetch, POST of JSON', 'postJson'],
      ['fetch, DELETE of a function', 'deleteFunction'],
    ])('does not get past the pre-flight by %s', async (_, name) => {
      expect(await attempt(name, host, `http://${target}:${server.port}`)).toBeNull();
      expect(await deployed(server)).toEqual(['kept']);
    });
  });

  it.each(['localhost', '127.0.0.1'])('that sends the whole window to %s with a form runs nothing', async (target) => {
    await page.goto(`http://localhost:${site.port}/`);
    const url = `http://${target}:${server.port}`;
    await Promise.all([
      page.waitForURL(`${url}/evaluate`),
      page.evaluate(`formOf(${JSON.stringify(url)}, ${JSON.stringify(DEPLOY_BODY)}, '_self').submit()`),
    ]);
    expect(await page.textContent('body')).toContain(FOREIGN_PAGE);
    expect(await deployed(server)).toEqual(['kept']);
  });

  it('whose name was made to point here is not served, whatever it asks as the same origin', async () => {
    const url = `http://evil.example:${server.port}`;
    const answer = await page.goto(`${url}/`);
    expect(answer?.status()).toBe(403);
    expect(await answer?.json()).toMatchObject({
      message: "This server does not accept requests for the name 'evil.example'.",
    });
    for (const [route, method] of [
      ['/info', 'GET'],
      ['/endpoints', 'GET'],
      ['/evaluate', 'POST'],
      ['/query/kept', 'POST'],
      ['/endpoints/kept', 'DELETE'],
    ] as const) {
      const body = method === 'POST' ? DEPLOY_BODY : undefined;
      const init = JSON.stringify({ method, body, headers: { 'content-type': 'application/json' } });
      expect(await page.evaluate(`fetch('${route}', ${init}).then((answer) => answer.status)`)).toBe(403);
    }
    expect(await deployed(server)).toEqual(['kept']);
  });

  it.each(['localhost', '127.0.0.1', '[::1]'])('does not keep the own page from opening at %s', async (host) => {
    const answer = await page.goto(`http://${host}:${server.port}/`);
    expect(answer?.status()).toBe(200);
    expect(await page.textContent('h1')).toBe('TabPy Tray');
    expect(await page.textContent('table')).toContain('kept');
  });

  it.each(['postText', 'formInFrame', 'beacon'])(
    'that is allowed by --allow-origin runs its script by %s; no other is',
    async (name) => {
      const url = `http://127.0.0.1:${open.port}`;
      const before = refusalsOf(open);
      await attempt(name, '127.0.0.1', url);
      await reaches(() => refusalsOf(open) > before);
      expect(await deployed(open)).toEqual([]);
      await attempt(name, 'localhost', url);
      while ((await deployed(open)).length === 0);
      expect((await fetch(`${url}/endpoints/marker`, { method: 'DELETE' })).status).toBe(204);
    },
  );
});

describe('the door', () => {
  let server: RunningServer;
  let named: RunningServer;
  beforeAll(async () => {
    [server, named] = await Promise.all([
      startServer(),
      startServer({ args: ['--allow-host', 'Stats.Example', '--allow-origin', 'https://board.example'] }),
    ]);
  });
  afterAll(() => Promise.all([server?.stop(), named?.stop()]));

  const status = async (where: RunningServer, ...headers: readonly string[]): Promise<number> => {
    const answer = await raw(where.port, evaluation(['TabPy-User: raw', ...headers]));
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  };

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '127.0.0.1:9004', '[::1]', '[::1]:9004'])(
    'is open to who calls it %s',
    async (host) => {
      expect(await status(server, `Host: ${host}`)).toBe(200);
      expect(await server.get('/endpoints')).toMatchObject({ body: { marker: { version: expect.any(Number) } } });
      expect((await fetch(`${server.url}/endpoints/marker`, { method: 'DELETE' })).status).toBe(204);
    },
  );

  it.each([
    'evil.example',
    'evil.example:9004',
    '0.0.0.0',
    'localhost.evil.example',
    'localhost@evil.example',
    '127.0.0.1.evil.example',
    'evil.example:80:80',
    '192.168.0.7',
    'stats.example',
    '',
  ])('is shut to who calls it %j', async (host) => {
    expect([400, 403]).toContain(await status(server, `Host: ${host}`));
    expect((await server.get('/endpoints')).body).toEqual({});
  });

  it('is shut to a foreign name before its own', async () => {
    expect([400, 403]).toContain(await status(server, 'Host: evil.example', 'Host: localhost'));
    expect((await server.get('/endpoints')).body).toEqual({});
  });

  it.each([
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['Origin: null', 'Sec-Fetch-Site: cross-site'],
    ['Origin: https://evil.example', 'User-Agent: Mozilla/5.0'],
    ['Origin: http://localhost:1', 'User-Agent: Mozilla/5.0'],
    ['Origin: null', 'User-Agent: Mozilla/5.0'],
  ])('is shut to a page that says %s %s', async (...headers) => {
    expect(await status(server, 'Host: localhost', ...headers)).toBe(403);
    expect((await server.get('/endpoints')).body).toEqual({});
  });

  it.each([[[]], [['Origin: http://tableau.example']]])('is open to a program that says %j', async (headers) => {
    expect(await status(server, 'Host: localhost', ...headers)).toBe(200);
    expect((await fetch(`${server.url}/endpoints/marker`, { method: 'DELETE' })).status).toBe(204);
  });

  it('is open to a name that --allow-host gives, and to no other', async () => {
    expect(await status(named, 'Host: stats.example:9004')).toBe(200);
    expect(await status(named, 'Host: localhost')).toBe(200);
    expect(await status(named, 'Host: evil.example')).toBe(403);
    expect(await status(named, 'Host: x.stats.example')).toBe(403);
  });

  it('is open to an origin that --allow-origin gives, under the names of the server only', async () => {
    const page = 'Sec-Fetch-Site: cross-site';
    expect(await status(named, 'Host: localhost', page, 'Origin: https://board.example')).toBe(200);
    expect(await status(named, 'Host: localhost', page, 'Origin: http://board.example')).toBe(403);
    expect(await status(named, 'Host: localhost', page, 'Origin: https://board.example.evil.example')).toBe(403);
    expect(await status(named, 'Host: evil.example', page, 'Origin: https://board.example')).toBe(403);
  });

  it('gives no page leave to read that was not allowed', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await raw(
        server.port,
        `${method} /info HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).not.toMatch(/access-control-/i);
    }
  });
});

interface Site {
  readonly port: number;
  close(): Promise<void>;
}

/** The other site: the same page at every address of the loopback, on one port. */
async function startSite(): Promise<Site> {
  const html = readFileSync(path.join(import.meta.dirname, 'support/foreign-page.html'));
  const servers: Server[] = [];
  let port = 0;
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    });
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    ({ port } = server.address() as { port: number });
    servers.push(server);
  }
  return {
    port,
    close: async () => {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

/** How many requests it refused at the door, as its log says. */
function refusalsOf(server: RunningServer): number {
  return server.output().split(' 403 ').length - 1;
}

function evaluation(headers: readonly string[]): string {
  const lines = ['POST /evaluate HTTP/1.1', ...headers, `Content-Length: ${DEPLOY_BODY.length}`, 'Connection: close'];
  return `${lines.join('\r\n')}\r\n\r\n${DEPLOY_BODY}`;
}

/** Everything that the server answers to these bytes. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => void socket.write(text));
    socket.on('data', (part) => (answer += part.toString()));
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });
}

async function reaches(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
