// The console over HTTP as a browser, and as somebody who is none, speaks to it.

import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CallError } from '../../src-shared/ipc.ts';
import type { Calls, PageEvent } from '../../src-shared/ipc.ts';
import { openConsole } from '../../src-main/console/console.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

async function consoleUnderTest(calls: Partial<Calls> = {}) {
  const page = temporaryFolder();
  mkdirSync(path.join(page, 'assets'));
  writeFileSync(path.join(page, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(path.join(page, 'assets/main.js'), 'void 0;');
  writeFileSync(path.join(page, '..', 'secret.html'), 'secret');
  const listeners = new Set<(event: PageEvent) => void>();
  const errors: string[] = [];
  const console = await openConsole({
    calls: calls as Calls,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    page,
    port: 0,
    log: { error: (text) => void errors.push(text), info: () => undefined },
  });
  onTestFinished(() => console.close());
  const host = `127.0.0.1:${console.port}`;
  const ask = (method: string, where: string, headers: OutgoingHttpHeaders = {}, body = ''): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port: console.port, path: where, method, headers }, resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  const textOf = async (answer: IncomingMessage): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  /** Follows the link as a browser does, and answers the headers that its page's requests carry. */
  const enter = async (): Promise<OutgoingHttpHeaders> => {
    const link = new URL(console.link());
    const answer = await ask('GET', link.pathname + link.search, { 'sec-fetch-site': 'none' });
    await textOf(answer);
    expect(answer.statusCode).toBe(200);
    const [cookie] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/httponly/i);
    expect(cookie).toMatch(/samesite=strict/i);
    return { cookie: cookie!.split(';')[0], 'sec-fetch-site': 'same-origin' };
  };
  const call = async (headers: OutgoingHttpHeaders, name: string, values: unknown = []): Promise<unknown> => {
    const all = { ...headers, origin: `http://${host}`, 'content-type': 'application/json' };
    return JSON.parse(await textOf(await ask('POST', `/call/${name}`, all, JSON.stringify(values)))) as unknown;
  };
  const tell = (event: PageEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return { console, host, ask, textOf, enter, call, tell, listeners, errors };
}

describe('the console', () => {
  it('serves the page to who came by the link, and to nobody else', async () => {
    const { ask, textOf, enter } = await consoleUnderTest();
    expect((await ask('GET', '/')).statusCode).toBe(401);
    expect((await ask('GET', '/assets/main.js')).statusCode).toBe(401);
    const headers = await enter();
    const page = await ask('GET', '/', headers);
    expect(await textOf(page)).toContain('the page');
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
    expect((await ask('GET', '/assets/main.js', headers)).headers['content-type']).toContain('javascript');
  });

  it('takes each link once, and tells the next one', async () => {
    const { console, ask, enter } = await consoleUnderTest();
    const links: string[] = [];
    console.onNewLink((link) => void links.push(link));
    const used = new URL(console.link());
    await enter();
    expect((await ask('GET', used.pathname + used.search)).statusCode).toBe(401);
    expect(links).toEqual([console.link()]);
    await enter();
  });

  it('answers calls and tells events', async () => {
    const { ask, enter, call, tell, listeners } = await consoleUnderTest({
      stopScripts: () => Promise.resolve(3),
      openFolder: () => Promise.reject(new CallError('not-here', 'A browser cannot.')),
    });
    const headers = await enter();
    expect(await call(headers, 'stopScripts')).toEqual({ ok: true, answer: 3 });
    expect(await call(headers, 'openFolder', ['data'])).toEqual({
      ok: false,
      code: 'not-here',
      message: 'A browser cannot.',
    });
    const stream = await ask('GET', '/events', headers);
    expect(stream.headers['content-type']).toBe('text/event-stream');
    const [first] = (await once(stream, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^event: program\ndata: [\w-]{36}\n\n$/);
    tell({ name: 'state', value: { kind: 'stopped' } });
    const [part] = (await once(stream, 'data')) as [Buffer];
    expect(part.toString()).toBe('data: {"name":"state","value":{"kind":"stopped"}}\n\n');
    stream.destroy();
    await vi.waitFor(() => expect(listeners.size).toBe(0));
  });

  it('beats once a second while a page listens, and not otherwise', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { ask, enter, listeners } = await consoleUnderTest();
    const headers = await enter();
    const before = vi.getTimerCount();
    const streams = [await ask('GET', '/events', headers), await ask('GET', '/events', headers)];
    await Promise.all(streams.map((stream) => once(stream, 'data')));
    expect(vi.getTimerCount()).toBe(before + 1);
    const beats = Promise.all(streams.map((stream) => once(stream, 'data').then(String)));
    vi.advanceTimersByTime(1_000);
    expect(await beats).toEqual(['event: beat\ndata: 1\n\n', 'event: beat\ndata: 1\n\n']);
    for (const stream of streams) stream.destroy();
    await vi.waitFor(() => expect(listeners.size).toBe(0));
    expect(vi.getTimerCount()).toBe(before);
  });

  it('tells a page whether it still knows its browser, and others which command prints a link', async () => {
    const { ask, textOf, enter } = await consoleUnderTest();
    expect((await ask('GET', '/alive', await enter())).statusCode).toBe(204);
    const stranger = await ask('GET', '/alive', { 'sec-fetch-site': 'same-origin' });
    expect(stranger.statusCode).toBe(401);
    expect(await textOf(stranger)).toContain('tabpy-tray console');
    expect(await textOf(await ask('GET', '/open?token=old'))).toContain('tabpy-tray console');
  });

  it.each([
    ['nonsense', [], 'unknown-call'],
    ['checkPort', ['x'], 'bad-arguments'],
    ['snapshot', 'no list', 'bad-arguments'],
  ])('refuses the call %s(%j)', async (name, values, code) => {
    const { enter, call } = await consoleUnderTest();
    expect(await call(await enter(), name, values)).toMatchObject({ ok: false, code });
  });

  it('keeps the words of its own faults to the log', async () => {
    const { enter, call, errors } = await consoleUnderTest({
      stopScripts: () => Promise.reject(new Error('/secret/path')),
    });
    const reply = await call(await enter(), 'stopScripts');
    expect(reply).toMatchObject({ ok: false, code: 'failed' });
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(errors[0]).toContain('/secret/path');
  });

  it.each([
    ['a foreign name', { host: 'evil.example' }],
    ['its own name with another port', { host: '127.0.0.1:1' }],
    ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a page of another port of this computer', { origin: 'http://127.0.0.1:8888', 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['a program without an origin', { origin: undefined }],
    ['a form', { 'content-type': 'text/plain' }],
  ])('lets %s make no call, even with the cookie', async (_who, wrong) => {
    let isCalled = false;
    const { ask, host, enter } = await consoleUnderTest({
      stopScripts: () => Promise.resolve(Number((isCalled = true))),
    });
    const right = { ...(await enter()), host, origin: `http://${host}`, 'content-type': 'application/json' };
    const headers = Object.fromEntries(
      Object.entries({ ...right, ...wrong }).filter(([, value]) => value !== undefined),
    );
    const { statusCode } = await ask('POST', '/call/stopScripts', headers, '[]');
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(isCalled).toBe(false);
  });

  it('shows events and files to no page of another origin', async () => {
    const { ask, enter } = await consoleUnderTest();
    const headers = await enter();
    for (const where of ['/events', '/index.html', '/assets/main.js']) {
      expect((await ask('GET', where, { ...headers, 'sec-fetch-site': 'same-site' })).statusCode).toBe(403);
      expect((await ask('GET', where, { ...headers, origin: 'http://127.0.0.1:8888' })).statusCode).toBe(403);
    }
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '//etc/passwd',
    '/.hidden.html',
    '/assets',
  ])('serves nothing at %s', async (where) => {
    const { ask, enter, textOf } = await consoleUnderTest();
    const answer = await ask('GET', where, await enter());
    expect(answer.statusCode).toBe(404);
    expect(await textOf(answer)).not.toContain('secret');
  });

  it('takes no calls of more than eight megabytes, but for files of functions', async () => {
    const looked: number[] = [];
    const { ask, host, enter, call } = await consoleUnderTest({
      lookIntoExport(archive) {
        looked.push(archive.length);
        return Promise.resolve({ functions: [] });
      },
    });
    expect(await call(await enter(), 'lookIntoExport', ['x'.repeat(8_200_000)])).toMatchObject({ ok: true });
    expect(looked).toEqual([8_200_000]);
    const headers = { ...(await enter()), origin: `http://${host}`, 'content-type': 'application/json' };
    const answer = await ask('POST', '/call/copyText', headers, JSON.stringify(['x'.repeat(8_200_000)]));
    expect(answer.statusCode).toBe(413);
  });
});
