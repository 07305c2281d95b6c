import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { ADDED_RESULT, ADDED_SCRIPT, addedFolder } from './support/added-folder.ts';
import { startProcess } from './support/interpreter-process.ts';
import type { InterpreterProcess } from './support/interpreter-process.ts';
import { openedImage } from './support/opened-image.ts';
import { sharedImage } from './support/shared-image.ts';

const MB = 1 << 20;

describe('an interpreter process', () => {
  let imageDir: string;
  const started: InterpreterProcess[] = [];
  const start = async (
    options: object = {},
    ...rest: [] | [Parameters<typeof startProcess>[1]]
  ): Promise<InterpreterProcess> => {
    const interpreter = await startProcess({ imageDir, ...options }, ...rest);
    started.push(interpreter);
    return interpreter;
  };
  const valueOf = async (interpreter: InterpreterProcess, script: string, data: object = {}): Promise<unknown> =>
    JSON.parse((await interpreter.evaluate(script, data)).body.toString());

  beforeAll(async () => {
    imageDir = ((await sharedImage('core')) ?? (await sharedImage('bare')))!.dir;
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((interpreter) => interpreter.stop()));
  });

  it('says that it is ready, and from the image', async () => {
    const { ready } = await start();
    expect(ready).toMatchObject({ ready: true, fromImage: true, python: '3.14.2' });
  });

  it('answers one request after the other with the id of each', async () => {
    const interpreter = await start();
    for (const value of [1, 2, 3])
      expect(await valueOf(interpreter, 'return _arg1 * 10', { _arg1: value })).toBe(value * 10);
  });

  it('boots from its files when it is told to, and answers the same', async () => {
    const interpreter = await start({ isPlain: true });
    expect(interpreter.ready.fromImage).toBe(false);
    expect(await valueOf(interpreter, 'import sys\nreturn sys.version_info[:2]')).toEqual([3, 14]);
  });

  it.each([false, true])('has added packages beside its image, compiled ones too (plain boot: %s)', async (isPlain) => {
    const interpreter = await start({ addedDir: await addedFolder(imageDir), isPlain });
    expect(interpreter.ready.fromImage).toBe(!isPlain);
    expect(await valueOf(interpreter, ADDED_SCRIPT)).toEqual(ADDED_RESULT);
  });

  it('carries large bodies both ways', async () => {
    const interpreter = await start();
    const text = 'x'.repeat(20 * MB);
    expect(await valueOf(interpreter, 'return _arg1', { _arg1: text })).toBe(text);
  });

  it('sleeps as long as it is told, without using the processor', async () => {
    const interpreter = await start();
    const usedMs = (): number => {
      const fields = readFileSync(`/proc/${interpreter.pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    };
    await valueOf(interpreter, 'import time\nreturn time.sleep(0.05)');
    const before = usedMs();
    const slept = await valueOf(interpreter, 'import time\nt = time.time()\ntime.sleep(0.6)\nreturn time.time() - t');
    expect(slept).toBeGreaterThan(0.59);
    expect(slept).toBeLessThan(0.75);
    expect(usedMs() - before).toBeLessThan(200);
  });

  it('runs coroutines to their end', async () => {
    const interpreter = await start();
    const script = [
      'import asyncio',
      'async def half(x):',
      '    await asyncio.sleep(0.01)',
      '    return x / 2',
      'async def both():',
      '    return await asyncio.gather(half(2), half(4))',
      'return asyncio.run(both())',
    ];
    expect(await valueOf(interpreter, script.join('\n'))).toEqual([1, 2]);
  });

  it('gives each interpreter randomness of its own', async () => {
    const script = 'import random, secrets\nreturn [random.random(), secrets.token_hex(16)]';
    const [one, two] = await Promise.all([start(), start()]);
    expect(await valueOf(one, script)).not.toEqual(await valueOf(two, script));
  });

  it('lets packages find their metadata and import what is only there in name', async () => {
    const interpreter = await start();
    expect(await valueOf(interpreter, 'import js\nreturn hasattr(js, "Worker")')).toBe(false);
    expect(
      await valueOf(interpreter, 'import importlib.metadata as m\nreturn sorted(d.name for d in m.distributions())'),
    ).toBeInstanceOf(Array);
  });

  it('answers an error instead of a result that is too large, and goes on', async () => {
    const interpreter = await start({ maxResultBytes: MB });
    const { meta, body } = await interpreter.evaluate('return "x" * 2_000_000');
    expect(meta.status).toBe(500);
    expect(body).toHaveLength(meta.bodyBytes!);
    expect(JSON.parse(body.toString())).toEqual({
      message: 'Error processing script',
      info: 'ResultTooLarge : The result is larger than 1 MB. Return fewer rows or columns.',
    });
    expect(await valueOf(interpreter, 'return 1')).toBe(1);
  });

  it('ends a memory bomb in MemoryError, and goes on', async () => {
    const interpreter = await start();
    const { body } = await interpreter.evaluate('x = []\nwhile True: x.append(bytearray(50_000_000))');
    expect(body.toString()).toContain('MemoryError');
    expect(await valueOf(interpreter, 'return 1')).toBe(1);
  });

  it('answers an error for a request that does not fit into memory, and goes on', async () => {
    const interpreter = await start();
    await valueOf(interpreter, 'import ctypes\nreturn ctypes.CDLL(None).malloc(800_000_000) != 0');
    const answer = await interpreter.ask({ op: 'evaluate', timeoutSeconds: 30 }, Buffer.alloc(250 * MB, 32));
    expect(answer.body.toString()).toContain('MemoryError');
    expect(await valueOf(interpreter, 'return 2')).toBe(2);
  });

  it.each([
    ['os.abort()', 'import os\nos.abort()'],
    ['a broken stack', 'import ctypes\nctypes.memset(0, 0, 10_000_000)\nreturn 1'],
  ])('ends with a code and without a word after %s', async (_name, script) => {
    const interpreter = await start();
    await expect(interpreter.evaluate(script)).rejects.toThrow('ended');
    expect((await interpreter.exited).code).not.toBe(0);
    expect(interpreter.complaints()).toBe('');
  });

  it('refuses sockets and shells at once', async () => {
    const interpreter = await start();
    const { body } = await interpreter.evaluate('import socket\nsocket.create_connection(("127.0.0.1", 9))');
    expect(body.toString()).toMatch(/gaierror|PermissionError/);
    expect(await valueOf(interpreter, 'import os\nreturn os.system("id")')).not.toBe(0);
  });

  it('links no library that a script wrote', async () => {
    const interpreter = await start();
    const script = [
      'import ctypes',
      'open("/tmp/own.so", "wb").write(b"\\0asm\\1\\0\\0\\0")',
      'try:',
      '    ctypes.CDLL("/tmp/own.so")',
      'except OSError as error:',
      '    return str(error)',
    ];
    expect(await valueOf(interpreter, script.join('\n'))).toContain('not a library of an installed package');
  });

  it('lets a script that has the whole guest realm call the reading of the image with anything, and find nothing behind it', async () => {
    const interpreter = await start({ imageDir: openedImage(imageDir, ['realm', 'door']) });
    const script = `import js
answers = []
for given in [(99, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 1e300, 1), (0, 0, 1 << 30), (0, float('nan'), 1), ('a', None, []), (), (0,)]:
    try:
        answers.append(js.door(*given))
    except Exception as error:
        answers.append(type(error).__name__)
same = [js.Object.getPrototypeOf(js.door) == js.Function.prototype, js.door.constructor == js.Function]
return [answers, same, sorted(js.Object.getOwnPropertyNames(js.door)), [bool(js.door.caller), bool(js.door.arguments)]]`;
    const [answers, same, names, callers] = (await valueOf(interpreter, script)) as [
      unknown[],
      boolean[],
      string[],
      unknown[],
    ];
    expect(new Set(answers)).toEqual(new Set([-1]));
    expect(same).toEqual([true, true]);
    expect(names).toEqual(['arguments', 'caller', 'length', 'name']);
    expect(callers).toEqual([false, false]);
  });

  it(
    'hands no error of the host to a script, however full the stack is when the image is read',
    { timeout: 120_000 },
    async () => {
      const interpreter = await start({ imageDir: openedImage(imageDir, ['realm', 'door']) });
      const result = (await valueOf(interpreter, 'import js\nreturn js.leaks()')) as number;
      expect(Math.floor(result / 1e9)).toBe(0);
      expect(result).toBeGreaterThan(100_000);
    },
  );

  it("shows no name of the host in an error's stack, even to a script that has the whole guest realm", async () => {
    const opened = openedImage(imageDir, ['realm']);
    const interpreter = await start({ imageDir: opened });
    const stack = await valueOf(
      interpreter,
      'import js\njs.Error.stackTraceLimit = 100\nreturn js.Error.new("x").stack',
    );
    expect(stack).toContain('guest.js');
    expect(stack).not.toContain(opened);
    expect(stack).not.toContain('file:');
  });
});
