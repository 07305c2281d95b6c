// An interpreter in a hidden window: the product's window, page, worker and guest in a real Chromium in its real sandbox.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BrowserWindow } from 'electron';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWindowInterpreters } from '../../src-main/composition/window-interpreters.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import { ADDED_RESULT, ADDED_SCRIPT, addedFolder } from '../engines/builtin/support/added-folder.ts';
import { change, openedImage } from '../engines/builtin/support/opened-image.ts';
import { chromiumProgram, stopChromium } from './stand-in/chromium.ts';
import { anImage, openInterpreter, prepareApp } from './support/open-interpreter.ts';
import type { OpenedInterpreter, OpenOptions } from './support/open-interpreter.ts';

const MB = 1 << 20;
const isReady = prepareApp();

if (chromiumProgram() === null) console.warn('SKIPPED: interpreters in windows; no Chromium found.');

describe.skipIf(chromiumProgram() === null)('an interpreter in a hidden window', () => {
  let imageDir: string;
  const opened: OpenedInterpreter[] = [];
  const open = (options: OpenOptions = {}): OpenedInterpreter => {
    const one = openInterpreter({ imageDir, ...options });
    opened.push(one);
    return one;
  };

  beforeAll(async () => {
    await isReady;
    imageDir = await anImage();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });
  afterAll(stopChromium);

  it('says that it is ready, and from the image', async () => {
    expect(await open().interpreter.ready).toMatchObject({ ready: true, fromImage: true, python: '3.14.2' });
  });

  it('boots from its files where there is no snapshot, and answers the same', async () => {
    const one = open({ isPlain: true });
    expect(await one.interpreter.ready).toMatchObject({ fromImage: false });
    expect(await one.valueOf('import sys\nreturn sys.version_info[:2]')).toEqual([3, 14]);
  });

  it.each([false, true])('has added packages beside its image, compiled ones too (plain boot: %s)', async (isPlain) => {
    const one = open({ addedDir: await addedFolder(imageDir), isPlain });
    expect(await one.interpreter.ready).toMatchObject({ fromImage: !isPlain });
    expect(await one.valueOf(ADDED_SCRIPT)).toEqual(ADDED_RESULT);
  });

  it('answers one request after the other, small and large', async () => {
    const one = open();
    await one.interpreter.ready;
    expect(await one.valueOf('return _arg1 * 10', { _arg1: 4 })).toBe(40);
    const text = 'é'.repeat(4 * MB);
    expect(await one.valueOf('return _arg1', { _arg1: text })).toBe(text);
    expect(await one.valueOf('return len(_arg1)', { _arg1: [1, 2, 3] })).toBe(3);
  });

  it('answers a long column of floats, which the guest writes', async () => {
    const one = open();
    await one.interpreter.ready;
    const column = Array.from({ length: 5_000 }, (_, index) => index / 4);
    expect(await one.valueOf('return [x / 4 for x in range(5000)]')).toEqual(column);
    expect(await one.valueOf('return [x / 4 for x in _arg1]', { _arg1: [2] })).toEqual([0.5]);
  });

  it('answers an error instead of a result that is too large, and goes on', async () => {
    const one = open({ maxResultBytes: MB });
    const answer = await one.evaluate('return "x" * 2_000_000');
    expect(answer).toMatchObject({ kind: 'answered', meta: { status: 500, error: { type: 'ResultTooLarge' } } });
    expect(await one.valueOf('return 1')).toBe(1);
  });

  it('raises RecursionError and MemoryError instead of ending, and goes on', async () => {
    const one = open();
    const deep = await one.evaluate('def f(n): return f(n + 1)\nf(0)');
    expect(deep).toMatchObject({ meta: { error: { type: 'RecursionError' } } });
    const bomb = await one.evaluate('x = []\nwhile True: x.append(bytearray(50_000_000))');
    expect(bomb).toMatchObject({ meta: { error: { type: 'MemoryError' } } });
    expect(await one.valueOf('return 1')).toBe(1);
  });

  it('gives each interpreter randomness of its own, and the time of no place', async () => {
    const script = 'import secrets, time\nreturn [secrets.token_hex(16), time.timezone]';
    const [one, two] = await Promise.all([open().valueOf(script), open().valueOf(script)]);
    expect((one as [string, number])[0]).not.toBe((two as [string, number])[0]);
    expect((one as [string, number])[1]).toBe(0);
  });

  it.each([
    ['a loop', 'while True: pass'],
    ['a sleep', 'import time\ntime.sleep(60)'],
    ['a loop that catches everything', 'while True:\n  try:\n    while True: pass\n  except BaseException: pass'],
  ])('is killed at the deadline in the middle of %s, and the process is gone', async (_, script) => {
    const one = open();
    await one.interpreter.ready;
    const { pid } = one.interpreter;
    expect(await one.evaluate(script, {}, 300)).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 300 } });
    await one.interpreter.ended;
    expect(isAlive(pid!)).toBe(false);
    expect(one.window.isDestroyed()).toBe(true);
    expect(await open().valueOf('return 1')).toBe(1);
  });

  it('is killed when it holds more memory than it may', async () => {
    const one = open({ limits: { memoryBytes: 700 * MB } });
    await one.interpreter.ready;
    expect(await one.evaluate('x = bytearray(900_000_000)\nwhile True: pass')).toMatchObject({
      kind: 'ended',
      reason: { kind: 'memory', limitBytes: 700 * MB },
    });
  });

  it('that crashes ends what it was asked, and the next one is opened', async () => {
    const one = open();
    await one.interpreter.ready;
    const running = one.evaluate('while True: pass', {}, null);
    one.window.webContents.forcefullyCrashRenderer();
    expect(await running).toMatchObject({ kind: 'ended', reason: { kind: 'exited' } });
    expect(one.interpreter.isAlive).toBe(false);
    expect(await open().valueOf('return 2')).toBe(2);
  });

  it('that cannot get ready is given up', async () => {
    const folder = openedImage(imageDir, []);
    change(path.join(folder, 'worker.js'), [["worker.postMessage('loaded');", '']]);
    const one = open({ imageDir: folder, limits: { bootMs: 1_500 } });
    expect(await one.interpreter.ready).toEqual({ kind: 'boot-timeout', afterMs: 1_500 });
    await one.interpreter.ended;
  });

  it('ends with what went wrong when the guest does not boot', async () => {
    const folder = openedImage(imageDir, []);
    change(path.join(folder, 'worker.js'), [
      ['const guest = evaluateGuest()', "const guest = (() => { throw new Error('no guest') })()"],
    ]);
    expect(await open({ imageDir: folder }).interpreter.ready).toMatchObject({
      kind: 'fault',
      what: expect.stringContaining('no guest') as string,
    });
  });

  it('whose snapshot does not restore is followed by one that boots without it', async () => {
    const folder = openedImage(imageDir, []);
    const heap = path.join(folder, 'heap.bin');
    // A link to the image that all tests share: it must not be written through.
    rmSync(heap);
    writeFileSync(heap, Buffer.alloc(1_000));
    const told: string[] = [];
    const start = createWindowInterpreters({
      preload: path.join(import.meta.dirname, '../../src-main/preloads/interpreter-preload.ts'),
      log: { warn: (text) => void told.push(text) },
    });
    const limits = { bootMs: 100_000, memoryBytes: 1.5e9, frameBytes: 32 * MB };
    const first = start(folder, DEFAULT_SETTINGS, limits, null);
    expect(await first.ready).toMatchObject({ kind: 'fault' });
    const second = start(folder, DEFAULT_SETTINGS, limits, null);
    expect(await second.ready).toMatchObject({ ready: true, fromImage: false });
    expect(told).toEqual([expect.stringContaining('heap.bin ended early')]);
    await second.stop({ kind: 'stopped', why: 'the test is over' });
  });

  describe('that is ready', () => {
    let canary: Server;
    let hits = 0;
    beforeAll(async () => {
      canary = createServer((_, response) => {
        hits += 1;
        response.setHeader('access-control-allow-origin', '*').end('hit');
      });
      await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => canary.close());

    // These run in the page itself, as if it had been taken over: far more than a script in the worker has.
    it('reaches no network, not even from its page', async () => {
      const one = open();
      await one.interpreter.ready;
      const { port } = canary.address() as AddressInfo;
      const attempts = `(async () => {
        const url = 'http://127.0.0.1:${port}/';
        const refused = (work) => work.then(() => 'reached', () => 'refused');
        const event = (target) => new Promise((resolve) => {
          target.onload = target.onopen = () => resolve('reached');
          target.onerror = () => resolve('refused');
        });
        const attempt = (make) => { try { return event(make()) } catch { return 'refused' } };
        return Promise.all([
          refused(fetch(url)), refused(fetch(url, { mode: 'no-cors' })),
          attempt(() => Object.assign(new Image(), { src: url })),
          attempt(() => new WebSocket('ws://127.0.0.1:${port}/')),
          attempt(() => { const frame = document.createElement('script'); frame.src = url; document.head.append(frame); return frame }),
          attempt(() => new EventSource(url)),
          attempt(() => new Worker(url)),
          navigator.sendBeacon(url) ? 'sent' : 'refused',
        ]);
      })()`;
      const told = (await one.window.webContents.executeJavaScript(attempts)) as string[];
      // A beacon is always said to be sent.
      expect(new Set(told.slice(0, -1))).toEqual(new Set(['refused']));
      expect(hits).toBe(0);
    });

    it('is served nothing any more, not even its own files', async () => {
      const one = open();
      await one.interpreter.ready;
      const read = (name: string): Promise<unknown> =>
        one.window.webContents.executeJavaScript(
          `fetch('${name}').then((answer) => answer.status, () => 'refused')`,
        ) as Promise<unknown>;
      for (const name of ['page.js', 'worker.js', 'heap.bin', 'manifest.json', '../manifest.json'])
        expect(await read(name)).toBe('refused');
    });

    it('opens no window, goes nowhere and has nothing to ask', async () => {
      const one = open();
      await one.interpreter.ready;
      const before = BrowserWindow.getAllWindows().length;
      await one.window.webContents.executeJavaScript(
        "open('https://example.com/'); location.href = 'https://example.com/'; 0",
      );
      expect(
        await one.window.webContents.executeJavaScript('typeof require + typeof process + typeof ipcRenderer'),
      ).toBe('undefinedundefinedundefined');
      expect(BrowserWindow.getAllWindows()).toHaveLength(before);
      expect(one.window.webContents.getURL()).toMatch(/^interpreter:/);
      expect(await one.valueOf('return 3')).toBe(3);
    });

    it('runs under a filter of system calls, in namespaces of its own', async () => {
      const one = open();
      await one.interpreter.ready;
      if (process.platform !== 'linux') return;
      const status = readFileSync(`/proc/${one.interpreter.pid}/status`, 'latin1');
      expect(status).toContain('Seccomp:\t2');
      expect(status).toMatch(/CapEff:\s+0+\n/);
      expect(status).toMatch(/NSpid:\s+\d+\s+\d+/);
    });
  });

  it("leaves nothing of the browser in the worker's realm, wherever one looks", async () => {
    const folder = openedImage(imageDir, ['realm']);
    change(path.join(folder, 'worker.js'), [
      ['stripGlobals();\n', `const scan = ${SCAN_BEFORE};\n$&`],
      ['const pyodide = await bootPyodide(request, snapshot);', '$& globalThis.inner = [pyodide, module];'],
      ['answering.ready({', 'answering.ready({ leaks: scan([globalThis, guest]),\n'],
    ]);
    const ready = (await open({ imageDir: folder }).interpreter.ready) as unknown as { leaks: unknown };
    expect(ready).toMatchObject({ ready: true });
    expect(ready.leaks).toEqual({ walked: expect.any(Number) as number, found: [] });
    expect((ready.leaks as { walked: number }).walked).toBeGreaterThan(5_000);
  });

  it('gives a script that has the whole realm no more than the language', async () => {
    const one = open({ imageDir: openedImage(imageDir, ['realm']) });
    const names = (await one.valueOf(
      'import js\nreturn [str(name) for name in js.Object.getOwnPropertyNames(js.globalThis)]',
    )) as string[];
    const web =
      /fetch|XMLHttp|Socket|import|post|location|navigator|self|crypto|caches|indexedDB|Worker|Temporal|Event/i;
    expect(names.filter((name) => web.test(name))).toEqual([]);
    expect(names).toContain('WebAssembly');
    const code =
      'import js\ntry:\n  return str(js.Function.new("return 42")())\nexcept Exception as e:\n  return type(e).__name__';
    expect(await one.valueOf(code)).toBe('JsException');
  });
});

