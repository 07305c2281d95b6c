// One program has a data folder; commands reach it, others are told, crashes do not lock anybody out.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { holdFolder, openInstance } from '../../src-main/instance/instance.ts';
import { FolderInUse } from '../../src-main/instance/folder-lock.ts';
import type { Holder, ProgramKind } from '../../src-main/instance/folder-lock.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const log = { error: () => undefined };

/** Calls of which a few do something to tell them by. */
function callsOf(name: string): Calls {
  const some: Partial<Calls> = {
    stopScripts: () => Promise.resolve(name.length),
    versionSource: (one, version) => Promise.resolve(`${one} ${version} of ${name}`),
    removeFunction: () => Promise.reject(new CallError('refused', `${name} says no`)),
  };
  return some as Calls;
}

async function held(dataDir: string, program: ProgramKind, name: string = program) {
  const folder = await holdFolder({ dataDir, program, log });
  onTestFinished(() => folder.release());
  folder.answer(callsOf(name));
  return folder;
}

async function instance(dataDir: string) {
  const opened = { count: 0, closed: 0 };
  const open = () => {
    opened.count += 1;
    return Promise.resolve({ calls: callsOf('command'), close: () => Promise.resolve(void (opened.closed += 1)) });
  };
  const found = await openInstance({ dataDir, log, open });
  return { ...found, opened };
}

const holderIn = async (dataDir: string): Promise<Holder> =>
  JSON.parse(await readFile(path.join(dataDir, '.desk/holder.json'), 'utf8')) as Holder;

describe('a command on a data folder', () => {
  it.each(['server', 'app'] as const)('is answered by the %s that runs there', async (program) => {
    const dataDir = temporaryFolder();
    await held(dataDir, program);
    const { calls, isElsewhere, opened } = await instance(dataDir);
    expect(isElsewhere).toBe(true);
    expect(await calls.versionSource('add', 2)).toBe(`add 2 of ${program}`);
    expect(opened.count).toBe(0);
  });

  it('is told why when it is refused', async () => {
    const dataDir = temporaryFolder();
    await held(dataDir, 'server');
    const { calls } = await instance(dataDir);
    await expect(calls.removeFunction('add')).rejects.toMatchObject({ code: 'refused', message: 'server says no' });
    await expect(calls.versionSource('add', 0)).rejects.toMatchObject({ code: 'bad-arguments' });
  });

  it('opens the folder itself where none runs, and gives it back', async () => {
    const dataDir = temporaryFolder();
    const first = await instance(dataDir);
    expect(first.isElsewhere).toBe(false);
    expect(await first.calls.versionSource('add', 1)).toBe('add 1 of command');
    await first.close();
    expect(first.opened).toEqual({ count: 1, closed: 1 });
    expect(await readdir(path.join(dataDir, '.desk'))).toEqual([]);
  });

  it('waits for another command', async () => {
    const dataDir = temporaryFolder();
    const first = await instance(dataDir);
    let hasFirst = true;
    const second = instance(dataDir).then((opened) => ({ opened, sawFirst: hasFirst }));
    hasFirst = false;
    await first.close();
    const { opened, sawFirst } = await second;
    expect([opened.isElsewhere, sawFirst]).toEqual([false, false]);
    await opened.close();
  });

  it('is told when the program ends before it answers', async () => {
    const dataDir = temporaryFolder();
    const folder = await holdFolder({ dataDir, program: 'server', log });
    const { calls } = await instance(dataDir);
    const call = calls.stopScripts();
    await folder.release();
    await expect(call).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('ended before') });
  });
});

