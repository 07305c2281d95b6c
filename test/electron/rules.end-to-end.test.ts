// The rules for Electron of product.md, each tried on the real bundles under the stand-in: what it would let through is
// really tried in a real Chromium, or asked of the handlers that the program gave to Electron.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CALL_CHANNEL } from '../../src-shared/channels.ts';
import { SETTINGS } from '../../src-shared/settings.ts';
import { CONTENT_SECURITY_POLICY } from '../../src-main/shell/window-policy.ts';
import { chromiumProgram } from './stand-in/chromium.ts';
import { inOwnWorld, inWorld } from './support/world.ts';
import type { StandInApp } from './support/stand-in-app.ts';
import { prepareApp, startStandInApp } from './support/stand-in-app.ts';

const isHere = chromiumProgram() !== null;
if (!isHere) console.warn('SKIPPED: the rules of the tray app need a Chromium (apt-get install chromium).');

const SOON = { timeout: 15_000, interval: 100 };
const root = path.resolve(import.meta.dirname, '../..');

describe.skipIf(!isHere)('the window of the app', () => {
  let app: StandInApp;
  let dataDir: string;
  let end: () => Promise<void>;

  beforeAll(async () => {
    await prepareApp();
    ({ app, dataDir, end } = await inWorld(startStandInApp, { args: ['--no-server'] }));
    await vi.waitFor(async () => expect(await app.page.text()).toContain('Stopped'), SOON);
  });
  afterAll(() => end());

  const log = (): string => readFileSync(path.join(dataDir, 'log/tabpy-tray.log'), 'utf8');
  const inPage = (code: string): Promise<unknown> => app.page.evaluate(`(async () => { ${code} })()`);

  it('is sandboxed and isolated, without Node, webviews or a spell checker', async () => {
    expect(await app.ask('webPreferences')).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      partition: 'page',
    });
  });

  it('is 1040 × 720 the first time and never smaller than 760 × 520', async () => {
    expect(await app.ask('windowOptions')).toMatchObject({ width: 1040, height: 720, minWidth: 760, minHeight: 520 });
  });

  it('has two functions of the program, and nothing of Node', async () => {
    expect(
      await inPage(`return {
        bridge: Object.keys(window.tabpyTray).sort(),
        node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      }`),
    ).toEqual({ bridge: ['call', 'onEvent'], node: [] });
  });

  it('has a preload script that requires Electron and nothing else', () => {
    const script = readFileSync(path.join(root, 'out/preload/preload.cjs'), 'utf8');
    expect([...script.matchAll(/require\(([^)]*)\)/g)].map(([, what]) => what)).toEqual(['"electron"']);
    expect(script).not.toContain('valibot');
  });

  it('comes from its own scheme with its policy', async () => {
    expect(await app.ask('pageAnswer', 'app://tabpy-tray/index.html')).toMatchObject({
      status: 200,
      headers: {
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'content-type': 'text/html; charset=utf-8',
        'x-content-type-options': 'nosniff',
      },
    });
    expect(await inPage('return location.href.split("#")[0]')).toMatch(/\/index\.html$/);
  });

  it.each([
    'app://tabpy-tray/../main/main.js',
    'app://tabpy-tray/%2e%2e/main/main.js',
    'app://tabpy-tray/..%2f..%2fpackage.json',
    'app://tabpy-tray/assets/../../../package.json',
    'app://tabpy-tray//etc/passwd',
    'app://elsewhere/index.html',
  ])('has no file at %s', async (url) => {
    expect(await app.ask('pageAnswer', url)).toMatchObject({ status: 404 });
  });

  it('draws itself without breaking its policy', async () => {
    expect(await app.ask('consoleErrors')).toEqual([]);
  });

  it('runs no script that is put into the page, and builds none from text', async () => {
    expect(
      await inPage(`
        const one = document.createElement('script');
        one.textContent = 'globalThis.injected = 1';
        document.body.append(one);
        const image = document.createElement('img');
        image.setAttribute('onerror', 'globalThis.injected = 2');
        image.src = 'assets/none.png';
        document.body.append(image);
        await new Promise((resolve) => image.addEventListener('error', resolve));
        // Not from the tools, which may do what the page may not.
        const built = await new Promise((resolve) => setTimeout(() => {
          try { resolve(new Function('return 3')()); } catch (error) { resolve(error.name); }
        }));
        one.remove();
        image.remove();
        return [globalThis.injected ?? null, built];
      `),
    ).toEqual([null, 'EvalError']);
  });

  it.each([
    ['fetch', "await fetch('http://127.0.0.1:9/')"],
    ['its own files by fetch', "await fetch('index.html')"],
    ['XMLHttpRequest', "const x = new XMLHttpRequest(); x.open('GET', 'http://127.0.0.1:9/', false); x.send()"],
    [
      'a WebSocket',
      "await new Promise((resolve, reject) => { const s = new WebSocket('ws://127.0.0.1:9/'); s.onopen = resolve; s.onerror = reject; })",
    ],
    [
      'an EventSource',
      "await new Promise((resolve, reject) => { const s = new EventSource('http://127.0.0.1:9/'); s.onopen = resolve; s.onerror = reject; })",
    ],
    [
      'a foreign picture',
      "await new Promise((resolve, reject) => { const i = new Image(); i.onload = resolve; i.onerror = reject; i.src = 'http://127.0.0.1:9/x.png'; })",
    ],
  ])('reaches nobody by %s', async (_way, code) => {
    expect(
      await inPage(`
        const broken = new Promise((resolve) => document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }));
        const tried = (async () => { try { ${code}; return 'reached'; } catch { return 'refused'; } })();
        return [await tried, await broken];
      `),
    ).toEqual(['refused', expect.stringMatching(/^(?:connect|img)-src$/)]);
  });

  it('has a session that asks nobody but its own scheme, whatever the page may do', async () => {
    expect(await app.ask('mayRequest', 'http://127.0.0.1:9/')).toBe(false);
    expect(await app.ask('mayRequest', 'https://example.com/x.js')).toBe(false);
    expect(await app.ask('mayRequest', 'file:///etc/passwd')).toBe(false);
    expect(await app.ask('mayRequest', 'app://tabpy-tray/index.html')).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:9/', 'http://127.0.0.1:9/'],
    ['https://example.com/', 'https://example.com/'],
    ['another file of its own', 'assets/x.js'],
  ])('does not go to %s', async (_where, address) => {
    const before = await app.window();
    await inPage(`location.href = ${JSON.stringify(address)}`);
    await expect
      .poll(log, SOON)
      .toMatch(new RegExp(`tried to go to .*${address.replaceAll('.', String.raw`\.`)}; this was refused`));
    expect(await app.window()).toEqual(before);
    expect(await app.page.text()).toContain('Stopped');
  });

  it('opens no other window', async () => {
    const count = await app.ask('windowCount');
    await inPage("window.open('https://example.com/', '_blank')");
    await expect.poll(log, SOON).toContain('tried to open https://example.com/');
    expect(await app.ask('windowCount')).toBe(count);
  });

  it('gets no permission, no device, no download and no spell checker', async () => {
    expect(await app.ask('sessionHandlers')).toEqual({
      request: false,
      check: false,
      device: false,
      spellChecker: false,
      isDownloadPrevented: true,
    });
  });

  it('may attach no webview', async () => {
    expect(await app.ask('isPrevented', 'will-attach-webview')).toBe(true);
  });

  describe('calls', () => {
    const call = (from: object, name = 'snapshot', values: unknown = []) =>
      app.ask('invoke', CALL_CHANNEL, from, name, values);

    it('are heard on one channel, and nothing else is', async () => {
      expect(await app.ask('channels')).toEqual({ handled: [CALL_CHANNEL], heard: [] });
    });

    it('are answered to the main frame of our page', async () => {
      expect(await call({})).toMatchObject({ ok: true });
    });

    it.each([
      ['a frame within the page', { isInner: true }],
      ['another window', { isOther: true }],
      ['a page of another origin in our window', { url: 'https://example.com/' }],
      ['a page whose name only looks like ours', { url: 'app://tabpy-tray.example/index.html' }],
      ['a page from a file', { url: 'file:///index.html' }],
      ['a frame that is gone', { isGone: true }],
    ])('are refused to %s', async (_who, from) => {
      expect(await call(from)).toMatchObject({ ok: false, code: 'foreign-sender' });
    });

    it.each([
      ['constructor', [], 'unknown-call'],
      ['checkPort', ['9004'], 'bad-arguments'],
      ['changeSettings', [{ port: 1e9 }], 'bad-arguments'],
      ['changeSettings', [{ __proto__: null, noSuchSetting: 1 }], 'bad-arguments'],
      ['copyText', [{}], 'bad-arguments'],
      ['openFolder', ['/etc'], 'bad-arguments'],
      ['choosePath', ['/etc'], 'bad-arguments'],
      ['choosePath', ['port'], 'bad-arguments'],
    ])('are refused with wrong names or arguments: %s %j', async (name, values, code) => {
      expect(await call({}, name, values)).toMatchObject({ ok: false, code });
    });

    it('opens a dialog for paths for its own page only, and one at a time', async () => {
      expect(await call({ isInner: true }, 'choosePath', ['keyFile'])).toMatchObject({ code: 'foreign-sender' });
      expect(await app.ask('question')).toBeNull();
      const chosen = call({}, 'choosePath', ['filesForScripts']);
      await expect.poll(() => app.ask('question'), SOON).toMatchObject({ message: SETTINGS.filesForScripts.label });
      expect(await call({}, 'choosePath', ['keyFile'])).toMatchObject({ ok: false, code: 'refused' });
      await app.ask('answer', 'Open');
      expect(await chosen).toEqual({ ok: true, answer: tmpdir() });
    });
  });

  it('keeps nothing of the page on disk', async () => {
    expect(await app.ask('isSessionPersistent')).toBe(false);
  });

  it('follows the appearance that the settings say', async () => {
    expect(await app.ask('themeSource')).toBe('system');
    await inPage("await window.tabpyTray.call('changeSettings', [{ theme: 'dark' }])");
    expect(await app.ask('themeSource')).toBe('dark');
  });

  it('has a tray icon that suits a dark bar', async () => {
    expect((await app.tray())?.picture).toBe('stopped-light-24.png');
    await app.ask('theme', true);
    await expect.poll(async () => (await app.tray())?.picture, SOON).toBe('stopped-dark-24.png');
  });

  it('keeps its place when it is closed', async () => {
    await app.ask('moveWindow', { x: 100, y: 50, width: 900, height: 600 });
    await app.closeWindow();
    const kept = JSON.parse(readFileSync(path.join(dataDir, 'electron/window.json'), 'utf8')) as unknown;
    expect(kept).toEqual({ x: 100, y: 50, width: 900, height: 600, isMaximized: false });
  });
});

