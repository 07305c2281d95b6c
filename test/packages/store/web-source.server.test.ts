import { createServer } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import { fillStore } from '../../../src-main/packages/store/store.ts';
import type { Filled } from '../../../src-main/packages/store/store.ts';
import { webSource } from '../../../src-main/packages/store/web-source.ts';
import { openWeb } from '../../../src-main/packages/web/web.ts';
import type { WantedFile } from '../../../src-main/packages/store/package-list.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { answerPlainly, startCdn } from '../support/fake-cdn.ts';
import type { FakeCdn } from '../support/fake-cdn.ts';
import { leftoversIn, sizesOfLeftovers, wantedFile, wheelsIn } from '../support/wanted.ts';

const LIMITS = { connectMs: 2_000, idleMs: 2_000 };
const CONTENT = { alpha: 'the bytes of alpha, all of them', beta: 'the bytes of beta' };
const alpha = wantedFile('alpha', CONTENT.alpha);
const beta = wantedFile('beta', CONTENT.beta);
const files = { 'alpha.whl': CONTENT.alpha, 'beta.whl': CONTENT.beta };

const webWith = (env: Readonly<Record<string, string>>) => () => openWeb({ env, proxy: '', certificates: null });
const straight = webWith({});

interface FillMore {
  readonly wanted?: readonly WantedFile[];
  readonly limits?: typeof LIMITS;
  readonly signal?: AbortSignal;
}

function fillFrom(cdn: FakeCdn, storeDir: string, { wanted = [alpha, beta], limits = LIMITS, signal }: FillMore = {}) {
  return fillStore({
    storeDir,
    wanted,
    sources: [webSource(cdn.url, straight, limits)],
    progress: silentProgress,
    ...(signal ? { signal } : {}),
  });
}

/** A fill of alpha whose connection breaks after these bytes reached the disk. */
async function breakOff(cdn: FakeCdn, storeDir: string, sent: string): Promise<Filled> {
  const broken = Promise.withResolvers<() => void>();
  cdn.answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 1_000 });
    response.write(sent, () => broken.resolve(() => response.destroy()));
  };
  const filling = fillFrom(cdn, storeDir, { wanted: [alpha] });
  const breakNow = await broken.promise;
  await vi.waitFor(async () => expect(await sizesOfLeftovers(storeDir)).toEqual([sent.length]));
  breakNow();
  cdn.answer = answerPlainly;
  return filling;
}

const missingOf = (filled: Filled): readonly string[] => filled.missing.map((file) => file.name);

