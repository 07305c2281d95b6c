import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DeployedFunction } from '../../src-shared/function.ts';
import type { NewFunction, SourceCheck } from '../../src-shared/function-detail.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { openFollowedFiles } from '../../src-main/authoring/followed-files.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { FUNCTIONS } from '../renderer/support/scenes.ts';

/** Reads a source as Python would, as far as these tests need it. */
function checked(source: string): SourceCheck {
  const name = /^def (\w+)/m.exec(source)?.[1];
  if (source.includes('(:')) {
    const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
    return { functions: null, problems: [{ severity: 'error', text: 'invalid syntax', ...place }] };
  }
  const functions = name ? [{ name, docstring: 'Twice.\nMore.', parameters: [], line: 1 }] : [];
  return { functions, problems: [] };
}

async function world(folder = temporaryFolder()) {
  const functions = new Map<string, DeployedFunction>();
  const deployed: NewFunction[] = [];
  const said: string[] = [];
  let changes = 0;
  const state = { refusal: null as string | null, fault: null as Error | null };
  const open = async () => {
    const followed = await openFollowedFiles({
      file: path.join(folder, 'followed.json'),
      functions: () => functions,
      check: (source) => Promise.resolve(checked(source)),
      deploy(one) {
        if (state.fault !== null) return Promise.reject(state.fault);
        if (state.refusal !== null) return Promise.reject(new Refusal('refused', state.refusal));
        deployed.push(one);
        const endpoint = { ...FUNCTIONS[0]!, name: one.name, version: deployed.length, description: one.description };
        functions.set(one.name, endpoint);
        return Promise.resolve(endpoint);
      },
      log: { info: (text) => void said.push(text), warn: (text) => void said.push(text) },
      onChange: () => (changes += 1),
    });
    onTestFinished(() => followed.close());
    return followed;
  };
  const file = path.join(folder, 'twice.py');
  await writeFile(file, 'def twice(x): return 2 * x\n');
  return { folder, file, functions, deployed, said, state, open, changes: () => changes };
}

