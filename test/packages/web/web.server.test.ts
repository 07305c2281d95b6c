// How packages are reached: proxies, certificates, redirects, giving up.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openWeb } from '../../../src-main/packages/web/web.ts';
import type { Web, WebOptions } from '../../../src-main/packages/web/web.ts';
import { hasOpenssl, makeCertificate } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { startProxy } from '../support/fake-proxy.ts';

const open = async (options: Partial<WebOptions> = {}): Promise<Web> => {
  const web = await openWeb({ env: {}, proxy: '', certificates: null, ...options });
  onTestFinished(() => web.close());
  return web;
};
const portOf = async (server: Server & { closeAllConnections(): void }): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as { port: number }).port;
};
const greet: RequestListener = (_request, response) => void response.end('hello');
const plain = (answer: RequestListener = greet): Promise<number> => portOf(createServer(answer));
const soon = (): AbortSignal => AbortSignal.timeout(20_000);
const read = async (web: Web, url: string): Promise<string> => text((await web.open(url, { signal: soon() })).body);

describe('a proxy', () => {
  it('of HTTP_PROXY gets the whole address, with its name and password', async () => {
    const [port, proxy] = [await plain(), await startProxy()];
    const web = await open({ env: { HTTP_PROXY: proxy.address.replace('//', '//ana:p%40ss@') } });
    expect(await read(web, `http://packages.example:${port}/x`)).toBe('hello');
    expect(proxy.asked).toEqual([`GET http://packages.example:${port}/x`]);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('ana:p@ss').toString('base64')}`]);
  });

  it('may be named without http://, and in lower case, which counts first', async () => {
    const [port, proxy] = [await plain(), await startProxy()];
    const env = { http_proxy: proxy.address.replace('http://', ''), HTTP_PROXY: 'http://127.0.0.1:9' };
    expect(await read(await open({ env }), `http://packages.example:${port}/`)).toBe('hello');
    expect(proxy.asked).toHaveLength(1);
  });

  it.each([
    ['127.0.0.1', []],
    ['.0.0.1', []],
    ['*.0.0.1', []],
    ['*', []],
    ['other.test, 127.0.0.1', []],
    ['127.0.0.1:1', ['GET']],
    ['other.test', ['GET']],
  ])('is left out for what NO_PROXY=%s names, and for nothing else', async (names, methods) => {
    const [port, proxy] = [await plain(), await startProxy()];
    const web = await open({ env: { HTTP_PROXY: proxy.address, NO_PROXY: names } });
    expect(await read(web, `http://127.0.0.1:${port}/`)).toBe('hello');
    expect(proxy.asked).toEqual(methods.map((method) => `${method} http://127.0.0.1:${port}/`));
  });

  it('of the settings is used for every address, whatever the environment says', async () => {
    const [port, proxy] = [await plain(), await startProxy()];
    const web = await open({ env: { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '*' }, proxy: proxy.address });
    expect(await read(web, `http://packages.example:${port}/`)).toBe('hello');
    expect(proxy.asked).toHaveLength(1);
  });

  it('of HTTP_PROXY is not asked for https, as pip does not', async () => {
    const [port, proxy] = [await plain(), await startProxy()];
    const web = await open({ env: { HTTP_PROXY: proxy.address } });
    await expect(web.open(`https://127.0.0.1:${port}/`, { signal: soon() })).rejects.toThrow(/SSL|wrong version/i);
    expect(proxy.asked).toEqual([]);
  });

  it.each(['nonsense://x', 'http://', 'http://ana:secret@bad host'])('%s is refused in words', async (proxy) => {
    const refused = openWeb({ env: {}, proxy, certificates: null });
    await expect(refused).rejects.toThrow('The address of the proxy for packages is not valid.');
    await expect(refused).rejects.not.toThrow('secret');
  });

  it('that wants a password, or refuses, is told as what it is', async () => {
    const proxy = await startProxy();
    const web = await open({ env: { HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address } });
    proxy.refuses = 407;
    const plainly = web.open('http://packages.example/', { signal: soon() });
    await expect(plainly).rejects.toThrow('Proxy Authentication Required (407)');
    const securely = web.open('https://packages.example/', { signal: soon() });
    await expect(securely).rejects.toThrow(/^the proxy does not connect to packages\.example .*407/);
    proxy.refuses = 403;
    const again = web.open('https://packages.example/', { signal: soon() });
    await expect(again).rejects.toThrow(/^the proxy does not connect to packages\.example .*403/);
  });

  it('is told a name without a password', async () => {
    const [port, proxy] = [await plain(), await startProxy()];
    const web = await open({ env: { HTTP_PROXY: proxy.address.replace('//', '//ana@') } });
    expect(await read(web, `http://packages.example:${port}/`)).toBe('hello');
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('ana:').toString('base64')}`]);
  });

  it('that never answers is given up when the caller says so', async () => {
    const proxy = await startProxy();
    proxy.isSilent = true;
    const web = await open({ env: { HTTPS_PROXY: proxy.address } });
    const stop = new AbortController();
    const asked = web.open('https://packages.example/', { signal: stop.signal });
    await vi.waitFor(() => expect(proxy.asked).toEqual(['CONNECT packages.example:443']));
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});

describe.skipIf(!hasOpenssl)('https', () => {
  const certified = () => {
    const { certificateFile, keyFile } = makeCertificate(temporaryFolder());
    const pair = { cert: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    const secure = (answer: RequestListener = greet): Promise<number> => portOf(createSecureServer(pair, answer));
    return { secure, certificates: pair.cert };
  };

  it('is refused from a server that nobody vouches for, and taken where its certificate is trusted', async () => {
    const { secure, certificates } = certified();
    const port = await secure();
    await expect(read(await open(), `https://localhost:${port}/`)).rejects.toThrow(/self-signed certificate/);
    expect(await read(await open({ certificates }), `https://localhost:${port}/`)).toBe('hello');
  });

  it('is refused from a server with another name, trusted or not', async () => {
    const { secure, certificates } = certified();
    const [port, proxy] = [await secure(), await startProxy()];
    const web = await open({ certificates, env: { HTTPS_PROXY: proxy.address } });
    await expect(read(web, `https://packages.example:${port}/`)).rejects.toThrow(/altnames/);
  });

  it('goes through a tunnel of the proxy, which sees no more than name and port', async () => {
    const { secure, certificates } = certified();
    const [port, proxy] = [await secure(), await startProxy()];
    const env = { HTTPS_PROXY: proxy.address.replace('//', '//ana:p%40ss@') };
    const web = await open({ env, certificates });
    expect(await read(web, `https://localhost:${port}/secret`)).toBe('hello');
    expect(proxy.asked).toEqual([`CONNECT localhost:${port}`]);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('ana:p@ss').toString('base64')}`]);
    await expect(read(await open({ env }), `https://localhost:${port}/`)).rejects.toThrow(/self-signed certificate/);
  });

  it('leads nowhere without https, but to other https', async () => {
    const { secure, certificates } = certified();
    const [elsewhere, other] = [await plain(), await secure()];
    const port = await secure(({ url }, response) =>
      response
        .writeHead(302, {
          location: url === '/down' ? `http://127.0.0.1:${elsewhere}/` : `https://localhost:${other}/`,
        })
        .end('moved'),
    );
    const web = await open({ certificates });
    await expect(web.open(`https://localhost:${port}/down`, { signal: soon() })).rejects.toThrow(
      `localhost:${port} redirects to an address without https`,
    );
    const answer = await web.open(`https://localhost:${port}/on`, { signal: soon() });
    expect(answer).toMatchObject({ status: 200, url: `https://localhost:${other}/` });
    expect(await text(answer.body)).toBe('hello');
  });
});