describe('a data folder', () => {
  it('is one program’s: the second one is told who has it and what to do', async () => {
    const dataDir = temporaryFolder();
    await held(dataDir, 'server');
    const second = holdFolder({ dataDir, program: 'app', log });
    await expect(second).rejects.toThrow(
      new RegExp(
        `is in use by a TabPy Tray server \\(PID ${process.pid}, since .* UTC\\)\\. Stop that program, or choose another`,
      ),
    );
    await expect(second).rejects.toBeInstanceOf(FolderInUse);
  });

  it('is locked under every name that it has, and with the folders beside it', async () => {
    const [dataDir, functions] = [temporaryFolder(), temporaryFolder()];
    const folder = await holdFolder({ dataDir, alsoDirs: [functions], program: 'server', log });
    onTestFinished(() => folder.release());
    const other = { dataDir: temporaryFolder(), alsoDirs: [path.join(functions, '../', path.basename(functions))] };
    await expect(holdFolder({ ...other, program: 'server', log })).rejects.toBeInstanceOf(FolderInUse);
    await expect(openInstance({ ...other, log, open: () => Promise.reject(new Error('no')) })).rejects.toBeInstanceOf(
      FolderInUse,
    );
  });

  const startHolder = async (dataDir: string) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'support/holding-program.ts'), dataDir], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  };

  it('has nothing of a program that ended without giving it back', async () => {
    const dataDir = temporaryFolder();
    const child = await startHolder(dataDir);
    child.stdin.end();
    await once(child, 'exit');
    expect(await readdir(path.join(dataDir, '.desk'))).toEqual([]);
  });

  it('is free again after its program was killed', async () => {
    const dataDir = temporaryFolder();
    const child = await startHolder(dataDir);
    await expect(holdFolder({ dataDir, program: 'server', log })).rejects.toThrow(`PID ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Of several that come at once, one gets it.
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => holdFolder({ dataDir, program: 'server', log })));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect((await readdir(path.join(dataDir, '.desk'))).filter((name) => name.endsWith('.sock'))).toHaveLength(1);
    for (const one of won) await one.value.release();
  });

  it('is never seen with half a lock, which would be taken for a crash’s and removed', async () => {
    const dataDir = temporaryFolder();
    const instance = path.join(dataDir, '.desk');
    const reader = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'support/reading-program.ts'), path.join(instance, 'holder.json')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await once(reader.stdout, 'data');
    for (let time = 0; time < 300; time += 1) await (await holdFolder({ dataDir, program: 'server', log })).release();
    reader.stdin.end();
    const [broken] = (await once(reader.stdout, 'data')) as [Buffer];
    expect(broken.toString()).toBe('0\n');
    expect(await readdir(instance)).toEqual([]);
  });

  it('is free again after a lock that was cut in the middle', async () => {
    const dataDir = temporaryFolder();
    await (await holdFolder({ dataDir, program: 'server', log })).release();
    await writeFile(path.join(dataDir, '.desk/holder.json'), '{"pid": 1');
    await held(dataDir, 'server');
    expect((await holderIn(dataDir)).pid).toBe(process.pid);
  });
});

describe('the control socket', () => {
  const ask = (socketPath: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request({ socketPath, path: '/stopScripts', method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.once('error', reject);
      asked.end('[]');
    });

  it('is its owner’s alone, also where the folder was open before', async () => {
    const dataDir = temporaryFolder();
    await mkdir(path.join(dataDir, '.desk'));
    await chmod(path.join(dataDir, '.desk'), 0o777);
    await held(dataDir, 'server');
    const { address } = await holderIn(dataDir);
    const modes = await Promise.all(
      [path.dirname(address), address, path.join(dataDir, '.desk/holder.json')].map(
        async (file) => (await stat(file)).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it('refuses who does not know the key', async () => {
    const dataDir = temporaryFolder();
    await held(dataDir, 'server');
    const { address, key } = await holderIn(dataDir);
    expect(await ask(address, {})).toBe(403);
    expect(await ask(address, { authorization: `Bearer ${key.slice(1)}` })).toBe(403);
    expect(await ask(address, { authorization: `Bearer ${key}` })).toBe(200);
  });

  it.runIf(process.getuid?.() === 0)('cannot be reached by another user of this computer', async () => {
    const dataDir = temporaryFolder();
    await chmod(dataDir, 0o777);
    await held(dataDir, 'server');
    const { address } = await holderIn(dataDir);
    const code = `require('node:net').connect(process.argv[1]).on('connect', () => console.log('in')).on('error', (error) => console.log(error.code))`;
    const child = spawn('/usr/bin/env', ['node', '-e', code, address], { uid: 65_534, gid: 65_534, cwd: '/' });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString().trim()).toBe('EACCES');
  });

  it('lies in a folder of the user’s where the data folder’s path is too long', async () => {
    const dataDir = path.join(temporaryFolder(), 'x'.repeat(100));
    await held(dataDir, 'server');
    const { address } = await holderIn(dataDir);
    expect(address.startsWith(dataDir)).toBe(false);
    expect((await stat(path.dirname(address))).mode & 0o077).toBe(0);
    expect(await (await instance(dataDir)).calls.stopScripts()).toBe('server'.length);
  });
});