/** Notes every object of the browser while it is there, and finds what can still be reached later. As text: it runs in the worker. */
const SCAN_BEFORE = `(() => {
  const language = new Set(['Object','Function','Array','Number','Boolean','String','Symbol','Date','Promise','RegExp','Error','JSON','Math','Map','Set','WebAssembly','Reflect','Proxy','Intl','Atomics','Temporal']);
  const isOfLanguage = (name) => language.has(name) || /Error$|Array$|^Weak|^Big|^Data|^Array|^Final|^Iter|^Suppr|Stack$|^Shared/.test(name);
  const ofBrowser = new Set();
  for (let object = globalThis; object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    if (object !== globalThis) ofBrowser.add(object);
    for (const name of Object.getOwnPropertyNames(object)) {
      if (object === globalThis && isOfLanguage(name) && !/^DOM|^Media|^Rtc/.test(name)) continue;
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, name);
      for (const one of [value, get, set, typeof value === 'function' ? value.prototype : null])
        if ((typeof one === 'object' || typeof one === 'function') && one !== null && one !== globalThis && one !== Object.prototype) ofBrowser.add(one);
    }
  }
  for (const name of ['globalThis', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'escape', 'unescape', 'eval'])
    ofBrowser.delete(globalThis[name]);
  const { getPrototypeOf, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const chain = new Set();
  for (let object = getPrototypeOf(globalThis); object && object !== Object.prototype; object = getPrototypeOf(object)) chain.add(object);
  return (roots) => {
    const seen = new Map(roots.map((root, index) => [root, 'root' + index]));
    const found = [];
    for (const [object, where] of seen) {
      if (seen.size > 300000) break;
      // The emptied prototypes of the global object itself stay.
      if (ofBrowser.has(object) && !chain.has(object)) { found.push(where); continue; }
      // Of them only numbers may be left (TEMPORARY, PERSISTENT), which no one can take away.
      if (chain.has(object)) for (const key of ownKeys(object)) {
        if (typeof getOwnPropertyDescriptor(object, key).value !== 'number') found.push(where + '.' + String(key));
      }
      const reach = (one, how) => {
        if ((typeof one === 'object' || typeof one === 'function') && one !== null && !seen.has(one)) seen.set(one, where + '.' + how);
      };
      reach(getPrototypeOf(object), '__proto__');
      if (ArrayBuffer.isView(object)) continue;
      for (const key of ownKeys(object).slice(0, 5000)) {
        // A Proxy of Pyodide's may name a key that it has not.
        const { value, get, set } = getOwnPropertyDescriptor(object, key) ?? {};
        reach(value, String(key)); reach(get, String(key)); reach(set, String(key));
      }
    }
    return { walked: seen.size, found: found.slice(0, 20) };
  };
})()`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