describe.skipIf(!isHere)('the start of the app', { timeout: 120_000 }, () => {
  const withPlace = (place: object) => (dir: string) => {
    mkdirSync(path.join(dir, 'electron'));
    writeFileSync(path.join(dir, 'electron/window.json'), JSON.stringify(place));
  };
  beforeAll(() => prepareApp());

  it.each([
    ['where it was left', { x: 100, y: 50, width: 900, height: 600 }, { x: 100, y: 50, width: 900, height: 600 }],
    [
      'in the middle when that display is gone',
      { x: 5000, y: 50, width: 900, height: 600 },
      { width: 1040, height: 720 },
    ],
  ])('opens the window %s', async (_where, kept, bounds) => {
    const { app } = await inOwnWorld(startStandInApp, {
      args: ['--no-server'],
      before: withPlace({ ...kept, isMaximized: false }),
    });
    await expect.poll(() => app.window(), SOON).toMatchObject({ bounds });
  });

  it('says in a box that the data folder cannot be used, and ends', async () => {
    await expect(
      inOwnWorld(startStandInApp, { before: (dir) => writeFileSync(path.join(dir, 'endpoints'), '') }),
    ).rejects.toThrow(/TabPy Tray cannot start\n.*\n\nIts data folder is .*--data-dir/);
    await expect(
      inOwnWorld(startStandInApp, { before: (dir) => writeFileSync(path.join(dir, 'electron'), '') }),
    ).rejects.toThrow(/TabPy Tray cannot start\nEEXIST/);
  });
});