describe('redirects', () => {
  it('are followed five times, with the same question', async () => {
    const asked: (string | undefined)[] = [];
    const port = await plain(({ method, url, headers }, response) => {
      asked.push(`${method} ${url} ${headers.range}`);
      const hop = Number(url!.slice(1));
      if (hop < 5) response.writeHead(302, { location: `/${hop + 1}` });
      response.end();
    });
    const web = await open();
    const how = { method: 'HEAD', headers: { range: 'bytes=5-' } } as const;
    const answer = await web.open(`http://127.0.0.1:${port}/0`, { ...how, signal: soon() });
    expect(answer).toMatchObject({ status: 200, url: `http://127.0.0.1:${port}/5` });
    expect(asked).toEqual([0, 1, 2, 3, 4, 5].map((hop) => `HEAD /${hop} bytes=5-`));
    await expect(web.open(`http://127.0.0.1:${port}/-1`, { ...how, signal: soon() })).rejects.toThrow(
      'redirects too often',
    );
  });

  it('lead to no file of this computer', async () => {
    const port = await plain((_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    const web = await open();
    await expect(web.open(`http://127.0.0.1:${port}/`, { signal: soon() })).rejects.toThrow(
      'file: addresses are not allowed',
    );
  });
});

describe('an answer', () => {
  it('that breaks off ends with an error', async () => {
    const port = await plain((_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('begun', () => response.destroy());
    });
    const { body } = await (await open()).open(`http://127.0.0.1:${port}/`, { signal: soon() });
    await expect(text(body)).rejects.toThrow(/closed|terminated/);
  });

  it('is given up with the reason of the signal, before it begins and in its middle', async () => {
    const port = await plain(({ url }, response) => void (url === '/begin' && response.write('begun')));
    const web = await open();
    const stop = new AbortController();
    const waiting = web.open(`http://127.0.0.1:${port}/never`, { signal: stop.signal });
    const { body } = await web.open(`http://127.0.0.1:${port}/begin`, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(text(body)).rejects.toThrow('enough');
    await expect(web.open(`http://127.0.0.1:${port}/`, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
