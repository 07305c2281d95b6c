// The stand-in for Electron against a real Chromium: what the product's tests build on must itself hold.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumProgram, stopChromium } from './stand-in/chromium.ts';

const PAGE = `<!doctype html><title>A page</title>
<script>
  window.early = typeof window.bridge;
  addEventListener('message', ({ data, ports: [port] }) => {
    window.got = data;
    if (port) port.onmessage = (message) => port.postMessage(message.data);
  });
</script><h1>A page</h1>`;
const CSP = "default-src 'none'; script-src 'unsafe-inline'; connect-src *";
const preload = path.join(import.meta.dirname, 'fixtures/preload.ts');

if (chromiumProgram() === null) console.warn('SKIPPED: the stand-in for Electron; no Chromium found.');

protocol.registerSchemesAsPrivileged([{ scheme: 'page', privileges: { standard: true, secure: true } }]);

describe.skipIf(chromiumProgram() === null)('the stand-in for Electron', () => {
  let window: BrowserWindow;
  const run = (code: string): Promise<unknown> => window.webContents.executeJavaScript(code) as Promise<unknown>;

  beforeAll(async () => {
    await app.whenReady();
    // Or it would quit with the last window.
    app.on('window-all-closed', () => undefined);
    const own = session.fromPartition('stand-in');
    own.protocol.handle('page', () => {
      return new Response(PAGE, { headers: { 'content-type': 'text/html', 'content-security-policy': CSP } });
    });
    window = new BrowserWindow({ show: false, webPreferences: { session: own, preload } });
    await window.loadURL('page://one/index.html?x=1');
  });
  afterAll(async () => {
    window?.destroy();
    await stopChromium();
  });

  it("runs the preload script before the page's own scripts, in a world of its own", async () => {
    expect(await run('[early, typeof standInSay, typeof require]')).toEqual(['object', 'undefined', 'undefined']);
  });

  it('shows an own scheme as a secure origin, and says its address to the product', async () => {
    expect(await run('isSecureContext')).toBe(true);
    expect(window.webContents.getURL()).toBe('page://one/index.html?x=1');
  });

  it("lets the page call the preload's functions, and be called", async () => {
    expect(await run('[bridge.word, bridge.add(2, 3)]')).toEqual(['from the preload', 5]);
    await run('window.heard = new Promise((resolve) => bridge.listen(resolve)); 0');
    window.webContents.send('news', { rows: [1, null, 'two'] });
    expect(await run('heard')).toEqual({ rows: [1, null, 'two'] });
  });

  it('answers what the page asks of the program, with who asks', async () => {
    ipcMain.handle('double', (event, value: number) => [event.senderFrame?.url, value * 2]);
    expect(await run('bridge.ask("double", 21)')).toEqual(['page://one/index.html?x=1', 42]);
    expect(await run('bridge.ask("nothing").catch((error) => error.message)')).toContain(
      "No handler registered for 'nothing'",
    );
  });

  it('hands a port to the page, and bytes through it', async () => {
    const { port1, port2 } = new MessageChannelMain();
    window.webContents.postMessage('port', 'take this', [port2]);
    const back = new Promise((resolve) => port1.once('message', ({ data }) => resolve(data)));
    port1.start();
    port1.postMessage(new Uint8Array([1, 2, 250]));
    expect(await back).toEqual(new Uint8Array([1, 2, 250]));
    expect(await run('got')).toBe('take this');
  });

  it('lets the product refuse navigations and windows', async () => {
    const wanted: string[] = [];
    const twice = Promise.withResolvers<void>();
    const note = (url: string): void => {
      if (wanted.push(url) === 2) twice.resolve();
    };
    window.webContents.on('will-navigate', (event) => {
      note(event.url);
      event.preventDefault();
    });
    window.webContents.setWindowOpenHandler(({ url }) => {
      note(url);
      return { action: 'deny' };
    });
    await run('location.href = "https://example.com/"; open("https://example.org/"); 0');
    await twice.promise;
    expect(wanted.toSorted()).toEqual(['https://example.com/', 'https://example.org/']);
    expect(await run('document.title')).toBe('A page');
  });

  it('asks the product about every request, also one to this computer', async () => {
    let hits = 0;
    const server = createServer((_, response) => {
      hits += 1;
      response.setHeader('access-control-allow-origin', '*').end('hit');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const attempt = `fetch(${JSON.stringify(url)}).then((answer) => answer.text(), () => 'refused')`;
    expect(await run(attempt)).toBe('hit');
    const asked: string[] = [];
    session.fromPartition('stand-in').webRequest.onBeforeRequest((details, answer) => {
      asked.push(details.url);
      answer({ cancel: !details.url.startsWith('page:') });
    });
    expect(await run(attempt)).toBe('refused');
    // A connection that is cut is tried once more.
    expect([new Set(asked), hits]).toEqual([new Set([url]), 1]);
    server.close();
  });

  it("knows the page's process, which is sandboxed, and says when it is gone", async () => {
    const pid = window.webContents.getOSProcessId();
    if (process.platform === 'linux') expect(readFileSync(`/proc/${pid}/status`, 'latin1')).toContain('Seccomp:\t2');
    expect(app.getAppMetrics().find((one) => one.pid === pid)?.memory.workingSetSize).toBeGreaterThan(10_000);
    const gone = new Promise((resolve) =>
      window.webContents.once('render-process-gone', (_, details) => resolve(details)),
    );
    window.webContents.forcefullyCrashRenderer();
    expect(await gone).toMatchObject({ reason: 'killed' });
    await window.loadURL('page://one/again.html');
    expect(await run('document.title')).toBe('A page');
    expect(window.webContents.getOSProcessId()).not.toBe(pid);
  });
});