describe('a web server with packages', () => {
  it('gives every file', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    const filled = await fillFrom(cdn, storeDir);
    expect(filled.failures).toEqual([]);
    expect(await wheelsIn(storeDir)).toEqual(files);
    expect(cdn.requests.map((request) => request.path)).toEqual(['/full/alpha.whl', '/full/beta.whl']);
  });

  it('is not asked for what comes from PyPI itself', () => {
    const source = webSource('https://example.org/full/', straight);
    expect(source.offers(wantedFile('alpha', 'a', { pip: 'alpha==1' }))).toBe(false);
    expect(source.offers(alpha)).toBe(true);
    expect(source.name).toBe('example.org');
  });

  it('goes on where a download broke off, in the next fill', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    expect(missingOf(await breakOff(cdn, storeDir, CONTENT.alpha.slice(0, 10)))).toEqual(['alpha']);
    expect(await wheelsIn(storeDir)).toEqual({});
    expect(missingOf(await fillFrom(cdn, storeDir, { wanted: [alpha] }))).toEqual([]);
    expect(cdn.requests).toEqual([
      { path: '/full/alpha.whl', range: null },
      { path: '/full/alpha.whl', range: 'bytes=10-' },
    ]);
    expect(await wheelsIn(storeDir)).toEqual({ 'alpha.whl': CONTENT.alpha });
    expect(await leftoversIn(storeDir)).toEqual([]);
  });

  it('starts anew where the server knows no ranges', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    await breakOff(cdn, storeDir, CONTENT.alpha.slice(0, 10));
    cdn.answer = (_request, response, bytes) => void response.writeHead(200).end(bytes);
    expect(missingOf(await fillFrom(cdn, storeDir, { wanted: [alpha] }))).toEqual([]);
    expect(await wheelsIn(storeDir)).toEqual({ 'alpha.whl': CONTENT.alpha });
  });

  it('starts anew when the first half turns out to be of something else', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    await breakOff(cdn, storeDir, 'SOMETHING ');
    const filled = await fillFrom(cdn, storeDir, { wanted: [alpha] });
    expect(filled.failures).toEqual([]);
    expect(cdn.requests.map((request) => request.range)).toEqual([null, 'bytes=10-', null]);
    expect(await wheelsIn(storeDir)).toEqual({ 'alpha.whl': CONTENT.alpha });
  });

  it('takes a download that was complete but not yet checked', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    await breakOff(cdn, storeDir, CONTENT.alpha);
    expect(missingOf(await fillFrom(cdn, storeDir, { wanted: [alpha] }))).toEqual([]);
  });

  it('is given up when it does not answer within the limit', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    cdn.answer = () => undefined;
    const filled = await fillFrom(cdn, storeDir, { limits: { connectMs: 50, idleMs: 60_000 } });
    expect(cdn.requests).toHaveLength(1);
    expect(filled.failures).toEqual([expect.stringMatching(/no answer within 0\.05 s$/)]);
    expect(missingOf(filled)).toEqual(['alpha', 'beta']);
  });

  it('is given up when it falls silent in the middle, and what came is kept for later', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    cdn.answer = (_request, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes!.length });
      response.write(bytes!.subarray(0, 5));
    };
    const filled = await fillFrom(cdn, storeDir, { wanted: [alpha], limits: { connectMs: 2_000, idleMs: 50 } });
    expect(filled.failures).toEqual([expect.stringMatching(/no answer within 0\.05 s/)]);
    expect(await wheelsIn(storeDir)).toEqual({});
    expect(await leftoversIn(storeDir)).toEqual([expect.stringMatching(/\.part$/)]);
  });

  it('that lacks a file still gives the others', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn({ 'alpha.whl': CONTENT.alpha, 'gamma.whl': 'g' });
    const filled = await fillFrom(cdn, storeDir, { wanted: [alpha, beta, wantedFile('gamma', 'g')] });
    expect(missingOf(filled)).toEqual(['beta']);
    expect(filled.failures).toEqual([expect.stringMatching(/beta\.whl answered 404$/)]);
  });

  it('with a damaged file is refused', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn({ ...files, 'alpha.whl': 'not at all' });
    const filled = await fillFrom(cdn, storeDir, { wanted: [beta, alpha] });
    expect(filled.failures).toEqual([expect.stringMatching(/alpha\.whl is not the file it should be/)]);
    expect(await wheelsIn(storeDir)).toEqual({ 'beta.whl': CONTENT.beta });
    expect(await leftoversIn(storeDir)).toEqual([]);
  });

  it("that nobody runs is reported with the system's reason", async () => {
    const storeDir = temporaryFolder();
    for (const host of ['127.0.0.1:1', 'localhost:1']) {
      const source = webSource(`http://${host}/full/`, straight, LIMITS);
      const filled = await fillStore({ storeDir, wanted: [alpha], sources: [source], progress: silentProgress });
      expect(filled.failures).toEqual([expect.stringMatching(/^(127\.0\.0\.1|localhost):1: .*ECONNREFUSED/)]);
    }
  });

  it('stops in the middle of a file when it is told to, with nothing half in the store', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    const stop = new AbortController();
    cdn.answer = (_request, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes!.length });
      response.write(bytes!.subarray(0, 5), () => stop.abort());
    };
    const filled = await fillFrom(cdn, storeDir, { signal: stop.signal });
    expect(filled.failures.at(-1)).toBe('stopped before the end');
    expect(cdn.requests).toHaveLength(1);
    expect(await wheelsIn(storeDir)).toEqual({});
  });

  it('serves two fills at once', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    const both = await Promise.all([fillFrom(cdn, storeDir), fillFrom(cdn, storeDir)]);
    expect(both.map((filled) => filled.failures)).toEqual([[], []]);
    expect(await wheelsIn(storeDir)).toEqual(files);
    expect(await leftoversIn(storeDir)).toEqual([]);
  });

  it('is reached through the proxy that the environment names, and only then', async () => {
    const storeDir = temporaryFolder();
    const cdn = await startCdn(files);
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(request.url ?? '');
      const bytes = files[path.basename(request.url ?? '') as keyof typeof files];
      response.end(bytes);
    });
    proxy.on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      const upstream = connect(Number(new URL(cdn.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
      onTestFinished(() => void socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    const { port } = proxy.address() as { port: number };
    const source = webSource(
      'http://packages.example/full/',
      webWith({ http_proxy: `http://127.0.0.1:${port}` }),
      LIMITS,
    );
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [source], progress: silentProgress });
    expect(filled.failures).toEqual([]);
    expect(seen.length).toBeGreaterThan(0);
    const before = seen.length;
    await fillFrom(cdn, temporaryFolder(), { wanted: [alpha] });
    expect(seen).toHaveLength(before);
  });
});
