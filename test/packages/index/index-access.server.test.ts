// An index of packages that answers well, badly, without end or not at all.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openIndex } from '../../../src-main/packages/index/index-access.ts';
import type { IndexAccess } from '../../../src-main/packages/index/index-access.ts';
import type { PipSettings } from '../../../src-main/packages/index/pip-config.ts';
import { startIndex, tinyWheel } from '../support/tiny-wheels.ts';
import type { FakeIndex, TinyWheel } from '../support/tiny-wheels.ts';

const NO_PIP: PipSettings = { index: null, proxy: null, certificates: null };
const still = new AbortController().signal;

const open = async (
  index: string,
  pip: Partial<PipSettings> = {},
  proxy = '',
  usual: string | null = null,
): Promise<IndexAccess> => {
  const access = await openIndex(
    { index, proxy },
    {
      env: {},
      pip: () => Promise.resolve({ ...NO_PIP, ...pip }),
      usual: () => Promise.resolve(usual),
    },
  );
  onTestFinished(() => access.web.close());
  return access;
};
const indexOf = async (...wheels: readonly TinyWheel[]): Promise<FakeIndex> => {
  const index = await startIndex(...wheels);
  onTestFinished(() => index.close());
  return index;
};
const offered = (index: FakeIndex, { fileName, sha256 }: TinyWheel, hasMetadata: boolean) => ({
  fileName,
  sha256,
  url: new URL(`../files/${fileName}`, index.url).href,
  hasMetadata,
});

describe('an index', () => {
  it('is PyPI where neither settings nor pip name one, as our packages know it', async () => {
    const index = await indexOf(tinyWheel('seaglass'));
    const access = await open('', {}, '', index.url);
    expect((await access.page('seaglass', still)).text).toContain('seaglass');
    await expect(open('')).rejects.toThrow('No package index is set. Enter one under Settings ▸ Package index.');
  });

  it('is asked for a page by name, and says that there is none', async () => {
    const index = await indexOf(tinyWheel('seaglass'));
    const access = await open(index.url);
    expect(await access.page('seaglass', still)).toMatchObject({
      name: 'seaglass',
      fault: null,
      contentType: 'application/vnd.pypi.simple.v1+json',
      text: expect.stringContaining('seaglass-1.0-py3-none-any.whl'),
    });
    expect(await access.page('nowhere', still)).toMatchObject({ text: null, fault: null });
    expect(index.asked).toEqual(['/simple/seaglass/', '/simple/nowhere/']);
  });

  it('is the one that pip uses when the settings name none, with its name and password and never shown with them', async () => {
    const index = await indexOf(tinyWheel('seaglass'));
    const credentials: (string | undefined)[] = [];
    index.instead = ({ headers }) => {
      credentials.push(headers.authorization);
      return false;
    };
    const access = await open('', { index: index.url.replace('//', '//ana:p%40ss@') });
    expect((await access.page('seaglass', still)).text).toContain('seaglass');
    expect(credentials).toEqual([`Basic ${Buffer.from('ana:p@ss').toString('base64')}`]);
    expect(access.host).toBe(new URL(index.url).host);
  });

  it('keeps its password from where it redirects to', async () => {
    const [index, elsewhere] = [await indexOf(), await indexOf(tinyWheel('seaglass'))];
    const told: (string | undefined)[] = [];
    elsewhere.instead = ({ headers }) => {
      told.push(headers.authorization);
      return false;
    };
    index.instead = (_request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}seaglass/` }).end();
      return true;
    };
    const access = await open(index.url.replace('//', '//ana:secret@'));
    expect(await access.page('seaglass', still)).toMatchObject({ fault: null, url: `${elsewhere.url}seaglass/` });
    expect(told).toEqual([undefined]);
  });

  it('that redirects too often, refuses, or is not there has its fault told', async () => {
    const index = await indexOf();
    index.instead = ({ url }, response) => {
      if (url!.includes('loop')) response.writeHead(302, { location: url! }).end();
      else response.writeHead(500).end();
      return true;
    };
    const access = await open(index.url);
    expect((await access.page('loop', still)).fault).toContain('redirects too often');
    expect((await access.page('broken', still)).fault).toMatch(/answered 500$/);
    const gone = await open('http://127.0.0.1:9/simple');
    expect((await gone.page('x', still)).fault).toContain('cannot be reached');
  });

  it('that sends without end is not listened to', async () => {
    const index = await indexOf();
    index.instead = (_request, response) => {
      const piece = Buffer.alloc(4_000_000);
      const more = (): void => void (response.destroyed || response.write(piece, () => setImmediate(more)));
      response.writeHead(200, { 'content-type': 'text/html' });
      more();
      return true;
    };
    expect((await (await open(index.url)).page('flood', still)).fault).toContain('more than 60 MB');
  });

  it('gives the metadata beside a wheel, or out of the wheel whose SHA-256 is right', async () => {
    const wheel = tinyWheel('seaglass', { requires: ['numpy'] });
    const index = await indexOf(wheel);
    const access = await open(index.url);
    expect(await access.metadata(offered(index, wheel, true), still)).toBe(wheel.metadata);
    expect(await access.metadata(offered(index, wheel, false), still)).toBe(wheel.metadata);
    expect(index.asked).toEqual([`/files/${wheel.fileName}.metadata`, `/files/${wheel.fileName}`]);
    const wrong = { ...offered(index, wheel, false), sha256: 'a'.repeat(64) };
    await expect(access.metadata(wrong, still)).rejects.toThrow('is not the file that the index named');
  });

  it('with https names no file without it, and none that is no web address', async () => {
    const secure = await open('https://packages.example/simple');
    expect(secure.allows('https://files.example/x.whl')).toBe(true);
    expect(secure.allows('http://files.example/x.whl')).toBe(false);
    expect(secure.allows('file:///etc/passwd')).toBe(false);
    expect((await open('http://packages.example/simple')).allows('http://files.example/x.whl')).toBe(true);
    await expect(open('packages')).rejects.toThrow('The address of the package index is not valid');
  });

  it('is asked through the proxy that the settings or pip name', async () => {
    const asked: string[] = [];
    const proxy: Server = createServer(({ url }, response) => {
      asked.push(url!);
      response.writeHead(200, { 'content-type': 'text/html' }).end('<a href="x-1-py3-none-any.whl">x</a>');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    const { port } = proxy.address() as { port: number };
    const address = `http://127.0.0.1:${port}`;
    await (await open('http://packages.example/simple', {}, address)).page('x', still);
    await (await open('http://packages.example/simple', { proxy: address })).page('y', still);
    expect(asked).toEqual(['http://packages.example/simple/x/', 'http://packages.example/simple/y/']);
  });
});
