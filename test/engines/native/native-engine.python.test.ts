// Interpreters of the tests' own Python behind the walls of the system: what ends them, and what they leave.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { nativeSourcesIn } from '../../../src-main/composition/chosen-python.ts';
import { inspectPython } from '../../../src-main/engines/native/environment.ts';
import { NativeEngine } from '../../../src-main/engines/native/native-engine.ts';
import type { Interpreter, Outcome } from '../../../src-main/runtime/interpreter.ts';
import { pythonTool } from '../../support/python-env.ts';

const MB = 1_000_000;
const LIMITS = { bootMs: 60_000, memoryBytes: 600 * MB, frameBytes: 10 * MB };
const sources = nativeSourcesIn(path.resolve(import.meta.dirname, '../../../src-main'));
const STOP = { kind: 'stopped', why: 'the test is over' } as const;

describe.skipIf(process.platform !== 'linux')('the native engine', async () => {
  const said: string[] = [];
  const log = { info: () => undefined, warn: (text: string) => void said.push(text) };
  const environment = await inspectPython(pythonTool('python'));
  const engineOf = (python = environment.python, modules = ['numpy']): NativeEngine =>
    new NativeEngine({ environment: { ...environment, python }, sources, log, modules });
  const engine = engineOf();
  const running: Interpreter[] = [];
  const start = async (limits = LIMITS, from = engine): Promise<Interpreter> => {
    const one = from.start(limits);
    running.push(one);
    expect(await one.ready).toMatchObject({ ready: true, python: environment.version });
    return one;
  };
  const ask = (one: Interpreter, script: string, deadlineMs: number | null = 30_000): Promise<Outcome> =>
    one.run(
      { op: 'evaluate', timeoutSeconds: 30 },
      Buffer.from(JSON.stringify({ data: { _arg1: 1 }, script })),
      deadlineMs,
    );
  const answer = async (one: Interpreter, script: string): Promise<unknown> => {
    const outcome = await ask(one, script);
    return outcome.kind === 'answered' ? (JSON.parse(outcome.payload.toString()) as unknown) : outcome.reason;
  };
  const own = async (one: Interpreter): Promise<string> =>
    path.dirname((await answer(one, "import os\nreturn os.environ['TMPDIR']")) as string);

  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop(STOP)));
    said.length = 0;
  });
  afterAll(() => engine.close());

  it('answers scripts with the packages of the environment', async () => {
    const one = await start();
    expect(await answer(one, 'import numpy as np\nreturn float(np.mean([1, 2]))')).toBe(1.5);
    expect(await one.privateBytes()).toBeLessThan(15 * MB);
  });

  it('ends a script at its deadline, also one that ignores signals', async () => {
    const one = await start();
    const script =
      'import signal\nfor s in range(1, 65):\n try: signal.signal(s, signal.SIG_IGN)\n except Exception: pass\nwhile True: pass';
    expect(await ask(one, script, 300)).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 300 } });
    expect(await one.ended).toEqual({ kind: 'deadline', afterMs: 300 });
  });

  it('ends a script that takes too much memory, or lets it see a MemoryError', async () => {
    const one = await start();
    const outcome = await answer(one, 'x = []\nwhile True: x.append(bytearray(20_000_000))');
    expect(JSON.stringify(outcome)).toMatch(/"kind":"memory"|MemoryError/);
  });

  it('ends when it is stopped, before and after it is ready', async () => {
    expect(await engine.start(LIMITS).stop(STOP)).toEqual(STOP);
    expect(await (await start()).stop(STOP)).toEqual(STOP);
  });

  it('says by which signal a crash ended it', async () => {
    const one = await start();
    const outcome = await ask(one, 'import ctypes\nctypes.string_at(0)');
    expect(outcome).toEqual({ kind: 'ended', reason: { kind: 'exited', code: null, signal: 'SIGSEGV' } });
  });

  it('ends a script that fills its folder, opens what it deleted, or hides it', async () => {
    const fill = (path: string, more: string): string =>
      `import os\nd = os.environ['TMPDIR']\nos.mkdir(d + '/h', 0o300)\nkeep = []\nfor i in range(200):\n f = open(${path}, 'wb')\n f.write(b'x' * 10_000_000)\n${more}\nimport time\ntime.sleep(20)`;
    for (const script of [
      fill("f'{d}/{i}'", ' f.close()'),
      fill("f'{d}/h/{i}'", ' f.close()'),
      fill("f'{d}/{i}'", ' os.unlink(f.name)\n keep.append(f)'),
    ]) {
      const outcome = await ask(await start({ ...LIMITS, memoryBytes: 3_000 * MB }), script);
      expect(outcome).toMatchObject({ reason: { kind: 'excess', what: 'its temporary files took more than 256 MB' } });
    }
  });

  it('ends what a thread does after the answer', async () => {
    const one = await start();
    const script =
      "import threading, os\ndef fill(d=os.environ['TMPDIR']):\n for i in range(2000): open(f'{d}/{i}', 'wb').write(b'x' * 1_000_000)\nthreading.Thread(target=fill).start()\nreturn 1";
    expect(await answer(one, script)).toBe(1);
    expect(await one.ended).toMatchObject({ kind: 'excess' });
  });

  it('ends a thread that runs on, and lets one that waits live', async () => {
    const [spinning, waiting] = [await start(), await start()];
    const begin = (body: string): string =>
      `import threading, time\ndef f():\n while True: ${body}\nthreading.Thread(target=f, daemon=True).start()\nreturn 1`;
    expect(await answer(waiting, begin('time.sleep(0.2)'))).toBe(1);
    expect(await answer(spinning, begin('pass'))).toBe(1);
    expect(await spinning.ended).toMatchObject({ kind: 'excess' });
    expect(await answer(waiting, 'return 2')).toBe(2);
  });

  it('shows nothing of the computer but what libraries need', async () => {
    const script = `import os
seen = []
for path in ('/proc', '/proc/self/net/tcp', '/proc/self/mountinfo', '/proc/cpuinfo', '/etc/passwd', '/etc', '/', '/home',
             '/tmp/..', '/dev', '/sys', '/var', '/run', '/data/..'):
    try: (os.listdir if os.path.isdir(path) else open)(path); seen.append(path)
    except OSError: pass
return seen`;
    expect(await answer(await start(), script)).toEqual([]);
  });

  it('removes the folder of an interpreter that was killed', async () => {
    const one = await start();
    const folder = await own(one);
    expect(existsSync(folder)).toBe(true);
    await ask(one, "import os\nos.mkdir(os.environ['TMPDIR'] + '/a', 0)\nwhile True: pass", 200);
    await expect.poll(() => existsSync(folder)).toBe(false);
  });

  it('gives each interpreter random numbers of its own', async () => {
    const script = 'import random\nimport numpy as np\nreturn [random.random(), float(np.random.rand())]';
    const [first, second] = [await answer(await start(), script), await answer(await start(), script)];
    expect(first).not.toEqual(second);
  });

  it('inherits no descriptor and no variable of the server', async () => {
    process.env['TABPY_TRAY_TEST_SECRET'] = 'x';
    const one = await start();
    delete process.env['TABPY_TRAY_TEST_SECRET'];
    const found = await answer(one, "import os\nreturn [os.listdir('/proc/self/fd'), list(os.environ)]");
    const [descriptors, names] = found as [string[], string[]];
    // The last one lists the folder itself.
    expect(descriptors).toEqual(['0', '1', '2', '3', '4']);
    expect(names).not.toContain('TABPY_TRAY_TEST_SECRET');
  });

  it('shows files for scripts under /data, and a /tmp of its own', async () => {
    const one = await start();
    const put = [{ name: 'sub/a.csv', offset: 0, isLast: true }];
    await one.run({ op: 'files', put, remove: [] }, Buffer.from('x,y\n1,2\n'), null);
    await one.run(
      { op: 'files', put: [{ name: 'words.py', offset: 0, isLast: true }], remove: [] },
      Buffer.from('A = 5'),
      null,
    );
    expect(await answer(one, "return open('/data/sub/a.csv').read()")).toBe('x,y\n1,2\n');
    expect(await answer(one, 'import words\nreturn words.A')).toBe(5);
    const script =
      "import os, shutil\nopen('/tmp/a', 'w').write('b')\nshutil.copy2('/tmp/a', '/tmp/c')\nreturn sorted(os.listdir('/tmp'))";
    expect(await answer(one, script)).toEqual(['a', 'c']);
    expect(readdirSync('/tmp')).not.toContain('a');
    const missing = JSON.stringify(await answer(one, "return open('/tmp/none').read()"));
    expect(missing).toContain("'/tmp/none'");
  });

  it('starts again when the process that forks has died', async () => {
    const other = engineOf();
    try {
      const one = await start(LIMITS, other);
      const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${one.pid}/status`, 'utf8'))![1]);
      process.kill(parent, 'SIGKILL');
      expect(await one.ended).toMatchObject({ kind: 'exited', signal: 'SIGKILL' });
      expect(await answer(await start(LIMITS, other), 'return 1')).toBe(1);
      expect(said.join('\n')).toContain('ended (SIGKILL); it starts again with the next request');
    } finally {
      await other.close();
    }
  });

  it('says why a Python cannot run scripts', async () => {
    const other = engineOf('/bin/false');
    await expect(other.prepare()).rejects.toThrow('The Python /bin/false cannot run scripts: exit code 1.');
    await other.close();
  });
});