describe('a function that follows a file', () => {
  it('is deployed from it, and again when it is saved', async () => {
    const { file, deployed, open } = await world();
    const followed = await open();
    expect(await followed.follow('twice', file, 'twice')).toEqual({
      name: 'twice',
      path: file,
      functionName: 'twice',
      problem: null,
    });
    expect(deployed).toEqual([
      {
        source: 'def twice(x): return 2 * x\n',
        functionName: 'twice',
        name: 'twice',
        description: 'Twice.',
        isPublic: false,
        override: true,
      },
    ]);
    await writeFile(file, 'def twice(x): return x + x\n');
    await expect.poll(() => deployed.at(-1)?.source, { timeout: 10_000 }).toBe('def twice(x): return x + x\n');
    expect(deployed).toHaveLength(2);
  });

  it('follows a file that an editor puts in the place of the old one', async () => {
    const { folder, file, deployed, open } = await world();
    const followed = await open();
    await followed.follow('twice', file, 'twice');
    await writeFile(path.join(folder, 'new'), 'def twice(x): return 0\n');
    await rename(path.join(folder, 'new'), file);
    await expect.poll(() => deployed.at(-1)?.source, { timeout: 10_000 }).toBe('def twice(x): return 0\n');
  });

  it('stays as it was while the file is broken, and says why', async () => {
    const { file, deployed, said, open } = await world();
    const followed = await open();
    await followed.follow('twice', file, 'twice');
    await writeFile(file, 'def twice(:\n');
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 10_000 }).toBe('line 1: invalid syntax');
    await writeFile(file, 'def thrice(x): return 3 * x\n');
    await expect
      .poll(() => followed.list()[0]?.problem, { timeout: 10_000 })
      .toBe('The file defines no function twice.');
    await rm(file);
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 10_000 }).toBe('The file does not exist.');
    await writeFile(file, Buffer.from([0x64, 0xff]));
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 10_000 }).toBe('The file is not UTF-8 text.');
    await rm(file);
    await mkdir(file);
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 10_000 }).toBe('It is not a file.');
    await rm(file, { recursive: true });
    expect(deployed).toHaveLength(1);
    expect(said).toContain(`'twice' stays as it was; ${file}: line 1: invalid syntax`);
    await writeFile(file, 'def twice(x): return 1\n');
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 10_000 }).toBeNull();
    expect(deployed).toHaveLength(2);
  });

  it('is not followed when its file cannot be deployed in the first place', async () => {
    const { file, state, open } = await world();
    const followed = await open();
    state.refusal = 'Start the server first.';
    await expect(followed.follow('twice', file, 'twice')).rejects.toThrow('Start the server first.');
    await expect(followed.follow('twice', 'twice.py', 'twice')).rejects.toThrow('not the full path');
    await expect(followed.follow('twice', `${file}.txt`, 'twice')).rejects.toThrow('The file does not exist.');
    expect(followed.list()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('keeps nobody waiting for what is no file', async () => {
    const { folder, open } = await world();
    const followed = await open();
    const pipe = path.join(folder, 'pipe.py');
    execFileSync('mkfifo', [pipe]);
    await expect(followed.follow('twice', pipe, 'twice')).rejects.toThrow('It is not a file.');
  });

  it('stays as it was, and the others are looked at, when this program fails at one', async () => {
    const { file, state, said, open } = await world();
    const before = await open();
    await before.follow('twice', file, 'twice');
    before.close();
    await writeFile(file, 'def twice(x): return 0\n');
    state.fault = new Error('ENOSPC: no space left on device');
    const again = await open();
    await again.lookAtAll();
    expect(again.list()[0]?.problem).toBe('It could not be deployed: ENOSPC: no space left on device');
    expect(said.at(-1)).toContain('ENOSPC');
    state.fault = null;
    await again.lookAtAll();
    expect(again.list()[0]?.problem).toBeNull();
  });

  it('follows it after a restart, without a new version where nothing changed meanwhile', async () => {
    const { file, deployed, open } = await world();
    const before = await open();
    await before.follow('twice', file, 'twice');
    before.close();
    const again = await open();
    await again.lookAtAll();
    expect(deployed).toHaveLength(1);
    again.close();
    await writeFile(file, 'def twice(x): return 7\n');
    const later = await open();
    await later.lookAtAll();
    expect(deployed.at(-1)?.source).toBe('def twice(x): return 7\n');
  });

  it('follows a file whose folder went and came back, as when another branch is checked out', async () => {
    const { folder, deployed, open } = await world();
    const place = path.join(folder, 'models');
    await mkdir(place);
    const file = path.join(place, 'twice.py');
    await writeFile(file, 'def twice(x): return 1\n');
    const followed = await open();
    await followed.follow('twice', file, 'twice');
    await rm(place, { recursive: true });
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 10_000 }).toBe('The file does not exist.');
    await mkdir(place);
    await writeFile(file, 'def twice(x): return 2\n');
    await expect.poll(() => followed.list()[0]?.problem, { timeout: 20_000 }).toBeNull();
    expect(deployed.at(-1)?.source).toBe('def twice(x): return 2\n');
  });

  it('is let go when it is removed, or when somebody says so', async () => {
    const { file, functions, deployed, open, changes } = await world();
    const followed = await open();
    await followed.follow('twice', file, 'twice');
    functions.delete('twice');
    followed.noteFunctions();
    expect(followed.list()).toEqual([]);
    await followed.follow('twice', file, 'twice');
    const told = changes();
    await followed.unfollow('twice');
    expect(followed.list()).toEqual([]);
    expect(changes()).toBe(told + 1);
    await followed.lookAtAll();
    expect(deployed).toHaveLength(2);
  });

  it('forgets nothing silently when what was kept is damaged', async () => {
    const { folder, said, open } = await world();
    await writeFile(path.join(folder, 'followed.json'), '[{"name": 1}]');
    expect((await open()).list()).toEqual([]);
    expect(said[0]).toContain('the list of followed files cannot be read');
    expect(await readdir(folder)).toContainEqual(expect.stringMatching(/^followed\.json\.damaged-\d+$/));
  });
});
